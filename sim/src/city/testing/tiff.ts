import { deflateSync } from "node:zlib";

export type TestTiff = {
  readonly cols: number;
  readonly rows: number;
  readonly values: readonly number[];
  readonly format: "int16" | "float32";
  readonly compression: "none" | "deflate" | "lzw";
  readonly predictor?: 1 | 2 | 3;
  /** Side of a tile; undefined: strips of `stripRows`. */
  readonly tile?: number;
  readonly stripRows?: number;
  readonly little?: boolean;
  readonly west?: number;
  readonly north?: number;
  readonly scale?: number;
  readonly noData?: string;
  /** Key id and value, as GeoKeys that stand in the directory. */
  readonly keys?: readonly (readonly [number, number])[];
};

const CODES = { none: 1, deflate: 8, lzw: 5 } as const;

/** Writes a small GeoTIFF by the book, for reading back. */
export function encodeTiff(tiff: TestTiff): Uint8Array {
  const { cols, rows, tile, little = true } = tiff;
  const bytes = tiff.format === "int16" ? 2 : 4;
  const [blockCols, blockRows] = tile === undefined ? [cols, tiff.stripRows ?? rows] : [tile, tile];
  const blocks: Uint8Array[] = [];
  for (let top = 0; top < rows; top += blockRows) {
    const tall = tile === undefined ? Math.min(blockRows, rows - top) : blockRows;
    for (let left = 0; left < cols; left += blockCols) {
      const block = new Uint8Array(blockCols * tall * bytes);
      const view = new DataView(block.buffer);
      for (let r = 0; r < tall; r++)
        for (let c = 0; c < blockCols; c++) {
          const inside = left + c < cols && top + r < rows;
          const value = inside ? (tiff.values[(top + r) * cols + left + c] ?? 0) : 0;
          if (bytes === 2) view.setInt16((r * blockCols + c) * 2, value, little);
          else view.setFloat32((r * blockCols + c) * 4, value, little);
        }
      const ready = predict(block, blockCols, bytes, tiff.predictor ?? 1, little);
      blocks.push(
        tiff.compression === "none" ? ready : tiff.compression === "lzw" ? packLzw(ready) : deflateSync(ready),
      );
    }
  }
  return assemble(tiff, blocks, blockCols, blockRows);
}

function predict(block: Uint8Array, cols: number, bytes: number, predictor: number, little: boolean): Uint8Array {
  if (predictor === 1) return block;
  const out = new Uint8Array(block.length);
  const rowBytes = cols * bytes;
  for (let start = 0; start < block.length; start += rowBytes) {
    if (predictor === 2) {
      const from = new DataView(block.buffer, start, rowBytes);
      const to = new DataView(out.buffer, start, rowBytes);
      for (let c = 0; c < cols; c++)
        to.setInt16(c * 2, from.getInt16(c * 2, little) - (c === 0 ? 0 : from.getInt16(c * 2 - 2, little)), little);
    } else {
      const planes = new Uint8Array(rowBytes);
      for (let c = 0; c < cols; c++)
        for (let p = 0; p < bytes; p++)
          planes[p * cols + c] = block[start + c * bytes + (little ? bytes - 1 - p : p)] ?? 0;
      for (let i = rowBytes - 1; i >= 0; i--)
        out[start + i] = ((planes[i] ?? 0) - (i === 0 ? 0 : (planes[i - 1] ?? 0))) & 0xff;
    }
  }
  return out;
}

type Field = readonly [tag: number, kind: 2 | 3 | 4 | 12, values: readonly number[]];
const SIZES = { 2: 1, 3: 2, 4: 4, 12: 8 } as const;
const DEGREES = [
  [1024, 2],
  [1025, 1],
  [2048, 4326],
] as const;

