/**
 * Reads of a field that the sender's truncation cut through (MAVLink 2 drops trailing zero bytes of a payload, even in
 * the middle of a field). Missing bytes are zero. `payload` is the payload's first byte in the view, `offset` the
 * field's offset in it, `length` the bytes that came. Rare beside whole reads, so these may be slow.
 */

function low32(view: DataView, payload: number, offset: number, length: number): number {
  let bits = 0;
  for (let i = 0; i < 4 && offset + i < length; i++) bits |= view.getUint8(payload + offset + i) << (8 * i);
  return bits;
}

/** Unsigned 16 or 32 bit field, cut short. */
export function partialUnsigned(view: DataView, payload: number, offset: number, length: number): number {
  return low32(view, payload, offset, length) >>> 0;
}

/** Signed 16 bit field, cut short: fewer than two bytes are there, so it cannot be negative. */
export function partialInt16(view: DataView, payload: number, offset: number, length: number): number {
  return low32(view, payload, offset, length);
}

/** Signed 32 bit field, cut short: the byte with the sign is missing, so it cannot be negative. */
export function partialInt32(view: DataView, payload: number, offset: number, length: number): number {
  return low32(view, payload, offset, length);
}

/** 32 bit float, cut short. */
export function partialFloat(view: DataView, payload: number, offset: number, length: number): number {
  if (offset >= length) return 0;
  const cell = new DataView(new ArrayBuffer(4));
  cell.setUint32(0, low32(view, payload, offset, length) >>> 0, true);
  return cell.getFloat32(0, true);
}

/** 64 bit float, cut short. */
export function partialDouble(view: DataView, payload: number, offset: number, length: number): number {
  if (offset >= length) return 0;
  const cell = new DataView(new ArrayBuffer(8));
  for (let i = 0; offset + i < length && i < 8; i++) cell.setUint8(i, view.getUint8(payload + offset + i));
  return cell.getFloat64(0, true);
}

/** 64 bit integer, cut short: the byte with the sign is missing, so it cannot be negative. */
export function partialBig(view: DataView, payload: number, offset: number, length: number): bigint {
  if (offset >= length) return 0n;
  const low = partialUnsigned(view, payload, offset, length);
  const high = offset + 4 < length ? partialUnsigned(view, payload, offset + 4, length) : 0;
  return (BigInt(high) << 32n) | BigInt(low);
}
