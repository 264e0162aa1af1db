import { type ByteSource, CityImportError, type Inflate } from "../byte-source.js";
import type { OsmSink } from "./element.js";
import { fieldsOf } from "./fields.js";
import { readPrimitiveBlock } from "./primitive-block.js";

const MOST_HEADER_BYTES = 64 * 1024;
const MOST_BLOB_BYTES = 32 * 1024 * 1024;
/** What a reader must understand to read a file at all. */
const UNDERSTOOD = ["OsmSchema-V0.6", "DenseNodes"];

type Blob = { raw?: Uint8Array; zlib?: Uint8Array; rawSize?: number; other?: string };

/**
 * OpenStreetMap's PBF: a row of blobs, each a header of features or a block of elements (formats/geodata.md section 3).
 * Blob by blob, so that memory does not grow with the file.
 * @throws CityImportError naming the byte of the blob that is wrong
 */
export function readOsmPbf(
  source: ByteSource,
  inflate: Inflate,
  sink: OsmSink,
  progress: (done: number) => void = () => {},
): void {
  let at = 0;
  let headers = 0;
  while (at < source.size) {
    const start = at;
    const length = bigEndian(source.read(at, 4));
    if (length === 0 || length > MOST_HEADER_BYTES)
      throw new CityImportError(source.name, `a blob header of ${length} bytes; this is no OSM PBF file`, start);
    const header = damaged(source, start, () => blobHeader(source.read(at + 4, length)));
    if (header.size < 0 || header.size > MOST_BLOB_BYTES)
      throw new CityImportError(source.name, `a blob of ${header.size} bytes, 32 MiB is the most`, start);
    const bytes = source.read(at + 4 + length, header.size);
    at += 4 + length + header.size;
    if (header.type === "OSMHeader") {
      refuseUnknown(source, start, unpack(source, start, bytes, inflate));
      headers++;
    } else if (header.type === "OSMData") {
      if (headers === 0) throw new CityImportError(source.name, "data before any OSMHeader", start);
      const block = unpack(source, start, bytes, inflate);
      damaged(source, start, () => readPrimitiveBlock(block, sink));
    }
    progress(at);
  }
  if (headers === 0) throw new CityImportError(source.name, "holds no OSMHeader; this is no OSM PBF file", 0);
}

const bigEndian = (b: Uint8Array): number =>
  (b[0] ?? 0) * 2 ** 24 + (b[1] ?? 0) * 2 ** 16 + (b[2] ?? 0) * 2 ** 8 + (b[3] ?? 0);

/** The codec throws errors of its own on bytes that make no sense. */
function damaged<T>(source: ByteSource, offset: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof CityImportError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new CityImportError(source.name, `this blob is damaged (${why}); fetch the file again`, offset);
  }
}

function blobHeader(bytes: Uint8Array): { type: string; size: number } {
  const empty = { type: "", size: -1 };
  return fieldsOf(
    bytes,
    (tag, header, pbf) => {
      if (tag === 1) header.type = pbf.readString();
      else if (tag === 3) header.size = pbf.readVarint();
    },
    empty,
  );
}

function unpack(source: ByteSource, offset: number, bytes: Uint8Array, inflate: Inflate): Uint8Array {
  const empty: Blob = {};
  const blob = damaged(source, offset, () =>
    fieldsOf(
      bytes,
      (tag, into, pbf) => {
        if (tag === 1) into.raw = pbf.readBytes();
        else if (tag === 2) into.rawSize = pbf.readVarint();
        else if (tag === 3) into.zlib = pbf.readBytes();
        else if (tag >= 4 && tag <= 7) into.other = ["lzma", "bzip2", "lz4", "zstd"][tag - 4] ?? "";
      },
      empty,
    ),
  );
  if (blob.raw !== undefined) return blob.raw;
  const { zlib, rawSize } = blob;
  if (zlib === undefined)
    throw new CityImportError(
      source.name,
      `packed with ${blob.other ?? "nothing known"}; rewrite it: osmium cat -f pbf,pbf_compression=zlib`,
      offset,
    );
  if (rawSize !== undefined && rawSize > MOST_BLOB_BYTES)
    throw new CityImportError(source.name, `a blob of ${rawSize} bytes unpacked, 32 MiB is the most`, offset);
  const unpacked = damaged(source, offset, () => inflate.zlib(zlib, MOST_BLOB_BYTES));
  if (rawSize !== undefined && unpacked.length !== rawSize)
    throw new CityImportError(source.name, `a blob of ${unpacked.length} bytes that says ${rawSize}`, offset);
  return unpacked;
}

function refuseUnknown(source: ByteSource, offset: number, bytes: Uint8Array): void {
  const required: string[] = [];
  damaged(source, offset, () =>
    fieldsOf(
      bytes,
      (tag, into, pbf) => {
        if (tag === 4) into.push(pbf.readString());
      },
      required,
    ),
  );
  const unknown = required.filter((feature) => !UNDERSTOOD.includes(feature));
  if (unknown.length > 0)
    throw new CityImportError(source.name, `needs ${unknown.join(", ")}, which is not read here`, offset);
}
