import { VectorTile, type VectorTileFeature } from "@mapbox/vector-tile";
import type { EnuPoint, LatLon, LocalFrame } from "@outrider/geo";
import { PbfReader } from "pbf";
import type { GeoBox } from "../build/place.js";
import { type Box, clipLine, clipRing, type TilePoint } from "./clip.js";

/** One Mapbox vector tile as it lies in the source. */
export type TileSource = {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
  readonly bytes: Uint8Array;
  /** Where it was read from, for errors; left out: an archive. */
  readonly file?: string;
};

export type Shape = { readonly properties: Readonly<Record<string, string | number | boolean>> };
export type LineShape = Shape & { readonly line: readonly EnuPoint[] };
export type RingShape = Shape & { readonly ring: readonly EnuPoint[] };
export type PointShape = Shape & { readonly point: EnuPoint };

/** What the importer reads of one tile, in local metres and cut to the tile's own square. */
export type TileShapes = {
  readonly layers: readonly string[];
  lines(layer: string): LineShape[];
  /** Outer rings only: holes in buildings and parks are closed. */
  rings(layer: string): RingShape[];
  /** All rings, holes included, for the even-odd rule: one list per feature. */
  ringGroups(layer: string): (Shape & { readonly rings: readonly (readonly EnuPoint[])[] })[];
  points(layer: string): PointShape[];
};

/** Position of a place in a tile: web Mercator, y down (formats/geodata.md section 4). */
export function tileLatLon(tile: TileSource, extent: number, point: TilePoint): LatLon {
  const size = 2 ** tile.zoom;
  const x = (tile.x + point.x / extent) / size;
  const y = (tile.y + point.y / extent) / size;
  return { latDeg: (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI, lonDeg: x * 360 - 180 };
}

/** Tiles of a zoom that touch a box. */
export function tilesOver(
  zoom: number,
  box: GeoBox,
): { readonly zoom: number; readonly x: number; readonly y: number }[] {
  const size = 2 ** zoom;
  const column = (lonDeg: number): number => Math.min(size - 1, Math.floor(((lonDeg + 180) / 360) * size));
  const row = (latDeg: number): number => {
    const lat = (latDeg * Math.PI) / 180;
    const y = (1 - Math.asinh(Math.tan(lat)) / Math.PI) / 2;
    return Math.min(size - 1, Math.max(0, Math.floor(y * size)));
  };
  const tiles: { zoom: number; x: number; y: number }[] = [];
  for (let x = column(box.westDeg); x <= column(box.eastDeg); x++)
    for (let y = row(box.northDeg); y <= row(box.southDeg); y++) tiles.push({ zoom, x, y });
  return tiles;
}

export function readTile(tile: TileSource, frame: LocalFrame): TileShapes {
  const layers = new VectorTile(new PbfReader(tile.bytes)).layers;
  const features = (name: string): VectorTileFeature[] => {
    const layer = layers[name];
    return layer === undefined ? [] : Array.from({ length: layer.length }, (_, i) => layer.feature(i));
  };
  const toLocal = (feature: VectorTileFeature, points: readonly TilePoint[]): EnuPoint[] =>
    points.map((point) => frame.toLocal(tileLatLon(tile, feature.extent, point)));
  const box = (feature: VectorTileFeature): Box => ({ min: 0, max: feature.extent });
  const clippedRings = (feature: VectorTileFeature): TilePoint[][] =>
    feature.loadGeometry().map((ring) => clipRing(ring.slice(0, -1), box(feature)));
  return {
    layers: Object.keys(layers),
    lines: (name) =>
      features(name).flatMap((feature) =>
        feature
          .loadGeometry()
          .flatMap((line) => clipLine(line, box(feature)))
          .map((line) => ({ properties: feature.properties, line: toLocal(feature, line) })),
      ),
    rings: (name) =>
      features(name).flatMap((feature) =>
        clippedRings(feature)
          .filter((ring) => ring.length >= 3 && windingArea(ring) > 0)
          .map((ring) => ({ properties: feature.properties, ring: toLocal(feature, ring) })),
      ),
    ringGroups: (name) =>
      features(name).map((feature) => ({
        properties: feature.properties,
        rings: clippedRings(feature)
          .filter((ring) => ring.length >= 3)
          .map((ring) => toLocal(feature, ring)),
      })),
    points: (name) =>
      features(name).flatMap((feature) =>
        feature
          .loadGeometry()
          .flat()
          .map((point) => ({ properties: feature.properties, point: toLocal(feature, [point])[0] ?? ORIGIN })),
      ),
  };
}

const ORIGIN: EnuPoint = { eastM: 0, northM: 0 };

/** Positive for outer rings (clockwise in tile space, where y points down). */
function windingArea(ring: readonly TilePoint[]): number {
  let twice = 0;
  let last = ring.at(-1);
  for (const point of ring) {
    if (last !== undefined) twice += last.x * point.y - point.x * last.y;
    last = point;
  }
  return twice / 2;
}
