/**
 * `char[n]` fields: one byte a character (Latin-1, so that every byte survives a round trip), ended by a NUL only where
 * shorter than the field.
 */

/**
 * Text at `offset` of a payload of `length` bytes, at most `size` characters. Where `before` already says the same it
 * is returned as it is: names repeat in telemetry, and building a string is most of the cost of reading one.
 */
export function readText(
  view: DataView,
  payload: number,
  offset: number,
  size: number,
  length: number,
  before: string,
): string {
  const start = payload + offset;
  const room = Math.min(length - offset, size);
  let count = 0;
  let same = true;
  while (count < room) {
    const byte = view.getUint8(start + count);
    if (byte === 0) break;
    if (same && (count >= before.length || before.charCodeAt(count) !== byte)) same = false;
    count++;
  }
  if (same && before.length === count) return before;
  let text = "";
  for (let i = 0; i < count; i++) text += String.fromCharCode(view.getUint8(start + i));
  return text;
}

/**
 * Writes exactly `size` bytes: the text, cut where too long, and zeros. What Latin-1 lacks becomes "?": a wrapped code
 * could be the NUL that ends the text.
 */
export function writeText(view: DataView, at: number, size: number, text: string): void {
  const count = Math.min(text.length, size);
  for (let i = 0; i < count; i++) {
    const code = text.charCodeAt(i);
    view.setUint8(at + i, code > 0xff ? 0x3f : code);
  }
  for (let i = count; i < size; i++) view.setUint8(at + i, 0);
}
