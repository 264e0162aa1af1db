import type { GeoPoint, RestrictionArea } from "@outrider/contract";
import {
  type EnuPoint,
  pointInRing,
  type Ring,
  segmentDistanceM,
  segmentToRingM,
  segmentToZoneM,
  someSide,
} from "@outrider/geo";
import type { Shape } from "./geojson-shapes.js";

/** A restricted area in the site's metres. */
export type LocalShape =
  | { readonly kind: "polygon"; readonly outer: Ring; readonly holes: readonly Ring[] }
  | { readonly kind: "circle"; readonly centre: EnuPoint; readonly radiusM: number };
export type LocalArea = Omit<RestrictionArea, "shape"> & { readonly shape: LocalShape; readonly box: Box };

/** Metres that something spans. */
export type Box = { readonly westM: number; readonly eastM: number; readonly southM: number; readonly northM: number };

export function localShape(shape: Shape, local: (point: GeoPoint) => EnuPoint): LocalShape {
  if (shape.kind === "circle") return { ...shape, centre: local(shape.centre) };
  return { kind: "polygon", outer: shape.outer.map(local), holes: shape.holes.map((one) => one.map(local)) };
}

export function localArea({ shape, ...rest }: RestrictionArea, local: (point: GeoPoint) => EnuPoint): LocalArea {
  const here = localShape(shape, local);
  const box = here.kind === "circle" ? boxOf([here.centre], here.radiusM) : boxOf(here.outer, 0);
  return { ...rest, shape: here, box };
}

export const boxOf = (points: readonly EnuPoint[], aroundM: number): Box => ({
  westM: Math.min(...points.map((one) => one.eastM)) - aroundM,
  eastM: Math.max(...points.map((one) => one.eastM)) + aroundM,
  southM: Math.min(...points.map((one) => one.northM)) - aroundM,
  northM: Math.max(...points.map((one) => one.northM)) + aroundM,
});

/** Never more than the metres between what lies in them: four comparisons before any geometry. */
export const boxGapM = (a: Box, b: Box): number =>
  Math.max(0, a.westM - b.eastM, b.westM - a.eastM, a.southM - b.northM, b.southM - a.northM);

/** Metres from a straight way to an area; 0 where it touches it. Inside a hole the way to the hole's edge counts. */
export function wayToAreaM(from: EnuPoint, to: EnuPoint, shape: LocalShape): number {
  if (shape.kind === "circle") return segmentToZoneM(from, to, shape);
  const outsideM = segmentToRingM(from, to, shape.outer);
  if (outsideM > 0) return outsideM;
  // Wholly inside of one hole, it is as far from the area as from that hole's edge.
  const hole = shape.holes.find((ring) => pointInRing(from, ring) && !crossesEdge(from, to, ring));
  return hole === undefined ? 0 : edgeToWayM(from, to, hole);
}

const crossesEdge = (from: EnuPoint, to: EnuPoint, ring: Ring): boolean => edgeToWayM(from, to, ring) === 0;

function edgeToWayM(from: EnuPoint, to: EnuPoint, ring: Ring): number {
  let nearestM = Number.POSITIVE_INFINITY;
  someSide(ring, (a, b) => {
    nearestM = Math.min(nearestM, segmentDistanceM(from, to, a, b));
    return nearestM === 0;
  });
  return nearestM;
}

/** Metres from a triangle, its inside counted, to an area. */
export function triangleToAreaM(corners: readonly [EnuPoint, EnuPoint, EnuPoint], shape: LocalShape): number {
  const [a, b, c] = corners;
  const sidesM = Math.min(wayToAreaM(a, b, shape), wayToAreaM(b, c, shape), wayToAreaM(c, a, shape));
  if (sidesM === 0) return 0;
  // No side touches it: it lies wholly inside of the triangle, or wholly outside.
  const point = shape.kind === "circle" ? shape.centre : shape.outer[0];
  return point !== undefined && pointInRing(point, corners) ? 0 : sidesM;
}
