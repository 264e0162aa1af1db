const micros = 1_000;
/** Bytes of the time before each frame. */
export const tlogStampBytes = 8;
/** Bytes around the payload, by the frame's first byte; a signature comes on top. */
const around = { v1: 8, v2: 12, signature: 13 } as const;

/** One record of a .tlog as every ground station reads it: Unix microseconds, 8 bytes big-endian, then the frame. */
export type TlogRecord = { readonly tMs: number; readonly frame: Uint8Array };

export const tlogRecordBytes = (frame: Uint8Array): number => tlogStampBytes + frame.length;

/** Writes a record at `at`, where `tlogRecordBytes` are free. */
export function writeTlogRecord(into: Uint8Array, at: number, frame: Uint8Array, tMs: number): void {
  writeTlogStamp(new DataView(into.buffer, into.byteOffset + at, tlogStampBytes), 0, tMs);
  into.set(frame, at + tlogStampBytes);
}

/** The time of a record; its frame begins where this returns. */
export function writeTlogStamp(into: DataView, at: number, tMs: number): number {
  const stamp = Math.round(tMs * micros);
  // Not by `%`: the remainder of a double is many times slower than this, and it is asked for with every frame.
  const high = Math.floor(stamp / 2 ** 32);
  into.setUint32(at, high);
  into.setUint32(at + 4, stamp - high * 2 ** 32);
  return at + tlogStampBytes;
}

/**
 * Hands over the whole records of a .tlog in order; `frame` is a view. Returns where the last one ends: what stands
 * behind is half a record that a crash left, or no .tlog.
 */
export function readTlog(bytes: Uint8Array, each: (record: TlogRecord) => void): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  while (at + tlogStampBytes < bytes.length) {
    const start = at + tlogStampBytes;
    const length = frameLength(bytes, start);
    if (length === undefined || start + length > bytes.length) break;
    const tMs = (view.getUint32(at) * 2 ** 32 + view.getUint32(at + 4)) / micros;
    each({ tMs, frame: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return at;
}

function frameLength(bytes: Uint8Array, at: number): number | undefined {
  const payload = bytes[at + 1];
  const flags = bytes[at + 2];
  if (payload === undefined) return undefined;
  if (bytes[at] === 0xfe) return payload + around.v1;
  if (bytes[at] !== 0xfd || flags === undefined) return undefined;
  return payload + around.v2 + ((flags & 1) === 1 ? around.signature : 0);
}
