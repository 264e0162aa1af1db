/**
 * CRC-16/MCRF4XX as MAVLink uses it (MAVLink developer guide, "Serialization", section "Checksum"): polynomial 0x1021
 * reflected (0x8408), start 0xFFFF, no final XOR. Known there as "X.25".
 */

/** Start value of every checksum. */
export const CRC_START = 0xffff;

const LANES = 16;

/** Sixteen tables in one array: table k answers what a byte does to the sum after k more bytes ("slicing by 16"). */
const TABLES = buildTables();

function buildTables(): Uint16Array {
  const tables = new Uint16Array(256 * LANES);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x8408 : crc >>> 1;
    tables[byte] = crc;
  }
  for (let at = 256; at < tables.length; at++) {
    const before = tables[at - 256] ?? 0;
    tables[at] = (before >>> 8) ^ (tables[before & 0xff] ?? 0);
  }
  return tables;
}

/** One more byte into a running sum. */
export function crcByte(crc: number, byte: number): number {
  return ((crc >>> 8) ^ (TABLES[(crc ^ byte) & 0xff] as number)) & 0xffff;
}

/**
 * Sum of `bytes[start, end)` added to `crc`. Sixteen bytes a step, then four: table look-ups are what limits a scan, and this form
 * lets them run side by side. The casts drop the `undefined` that an index below 4096 into 4096 entries cannot give,
 * and that a `??` here would cost a fifth of the scan to deny.
 */
export function crcRange(bytes: Uint8Array, start: number, end: number, crc: number = CRC_START): number {
  const t = TABLES;
  let sum = crc;
  let i = start;
  for (; i + LANES <= end; i += LANES) {
    sum =
      (t[3840 + ((bytes[i] as number) ^ (sum & 0xff))] as number) ^
      (t[3584 + ((bytes[i + 1] as number) ^ (sum >>> 8))] as number) ^
      (t[3328 + (bytes[i + 2] as number)] as number) ^
      (t[3072 + (bytes[i + 3] as number)] as number) ^
      (t[2816 + (bytes[i + 4] as number)] as number) ^
      (t[2560 + (bytes[i + 5] as number)] as number) ^
      (t[2304 + (bytes[i + 6] as number)] as number) ^
      (t[2048 + (bytes[i + 7] as number)] as number) ^
      (t[1792 + (bytes[i + 8] as number)] as number) ^
      (t[1536 + (bytes[i + 9] as number)] as number) ^
      (t[1280 + (bytes[i + 10] as number)] as number) ^
      (t[1024 + (bytes[i + 11] as number)] as number) ^
      (t[768 + (bytes[i + 12] as number)] as number) ^
      (t[512 + (bytes[i + 13] as number)] as number) ^
      (t[256 + (bytes[i + 14] as number)] as number) ^
      (t[bytes[i + 15] as number] as number);
  }
  for (; i + 4 <= end; i += 4) {
    sum =
      (t[768 + ((bytes[i] as number) ^ (sum & 0xff))] as number) ^
      (t[512 + ((bytes[i + 1] as number) ^ (sum >>> 8))] as number) ^
      (t[256 + (bytes[i + 2] as number)] as number) ^
      (t[bytes[i + 3] as number] as number);
  }
  for (; i < end; i++) sum = (sum >>> 8) ^ (t[(sum ^ (bytes[i] as number)) & 0xff] as number);
  return sum;
}

/** Checksum of whole `bytes` from the MAVLink start value. */
export function x25(bytes: Uint8Array): number {
  return crcRange(bytes, 0, bytes.length);
}
