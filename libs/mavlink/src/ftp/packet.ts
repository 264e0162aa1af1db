/** Bytes of a FILE_TRANSFER_PROTOCOL payload, and those of them that carry data. */
export const ftpPayloadBytes = 251;
export const ftpDataBytes = 239;
const headerBytes = 12;

/** One FTP request or answer (MAVLink FTP, "Payload Format"). */
export type FtpPacket = {
  readonly seq: number;
  readonly session: number;
  readonly opcode: number;
  readonly size: number;
  /** Of an answer: what it answers. */
  readonly reqOpcode: number;
  readonly burstComplete: boolean;
  readonly offset: number;
  readonly data: Uint8Array;
};

/** Undefined for a payload that is too short or claims more data than it carries. */
export function readFtpPacket(payload: Uint8Array): FtpPacket | undefined {
  if (payload.length < headerBytes) return undefined;
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const size = view.getUint8(4);
  const opcode = view.getUint8(3);
  // Size is also a request's wish, which is no data; only answers are read here.
  if (size > ftpDataBytes || headerBytes + size > payload.length) return undefined;
  return {
    seq: view.getUint16(0, true),
    session: view.getUint8(2),
    opcode,
    size,
    reqOpcode: view.getUint8(5),
    burstComplete: view.getUint8(6) !== 0,
    offset: view.getUint32(8, true),
    data: payload.slice(headerBytes, headerBytes + size),
  };
}

/** `size` where it is a wish and not the length of `data`. */
export function ftpPayload(packet: {
  readonly seq: number;
  readonly session?: number;
  readonly opcode: number;
  readonly size?: number;
  readonly reqOpcode?: number;
  readonly burstComplete?: boolean;
  readonly offset?: number;
  readonly data?: Uint8Array;
}): Uint8Array {
  const bytes = new Uint8Array(ftpPayloadBytes);
  const view = new DataView(bytes.buffer);
  const data = packet.data ?? new Uint8Array(0);
  view.setUint16(0, packet.seq, true);
  view.setUint8(2, packet.session ?? 0);
  view.setUint8(3, packet.opcode);
  view.setUint8(4, packet.size ?? data.length);
  view.setUint8(5, packet.reqOpcode ?? 0);
  view.setUint8(6, packet.burstComplete === true ? 1 : 0);
  view.setUint32(8, packet.offset ?? 0, true);
  bytes.set(data.subarray(0, ftpDataBytes), headerBytes);
  return bytes;
}

const table = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ ((value & 1) !== 0 ? 0xedb88320 : 0);
  return value;
});

/** CRC-32 as CalcFileCRC32 has it: begins with 0 and is not inverted (PX4 `crc32part`, ArduPilot `crc_crc32`). */
export function ftpCrc(bytes: Uint8Array, before = 0): number {
  let crc = before;
  for (const byte of bytes) crc = (table[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return crc >>> 0;
}
