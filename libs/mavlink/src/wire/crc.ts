/**
 * CRC-16/MCRF4XX as MAVLink uses it (MAVLink developer guide, "Serialization", section "Checksum"): polynomial 0x1021
 * reflected (0x8408), start 0xFFFF, no final XOR. Known there as "X.25". `fold.ts` does the same sixteen bytes a step.
 */

/** Start value of every checksum. */
export const CRC_START = 0xffff;

const TABLE = buildTable();

function buildTable(): Uint16Array {
  const table = new Uint16Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x8408 : crc >>> 1;
    table[byte] = crc;
  }
  return table;
}

/**
 * One more byte into a running sum. The cast drops the `undefined` that an index below 256 into 256 entries cannot
 * give.
 */
export function crcByte(crc: number, byte: number): number {
  return ((crc >>> 8) ^ (TABLE[(crc ^ byte) & 0xff] as number)) & 0xffff;
}

/** Sum of `bytes[start, end)` added to `crc`, a byte a step. */
export function crcRange(bytes: Uint8Array, start: number, end: number, crc: number = CRC_START): number {
  let sum = crc;
  for (let i = start; i < end; i++) sum = crcByte(sum, bytes[i] as number);
  return sum;
}

/** Checksum of whole `bytes` from the MAVLink start value. */
export function x25(bytes: Uint8Array): number {
  return crcRange(bytes, 0, bytes.length);
}
