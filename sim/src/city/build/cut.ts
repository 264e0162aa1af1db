import type { EnuPoint } from "@outrider/geo";
import type { CityFeatures } from "../features.js";
import { type Bounds, clipLine, clipRing } from "../tiles/clip.js";
import type { LocalBounds } from "./place.js";

const rectOf = (bounds: LocalBounds): Bounds => ({
  xMin: bounds.eastMinM,
  xMax: bounds.eastMaxM,
  yMin: bounds.northMinM,
  yMax: bounds.northMaxM,
});
const flat = ({ eastM, northM }: EnuPoint) => ({ x: eastM, y: northM });
const enu = ({ x, y }: { readonly x: number; readonly y: number }): EnuPoint => ({ eastM: x, northM: y });

export const inBounds = (bounds: LocalBounds, { eastM, northM }: EnuPoint): boolean =>
  eastM >= bounds.eastMinM && eastM <= bounds.eastMaxM && northM >= bounds.northMinM && northM <= bounds.northMaxM;

/** Part of a ring inside some bounds; empty where none of it is. */
export function cutRing(bounds: LocalBounds, ring: readonly EnuPoint[]): EnuPoint[] {
  const cut = clipRing(ring.map(flat), rectOf(bounds));
  return cut.length >= 3 ? cut.map(enu) : [];
}

/** Pieces of a line inside some bounds. */
export const cutLine = (bounds: LocalBounds, line: readonly EnuPoint[]): EnuPoint[][] =>
  clipLine(line.map(flat), rectOf(bounds)).map((piece) => piece.map(enu));

/** Everything of a city inside its bounds. */
export function cutFeatures(bounds: LocalBounds, features: CityFeatures): CityFeatures {
  const rings = <T extends { readonly ring: readonly EnuPoint[] }>(shapes: readonly T[]): T[] =>
    shapes.flatMap((shape) => {
      const ring = cutRing(bounds, shape.ring);
      return ring.length === 0 ? [] : [{ ...shape, ring }];
    });
  const points = <T extends { readonly point: EnuPoint }>(named: readonly T[]): T[] =>
    named.filter(({ point }) => inBounds(bounds, point));
  return {
    buildings: rings(features.buildings),
    areas: rings(features.areas),
    roads: features.roads.flatMap((road) => cutLine(bounds, road.line).map((line) => ({ ...road, line }))),
    addresses: points(features.addresses),
    places: points(features.places),
    signals: features.signals.filter((point) => inBounds(bounds, point)),
    helipads: points(features.helipads),
  };
}
