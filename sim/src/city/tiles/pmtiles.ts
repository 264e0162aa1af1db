import { PbfReader } from "pbf";
import { type ByteSource, CityImportError, type Inflate } from "../byte-source.js";

/** One archive of vector tiles (PMTiles v3, protomaps/PMTiles spec/v3). */
export type PmTiles = {
  readonly minZoom: number;
  readonly maxZoom: number;
  /** Attribution that the archive asks to be shown, as plain text; "" where it asks for none. */
  readonly attribution: string;
  /** Unpacked tile; undefined where the archive holds none there. */
  tile(zoom: number, x: number, y: number): Uint8Array | undefined;
};

type Entry = { readonly tileId: number; readonly run: number; readonly offset: number; readonly length: number };

const HEADER_BYTES = 127;
const MVT = 1;
const NONE = 1;
const GZIP = 2;
const MOST_UNPACKED_BYTES = 64 * 1024 * 1024;
const MOST_ENTRIES = 10_000_000;
/** Root, then leaves: deeper is not made by any writer and would let a file run in circles. */
const MOST_LEVELS = 4;

/** @throws CityImportError where it is no PMTiles v3 archive of vector tiles, or is damaged */
export function openPmTiles(source: ByteSource, inflate: Inflate): PmTiles {
  const head = headerOf(source);
  const unpack = (offset: number, length: number, packing: number): Uint8Array => {
    const bytes = source.read(offset, length);
    if (packing === NONE) return bytes;
    try {
      return inflate.gzip(bytes, MOST_UNPACKED_BYTES);
    } catch {
      throw new CityImportError(source.name, `${length} bytes do not unpack; the file is damaged`, offset);
    }
  };
  const directories = new Map<number, readonly Entry[]>();
  const directoryAt = (offset: number, length: number): readonly Entry[] => {
    const known = directories.get(offset);
    if (known !== undefined) return known;
    const entries = entriesOf(source, offset, unpack(offset, length, head.internal));
    directories.set(offset, entries);
    return entries;
  };
  return {
    minZoom: head.minZoom,
    maxZoom: head.maxZoom,
    attribution: attributionOf(source, head.metadata, () => unpack(...head.metadata, head.internal)),
    tile: (zoom, x, y) => {
      const tileId = hilbertId(zoom, x, y);
      let entries = directoryAt(...head.root);
      for (let level = 0; level < MOST_LEVELS; level++) {
        const entry = entryFor(entries, tileId);
        if (entry === undefined) return undefined;
        if (entry.run > 0) return unpack(head.data + entry.offset, entry.length, head.tile);
        entries = directoryAt(head.leaves + entry.offset, entry.length);
      }
      throw new CityImportError(source.name, "directories within directories without end; the file is damaged");
    },
  };
}

function headerOf(source: ByteSource) {
  const bytes = source.read(0, HEADER_BYTES);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const long = (at: number): number => view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;
  if (String.fromCharCode(...bytes.subarray(0, 7)) !== "PMTiles")
    throw new CityImportError(source.name, "is no PMTiles archive", 0);
  if (bytes[7] !== 3) throw new CityImportError(source.name, `PMTiles version ${bytes[7]}; version 3 is read`, 7);
  const [internal = 0, tile = 0, type = 0, minZoom = 0, maxZoom = 0] = bytes.subarray(97, 102);
  for (const [at, packing] of [
    [97, internal],
    [98, tile],
  ] as const)
    if (packing !== NONE && packing !== GZIP)
      throw new CityImportError(source.name, `compression ${packing}; none (1) and gzip (2) are read`, at);
  if (type !== MVT) throw new CityImportError(source.name, `holds pictures (tile type ${type}), not vector tiles`, 99);
  if (maxZoom > 24 || minZoom > maxZoom)
    throw new CityImportError(source.name, `zooms ${minZoom} to ${maxZoom} are not believable`, 100);
  const root: [number, number] = [long(8), long(16)];
  const metadata: [number, number] = [long(24), long(32)];
  return { root, metadata, leaves: long(40), data: long(56), internal, tile, minZoom, maxZoom };
}

/** A directory: columns of tile ids (differences), run lengths, lengths and offsets (0: right after the one before). */
function entriesOf(source: ByteSource, offset: number, bytes: Uint8Array): Entry[] {
  const columns = columnsOf(bytes);
  let tileId = 0;
  let after = 0;
  const entries = columns?.steps.map((step, i) => {
    tileId += step;
    const length = columns.lengths[i] ?? 0;
    const at = columns.offsets[i] ?? 0;
    const start = at === 0 ? after : at - 1;
    after = start + length;
    return { tileId, run: columns.runs[i] ?? 0, offset: start, length };
  });
  if (entries === undefined || columns?.offsets[0] === 0 || entries.some((entry) => entry.length === 0))
    throw new CityImportError(source.name, "this directory is damaged", offset);
  return entries;
}

/** Undefined where the bytes do not hold four whole columns. */
function columnsOf(bytes: Uint8Array) {
  try {
    const pbf = new PbfReader(bytes);
    const count = pbf.readVarint();
    if (count > MOST_ENTRIES || count > bytes.length) return undefined;
    const column = (): number[] => Array.from({ length: count }, () => pbf.readVarint());
    const columns = { steps: column(), runs: column(), lengths: column(), offsets: column() };
    return pbf.pos > bytes.length ? undefined : columns;
  } catch {
    // The codec throws at numbers that do not end.
    return undefined;
  }
}

/** The last entry at or before a tile: it holds the tile where its run reaches it, or leads on to a leaf. */
function entryFor(entries: readonly Entry[], tileId: number): Entry | undefined {
  let low = 0;
  let high = entries.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.tileId ?? 0) <= tileId) low = middle + 1;
    else high = middle - 1;
  }
  const entry = entries[high];
  if (entry === undefined) return undefined;
  return entry.run === 0 || tileId < entry.tileId + entry.run ? entry : undefined;
}

/** Place of a tile along the Hilbert curve of its zoom, after all tiles of the zooms before. */
export function hilbertId(zoom: number, x: number, y: number): number {
  let id = (4 ** zoom - 1) / 3;
  let [px, py] = [x, y];
  for (let side = 2 ** zoom / 2; side >= 1; side /= 2) {
    const rx = Math.floor(px / side) % 2;
    const ry = Math.floor(py / side) % 2;
    id += side * side * ((3 * rx) ^ ry);
    px %= side;
    py %= side;
    if (ry === 0) {
      if (rx === 1) [px, py] = [side - 1 - px, side - 1 - py];
      [px, py] = [py, px];
    }
  }
  return id;
}

function attributionOf(
  source: ByteSource,
  [offset, length]: readonly [number, number],
  read: () => Uint8Array,
): string {
  if (length === 0) return "";
  try {
    const metadata: unknown = JSON.parse(new TextDecoder().decode(read()));
    const text =
      typeof metadata === "object" && metadata !== null && "attribution" in metadata ? metadata.attribution : "";
    return typeof text === "string" ? plainText(text) : "";
  } catch (error) {
    if (error instanceof CityImportError) throw error;
    throw new CityImportError(source.name, "its metadata are no JSON", offset);
  }
}

/** Attributions come as HTML links; what is shown is their text. */
const plainText = (html: string): string =>
  html
    .replace(/<[^>]*>/g, "")
    .replace(/&copy;/g, "©")
    .replace(/&amp;/g, "&")
    .replace(/\s+/g, " ")
    .trim();
