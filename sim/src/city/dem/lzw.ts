const CLEAR = 256;
const END = 257;
const FIRST = 258;
const TABLE = 4096;

/**
 * TIFF's LZW (TIFF 6.0 section 13): codes from the most significant bit, 9 to 12 bits wide, the width growing one code
 * early. Gives exactly `length` bytes, or undefined where the codes make no sense or end too soon.
 */
export function unpackLzw(bytes: Uint8Array, length: number): Uint8Array | undefined {
  const out = new Uint8Array(length);
  // Each entry is a run in the output: a string is always the one before it and one byte more.
  const starts = new Int32Array(TABLE);
  const lengths = new Int32Array(TABLE);
  let filled = 0;
  let bit = 0;
  let width = 9;
  let next = FIRST;
  let lastStart = -1;
  let lastLength = 0;
  while (filled < length) {
    const code = readCode(bytes, bit, width);
    bit += width;
    if (code === undefined || code === END) return undefined;
    if (code === CLEAR) {
      width = 9;
      next = FIRST;
      lastStart = -1;
      continue;
    }
    if (code >= FIRST && (code > next || lastStart < 0)) return undefined;
    const start = filled;
    if (lastStart >= 0 && next < TABLE) {
      starts[next] = lastStart;
      lengths[next] = lastLength + 1;
      next++;
    }
    if (code >= next) return undefined;
    const run = code < CLEAR ? 1 : (lengths[code] ?? 0);
    for (let i = 0; i < run && filled < length; i++)
      out[filled++] = code < CLEAR ? code : (out[(starts[code] ?? 0) + i] ?? 0);
    lastStart = start;
    lastLength = run;
    if (next >= (1 << width) - 1 && width < 12) width++;
  }
  return out;
}

function readCode(bytes: Uint8Array, bit: number, width: number): number | undefined {
  const at = bit >> 3;
  if (bit + width > bytes.length * 8) return undefined;
  const three = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
  return (three >> (24 - (bit & 7) - width)) & ((1 << width) - 1);
}
