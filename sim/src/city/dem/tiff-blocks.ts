import { type ByteSource, CityImportError, type Inflate } from "../byte-source.js";
import type { Samples } from "./dem.js";
import { unpackLzw } from "./lzw.js";
import type { TiffTags } from "./tiff-tags.js";

const TAG = {
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  stripOffsets: 273,
  bands: 277,
  rowsPerStrip: 278,
  stripBytes: 279,
  predictor: 317,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileBytes: 325,
  sampleFormat: 339,
  noData: 42113,
} as const;

const MOST_BLOCK_BYTES = 64 * 1024 * 1024;
/** Decoded blocks kept; a city touches few, and those again and again. */
const BLOCKS_KEPT = 64;

type Layout = {
  readonly cols: number;
  readonly rows: number;
  readonly blockCols: number;
  readonly blockRows: number;
  readonly across: number;
  readonly offsets: readonly number[];
  readonly counts: readonly number[];
};
type Coding = {
  readonly compression: number;
  readonly predictor: number;
  readonly bytes: number;
  readonly read: (view: DataView, at: number, little: boolean) => number;
};

/** Samples of a TIFF's first image, block by block as they are asked for. */
export function tiffSamples(source: ByteSource, tags: TiffTags, inflate: Inflate): Samples {
  const layout = layoutOf(source, tags);
  const coding = codingOf(source, tags);
  const noData = Number.parseFloat(tags.text(TAG.noData) ?? "");
  const kept = new Map<number, DataView>();
  const blockAt = (index: number): DataView => {
    const found = kept.get(index);
    if (found !== undefined) return found;
    const block = decodeBlock(source, tags, layout, coding, inflate, index);
    if (kept.size >= BLOCKS_KEPT) kept.delete(kept.keys().next().value ?? -1);
    kept.set(index, block);
    return block;
  };
  const { cols, rows, blockCols, blockRows, across } = layout;
  // A horizontal predictor leaves whole samples in the file's order, a floating-point one big-endian.
  const little = coding.predictor === 3 ? false : tags.littleEndian;
  return {
    cols,
    rows,
    at: (col, row) => {
      const index = Math.floor(row / blockRows) * across + Math.floor(col / blockCols);
      // A block that was never written holds no heights.
      if (layout.counts[index] === 0) return undefined;
      const block = blockAt(index);
      const at = ((row % blockRows) * blockCols + (col % blockCols)) * coding.bytes;
      const value = coding.read(block, at, little);
      return Number.isFinite(value) && value !== noData && Math.fround(noData) !== value ? value : undefined;
    },
  };
}

function layoutOf(source: ByteSource, tags: TiffTags): Layout {
  const one = (tag: number): number => tags.numbers(tag)[0] ?? 0;
  const cols = one(TAG.width);
  const rows = one(TAG.height);
  const bands = tags.numbers(TAG.bands)[0] ?? 1;
  if (bands !== 1) throw new CityImportError(source.name, `has ${bands} bands; a height model has one`);
  const tiled = one(TAG.tileWidth) > 0;
  const blockCols = tiled ? one(TAG.tileWidth) : cols;
  const blockRows = tiled ? one(TAG.tileHeight) : Math.min(rows, tags.numbers(TAG.rowsPerStrip)[0] ?? rows);
  const offsets = tags.numbers(tiled ? TAG.tileOffsets : TAG.stripOffsets);
  const counts = tags.numbers(tiled ? TAG.tileBytes : TAG.stripBytes);
  if (cols < 2 || rows < 2 || blockCols < 1 || blockRows < 1)
    throw new CityImportError(source.name, `is no raster: ${cols} × ${rows} pixels in blocks of ${blockRows} rows`);
  const across = Math.ceil(cols / blockCols);
  const needed = across * Math.ceil(rows / blockRows);
  if (offsets.length < needed || counts.length < needed)
    throw new CityImportError(source.name, `names ${offsets.length} blocks of ${needed}`);
  return { cols, rows, blockCols, blockRows, across, offsets, counts };
}

