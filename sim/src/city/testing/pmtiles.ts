import { gzipSync } from "node:zlib";
import { PbfWriter } from "pbf";
import { hilbertId } from "../tiles/pmtiles.js";
import { joined } from "./pbf.js";

export type TestTile = { readonly zoom: number; readonly x: number; readonly y: number; readonly bytes: Uint8Array };
export type TestArchive = {
  readonly tiles: readonly TestTile[];
  readonly metadata?: unknown;
  readonly gzip?: boolean;
  /** Entries of one leaf; undefined: everything in the root. */
  readonly leafSize?: number;
};

type Entry = { readonly tileId: number; readonly run: number; readonly offset: number; readonly length: number };

/** Writes a small PMTiles v3 archive by the book; equal neighbours share one run. */
export function encodePmTiles({ tiles, metadata = {}, gzip = true, leafSize }: TestArchive): Uint8Array {
  const pack = (bytes: Uint8Array): Uint8Array => (gzip ? new Uint8Array(gzipSync(bytes)) : bytes);
  const parts: Uint8Array[] = [];
  const entries: Entry[] = [];
  let end = 0;
  const ordered = tiles.map((tile) => ({ ...tile, tileId: hilbertId(tile.zoom, tile.x, tile.y) }));
  for (const { tileId, bytes } of ordered.sort((a, b) => a.tileId - b.tileId)) {
    const last = entries.at(-1);
    const same = parts.at(-1);
    const packed = pack(bytes);
    if (
      last !== undefined &&
      last.tileId + last.run === tileId &&
      same !== undefined &&
      Buffer.compare(same, packed) === 0
    ) {
      entries[entries.length - 1] = { ...last, run: last.run + 1 };
      continue;
    }
    entries.push({ tileId, run: 1, offset: end, length: packed.length });
    parts.push(packed);
    end += packed.length;
  }
  const leaves: Uint8Array[] = [];
  const root: Entry[] = [];
  let leafEnd = 0;
  for (let at = 0; leafSize !== undefined && at < entries.length; at += leafSize) {
    const leaf = pack(directory(entries.slice(at, at + leafSize)));
    root.push({ tileId: entries[at]?.tileId ?? 0, run: 0, offset: leafEnd, length: leaf.length });
    leaves.push(leaf);
    leafEnd += leaf.length;
  }
  const sections = [
    pack(directory(leafSize === undefined ? entries : root)),
    pack(new TextEncoder().encode(JSON.stringify(metadata))),
    joined(leaves),
    joined(parts),
  ];
  return joined([header(sections, tiles, gzip), ...sections]);
}

function header(sections: readonly Uint8Array[], tiles: readonly TestTile[], gzip: boolean): Uint8Array {
  const bytes = new Uint8Array(127);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode("PMTiles"));
  bytes[7] = 3;
  let at = 127;
  sections.forEach((section, i) => {
    view.setBigUint64(8 + i * 16, BigInt(at), true);
    view.setBigUint64(16 + i * 16, BigInt(section.length), true);
    at += section.length;
  });
  const zooms = tiles.map((tile) => tile.zoom);
  bytes.set([1, gzip ? 2 : 1, gzip ? 2 : 1, 1, Math.min(...zooms), Math.max(...zooms)], 96);
  return bytes;
}

function directory(entries: readonly Entry[]): Uint8Array {
  const pbf = new PbfWriter();
  pbf.writeVarint(entries.length);
  entries.forEach((entry, i) => {
    pbf.writeVarint(entry.tileId - (entries[i - 1]?.tileId ?? 0));
  });
  for (const { run } of entries) pbf.writeVarint(run);
  for (const { length } of entries) pbf.writeVarint(length);
  entries.forEach(({ offset }, i) => {
    const before = entries[i - 1];
    pbf.writeVarint(before !== undefined && before.offset + before.length === offset ? 0 : offset + 1);
  });
  return new Uint8Array(pbf.finish());
}