function fieldsOf(tiff: TestTiff, offsets: number[], counts: number[], blockCols: number, blockRows: number): Field[] {
  const { cols, rows, tile, west = 0, north = 0, scale = 1, keys = DEGREES, noData } = tiff;
  const fields: Field[] = [
    [256, 4, [cols]],
    [257, 4, [rows]],
    [258, 3, [tiff.format === "int16" ? 16 : 32]],
    [259, 3, [CODES[tiff.compression]]],
    [277, 3, [1]],
    [317, 3, [tiff.predictor ?? 1]],
    [339, 3, [tiff.format === "int16" ? 2 : 3]],
    [33550, 12, [scale, scale, 0]],
    [33922, 12, [0, 0, 0, west, north, 0]],
    [34735, 3, [1, 1, 0, keys.length, ...keys.flatMap(([id, value]) => [id, 0, 1, value])]],
  ];
  if (tile === undefined) fields.push([273, 4, offsets], [278, 4, [blockRows]], [279, 4, counts]);
  else fields.push([322, 4, [blockCols]], [323, 4, [blockRows]], [324, 4, offsets], [325, 4, counts]);
  if (noData !== undefined) fields.push([42113, 2, [...Array.from(noData, (c) => c.charCodeAt(0)), 0]]);
  return fields.sort(([a], [b]) => a - b);
}

function assemble(tiff: TestTiff, blocks: readonly Uint8Array[], blockCols: number, blockRows: number): Uint8Array {
  const { little = true } = tiff;
  const offsets: number[] = [];
  let at = 8;
  for (const block of blocks) {
    offsets.push(at);
    at += block.length;
  }
  const counts = blocks.map((block) => block.length);
  const fields = fieldsOf(tiff, offsets, counts, blockCols, blockRows);
  const ifdAt = at + (at % 2);
  let extraAt = ifdAt + 2 + fields.length * 12 + 4;
  const out = new Uint8Array(extraAt + fields.reduce((sum, [, kind, v]) => sum + SIZES[kind] * v.length + 8, 0));
  const view = new DataView(out.buffer);
  out.set(little ? [0x49, 0x49] : [0x4d, 0x4d]);
  view.setUint16(2, 42, little);
  view.setUint32(4, ifdAt, little);
  for (const [i, block] of blocks.entries()) out.set(block, offsets[i]);
  view.setUint16(ifdAt, fields.length, little);
  fields.forEach(([tag, kind, values], i) => {
    const entry = ifdAt + 2 + i * 12;
    view.setUint16(entry, tag, little);
    view.setUint16(entry + 2, kind, little);
    view.setUint32(entry + 4, values.length, little);
    const length = SIZES[kind] * values.length;
    if (length > 4) view.setUint32(entry + 8, extraAt, little);
    writeValues(view, length > 4 ? extraAt : entry + 8, kind, values, little);
    if (length > 4) extraAt += length + (length % 2);
  });
  return out;
}

function writeValues(view: DataView, at: number, kind: Field[1], values: readonly number[], little: boolean): void {
  values.forEach((value, k) => {
    if (kind === 2) view.setUint8(at + k, value);
    else if (kind === 3) view.setUint16(at + 2 * k, value, little);
    else if (kind === 4) view.setUint32(at + 4 * k, value, little);
    else view.setFloat64(at + 8 * k, value, little);
  });
}

/** TIFF's LZW, most significant bit first, the width growing one code early (TIFF 6.0 section 13). */
export function packLzw(bytes: Uint8Array): Uint8Array {
  const out: number[] = [];
  let bits = 0;
  let held = 0;
  const emit = (code: number, width: number): void => {
    held = (held << width) | code;
    bits += width;
    while (bits >= 8) {
      out.push((held >> (bits - 8)) & 0xff);
      bits -= 8;
    }
    held &= (1 << bits) - 1;
  };
  let table = new Map<string, number>();
  let next = 258;
  let width = 9;
  emit(256, width);
  let run = "";
  const codeOf = (text: string): number => (text.length === 1 ? text.charCodeAt(0) : (table.get(text) ?? 0));
  for (const byte of bytes) {
    const char = String.fromCharCode(byte);
    if (run === "" || table.has(run + char)) {
      run += char;
      continue;
    }
    emit(codeOf(run), width);
    table.set(run + char, next++);
    if (next === 4095) {
      emit(256, width);
      table = new Map();
      next = 258;
      width = 9;
    } else if (next >= 1 << width) width++;
    run = char;
  }
  if (run !== "") emit(codeOf(run), width);
  // The decoder adds an entry for this last code too, and may have grown by it.
  if (next + 1 >= 1 << width && width < 12) width++;
  emit(257, width);
  if (bits > 0) emit(0, 8 - bits);
  return Uint8Array.from(out);
}