function codingOf(source: ByteSource, tags: TiffTags): Coding {
  const bits = tags.numbers(TAG.bits)[0] ?? 1;
  const format = tags.numbers(TAG.sampleFormat)[0] ?? 1;
  const read = readerOf(format, bits);
  if (read === undefined)
    throw new CityImportError(source.name, `samples of ${bits} bits in format ${format} are not read; use float32`);
  const compression = tags.numbers(TAG.compression)[0] ?? 1;
  if (![1, 5, 8, 32946].includes(compression))
    throw new CityImportError(
      source.name,
      `compression ${compression} is not read; make it deflate: gdal_translate -co COMPRESS=DEFLATE`,
    );
  const predictor = compression === 1 ? 1 : (tags.numbers(TAG.predictor)[0] ?? 1);
  if (![1, 2, 3].includes(predictor) || (predictor === 2 && format === 3) || (predictor === 3 && format !== 3))
    throw new CityImportError(source.name, `predictor ${predictor} is not read for these samples`);
  return { compression, predictor, bytes: bits / 8, read };
}

function readerOf(format: number, bits: number): Coding["read"] | undefined {
  switch (`${format}/${bits}`) {
    case "1/8":
      return (v, at) => v.getUint8(at);
    case "1/16":
      return (v, at, little) => v.getUint16(at, little);
    case "2/16":
      return (v, at, little) => v.getInt16(at, little);
    case "2/32":
      return (v, at, little) => v.getInt32(at, little);
    case "3/32":
      return (v, at, little) => v.getFloat32(at, little);
    case "3/64":
      return (v, at, little) => v.getFloat64(at, little);
    default:
      return undefined;
  }
}

function decodeBlock(
  source: ByteSource,
  tags: TiffTags,
  layout: Layout,
  coding: Coding,
  inflate: Inflate,
  index: number,
): DataView {
  const offset = layout.offsets[index] ?? 0;
  const down = Math.floor(index / layout.across);
  const tiled = tags.numbers(TAG.tileWidth).length > 0;
  // The last strip holds only the rows that are left; a tile is always whole.
  const rows = tiled ? layout.blockRows : Math.min(layout.blockRows, layout.rows - down * layout.blockRows);
  const length = rows * layout.blockCols * coding.bytes;
  if (length > MOST_BLOCK_BYTES)
    throw new CityImportError(source.name, `a block of ${length} bytes; make tiles: gdal_translate -co TILED=YES`);
  const packed = source.read(offset, layout.counts[index] ?? 0);
  const bytes = unpack(packed, coding.compression, length, inflate);
  if (bytes === undefined || bytes.length < length)
    throw new CityImportError(source.name, `block ${index} does not unpack to ${length} bytes; it is damaged`, offset);
  const own = coding.predictor === 1 ? bytes : bytes.slice(0, length);
  if (coding.predictor === 2) undoHorizontal(own, layout.blockCols, coding, tags.littleEndian);
  const whole = coding.predictor === 3 ? undoFloating(own, layout.blockCols, coding.bytes) : own;
  return new DataView(whole.buffer, whole.byteOffset, whole.byteLength);
}

function unpack(packed: Uint8Array, compression: number, length: number, inflate: Inflate): Uint8Array | undefined {
  if (compression === 1) return packed;
  if (compression === 5) return unpackLzw(packed, length);
  try {
    return inflate.zlib(packed, length);
  } catch {
    return undefined;
  }
}

/** Predictor 2: each sample is what it adds to the one on its left. */
function undoHorizontal(bytes: Uint8Array, cols: number, { bytes: size, read }: Coding, little: boolean): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.length; at += size) {
    if ((at / size) % cols === 0) continue;
    const sum = read(view, at - size, little) + read(view, at, little);
    if (size === 1) view.setUint8(at, sum);
    else if (size === 2) view.setInt16(at, sum, little);
    else view.setInt32(at, sum, little);
  }
}

/** Predictor 3 (Adobe technote 3): byte planes from the most significant, each byte a difference. */
function undoFloating(bytes: Uint8Array, cols: number, size: number): Uint8Array {
  const out = new Uint8Array(bytes.length);
  const rowBytes = cols * size;
  for (let start = 0; start < bytes.length; start += rowBytes) {
    for (let i = 1; i < rowBytes; i++)
      bytes[start + i] = ((bytes[start + i] ?? 0) + (bytes[start + i - 1] ?? 0)) & 0xff;
    for (let col = 0; col < cols; col++)
      for (let plane = 0; plane < size; plane++)
        out[start + col * size + plane] = bytes[start + plane * cols + col] ?? 0;
  }
  return out;
}
