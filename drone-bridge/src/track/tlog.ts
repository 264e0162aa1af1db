const micros = 1_000;

/** One record of a .tlog as every ground station reads it: Unix microseconds, 8 bytes big-endian, then the frame. */
export function tlogRecord(frame: Uint8Array, tMs: number): Uint8Array {
  const bytes = new Uint8Array(8 + frame.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(Math.round(tMs * micros)));
  bytes.set(frame, 8);
  return bytes;
}
