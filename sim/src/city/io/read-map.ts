import { createReadStream } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { createGunzip } from "node:zlib";
import { cutFeatures } from "../build/cut.js";
import { type CitySite, type GeoBox, middleOf, siteOfBox } from "../build/place.js";
import { CityImportError } from "../byte-source.js";
import type { CityFeatures } from "../features.js";
import { osmCollector } from "../osm/collect.js";
import type { OsmSink } from "../osm/element.js";
import { osmFeatures } from "../osm/osm-features.js";
import { readOsmPbf } from "../osm/read-pbf.js";
import { osmXmlReader } from "../osm/read-xml.js";
import type { ImportProgress, ImportRequest } from "../request.js";
import { readTiles, siteOfTiles, tileFeatures, tileGround } from "../tiles/from-tiles.js";
import { openPmTiles } from "../tiles/pmtiles.js";
import { type TileSource, tilesOver } from "../tiles/tile.js";
import { withFile } from "./file-source.js";
import { nodeInflate } from "./inflate.js";

/** A map as read: where it lies, what is on it, its own ground where it has one, and whom it wants credited. */
export type ReadMap = {
  readonly site: CitySite;
  readonly features: CityFeatures;
  readonly groundAmslM: Float64Array | undefined;
  readonly attribution: readonly string[];
  readonly licences: readonly string[];
};

export async function readMap(request: ImportRequest, progress: ImportProgress): Promise<ReadMap> {
  switch (request.map.kind) {
    case "osm":
      return readOsm(request, request.map.path, progress);
    case "tiles":
      return readTileMap(request, request.map.path, progress);
  }
}

async function readOsm(request: ImportRequest, path: string, progress: ImportProgress): Promise<ReadMap> {
  const { box } = request;
  if (box === undefined) throw new CityImportError(path, "--bbox w,s,e,n is needed with --osm");
  const { sink, again, extract } = osmCollector(path, box);
  await readElements(path, sink, (share) => progress("reading OpenStreetMap", share));
  for (let more = again(); more !== undefined; more = again())
    await readElements(path, more, (share) => progress("reading again what reaches beyond the box", share));
  const site = siteOfBox(request.origin ?? middleOf(box), box);
  progress("shaping", 0);
  return {
    site,
    features: osmFeatures(extract, site),
    groundAmslM: undefined,
    attribution: ["© OpenStreetMap contributors"],
    licences: ["ODbL-1.0 (map data)"],
  };
}

/** Hands every element of a file on, whichever of the two formats its first bytes show. */
async function readElements(path: string, sink: OsmSink, progress: (share: number) => void): Promise<void> {
  const magic = await withFile(path, ({ read, size }) => read(0, Math.min(4, size)));
  if (magic[0] === 0 && magic[1] === 0) {
    await withFile(path, (source) => readOsmPbf(source, nodeInflate, sink, (done) => progress(done / source.size)));
    return;
  }
  const reader = osmXmlReader(path, sink);
  await feedText(path, magic[0] === 0x1f && magic[1] === 0x8b, (text, share) => {
    reader.feed(text);
    progress(share);
  });
  reader.end();
}

async function feedText(path: string, packed: boolean, take: (text: string, share: number) => void): Promise<void> {
  const { size } = await stat(path);
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  const stream = packed ? file.pipe(createGunzip()) : file;
  file.on("error", (error) => stream.destroy(error));
  const decoder = new TextDecoder();
  try {
    for await (const chunk of stream) take(decoder.decode(chunk, { stream: true }), file.bytesRead / size);
  } catch (error) {
    if (error instanceof CityImportError) throw error;
    throw new CityImportError(path, error instanceof Error ? error.message : String(error), file.bytesRead);
  }
}

async function readTileMap(request: ImportRequest, path: string, progress: ImportProgress): Promise<ReadMap> {
  const { tiles, attribution } = path.toLowerCase().endsWith(".pmtiles")
    ? await archiveTiles(path, request.box, progress)
    : { tiles: await folderTiles(path, request), attribution: "" };
  const credits = [attribution, ...request.attribution].filter((text) => text !== "");
  if (credits.length === 0)
    throw new CityImportError(
      path,
      "does not say whom to credit; say it with --attribution (OpenStreetMap asks for it)",
    );
  const site = siteForTiles(request, tiles);
  progress("decoding tiles", 0);
  const shapes = readTiles(site, tiles);
  const whole = tileFeatures(path, shapes);
  return {
    site,
    features: request.box === undefined ? whole : cutFeatures(site.bounds, whole),
    groundAmslM: tileGround(site.grid, shapes),
    attribution: attribution === "" ? [] : [attribution],
    licences: [],
  };
}

function siteForTiles({ box, origin }: ImportRequest, tiles: readonly TileSource[]): CitySite {
  if (box !== undefined) return siteOfBox(origin ?? middleOf(box), box);
  if (origin === undefined) throw new CityImportError("--tiles", "a city of whole tiles needs an origin or --bbox");
  return siteOfTiles(origin, tiles);
}

/** Deepest zoom taken: deeper tiles hold no more, only in more pieces. */
const DEEPEST = 16;
const MOST_TILES = 4096;

async function archiveTiles(path: string, box: GeoBox | undefined, progress: ImportProgress) {
  if (box === undefined) throw new CityImportError(path, "--bbox w,s,e,n is needed with an archive");
  return withFile(path, (source) => {
    const archive = openPmTiles(source, nodeInflate);
    const places = tilesOver(Math.min(archive.maxZoom, DEEPEST), box);
    if (places.length > MOST_TILES)
      throw new CityImportError(path, `${places.length} tiles are too many; 4,096 at most`);
    const tiles = places.flatMap(({ zoom, x, y }, i): TileSource[] => {
      progress("reading tiles", i / places.length);
      const bytes = archive.tile(zoom, x, y);
      return bytes === undefined ? [] : [{ zoom, x, y, bytes }];
    });
    if (tiles.length === 0) throw new CityImportError(path, "holds no tile in this --bbox");
    return { tiles, attribution: archive.attribution };
  });
}

const NAMED_TILES = 6;

/** A tile that is missing would be a city without the buildings that stand there. */
async function folderTiles(folder: string, { box, allowMissingTiles }: ImportRequest): Promise<TileSource[]> {
  const tiles = await readTileFolder(folder);
  if (box === undefined || allowMissingTiles) return tiles;
  const zoom = Math.max(...tiles.map((tile) => tile.zoom));
  const there = new Set(tiles.map((tile) => `${tile.zoom}-${tile.x}-${tile.y}`));
  const missing = tilesOver(zoom, box)
    .map((tile) => `${tile.zoom}-${tile.x}-${tile.y}`)
    .filter((name) => !there.has(name));
  if (missing.length === 0) return tiles;
  const more = missing.length > NAMED_TILES ? ` and ${missing.length - NAMED_TILES} more` : "";
  throw new CityImportError(
    folder,
    `has no ${missing
      .slice(0, NAMED_TILES)
      .map((name) => `${name}.mvt`)
      .join(", ")}${more} of this --bbox; --allow-missing-tiles takes them for open country`,
  );
}

/** Reads the tiles of a folder; names are zoom-x-y.mvt, packed by gzip or not. */
export async function readTileFolder(folder: string): Promise<TileSource[]> {
  const tiles: TileSource[] = [];
  for (const file of (await readdir(folder)).sort()) {
    const match = /^(\d+)-(\d+)-(\d+)\.mvt$/.exec(file);
    if (match === null) continue;
    const raw = await readFile(join(folder, file));
    // An empty one is a download that broke off: what stands there would be flown through.
    if (raw.length === 0) throw new CityImportError(join(folder, file), "is empty; fetch it again");
    const bytes = raw[0] === 0x1f && raw[1] === 0x8b ? nodeInflate.gzip(raw, 1 << 26) : raw;
    tiles.push({ zoom: Number(match[1]), x: Number(match[2]), y: Number(match[3]), bytes, file: join(folder, file) });
  }
  if (tiles.length === 0) throw new CityImportError(folder, "no tiles named zoom-x-y.mvt are here");
  return tiles;
}
