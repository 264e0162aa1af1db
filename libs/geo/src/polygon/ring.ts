import type { EnuPoint } from "../enu/index.js";
import { distanceToSegmentM, segmentDistanceM, segmentsTouch } from "./segment.js";

/** A simple polygon, not closed (the last point is not the first again); either winding. */
export type Ring = readonly EnuPoint[];

/** Calls back for every side, the closing one included, until `visit` gives true. */
export function someSide(ring: Ring, visit: (a: EnuPoint, b: EnuPoint) => boolean): boolean {
  let last = ring.at(-1);
  for (const point of ring) {
    if (last !== undefined && visit(last, point)) return true;
    last = point;
  }
  return false;
}

/** Even-odd rule; a point exactly on the edge may fall either way (use `distanceToEdgeM` where that matters). */
export function pointInRing(point: EnuPoint, ring: Ring): boolean {
  let inside = false;
  someSide(ring, (a, b) => {
    if (a.northM > point.northM !== b.northM > point.northM) {
      const crossM = a.eastM + ((point.northM - a.northM) / (b.northM - a.northM)) * (b.eastM - a.eastM);
      if (point.eastM < crossM) inside = !inside;
    }
    return false;
  });
  return inside;
}

/** Distance to the nearest side, whether the point is inside or not; Infinity for an empty ring. */
export function distanceToEdgeM(point: EnuPoint, ring: Ring): number {
  let nearestM = Number.POSITIVE_INFINITY;
  someSide(ring, (a, b) => {
    nearestM = Math.min(nearestM, distanceToSegmentM(point, a, b));
    return false;
  });
  return nearestM;
}

/** Whether a segment crosses, touches or lies inside the polygon. */
export function segmentCrossesRing(from: EnuPoint, to: EnuPoint, ring: Ring): boolean {
  return someSide(ring, (a, b) => segmentsTouch(from, to, a, b)) || pointInRing(from, ring);
}

/** Smallest distance between a segment and a polygon; 0 where the segment touches it or lies inside. */
export function segmentToRingM(from: EnuPoint, to: EnuPoint, ring: Ring): number {
  if (pointInRing(from, ring)) return 0;
  let nearestM = Number.POSITIVE_INFINITY;
  someSide(ring, (a, b) => {
    nearestM = Math.min(nearestM, segmentDistanceM(from, to, a, b));
    return nearestM === 0;
  });
  return nearestM;
}

/** Signed area: positive for counter-clockwise. */
export function signedAreaM2(ring: Ring): number {
  let twiceM2 = 0;
  someSide(ring, (a, b) => {
    twiceM2 += a.eastM * b.northM - b.eastM * a.northM;
    return false;
  });
  return twiceM2 / 2;
}

export const areaM2 = (ring: Ring): number => Math.abs(signedAreaM2(ring));

/** Counter-clockwise, as GeoJSON wants an outer ring. */
export function counterClockwise(ring: Ring): EnuPoint[] {
  return signedAreaM2(ring) < 0 ? [...ring].reverse() : [...ring];
}

/** Convex hull, counter-clockwise, without collinear points (Andrew's monotone chain). */
export function convexHull(points: readonly EnuPoint[]): EnuPoint[] {
  const sorted = [...points].sort((p, q) => p.eastM - q.eastM || p.northM - q.northM);
  const half = (ordered: readonly EnuPoint[]): EnuPoint[] => {
    const chain: EnuPoint[] = [];
    for (const point of ordered) {
      while (chain.length >= 2 && !turnsLeft(chain.at(-2), chain.at(-1), point)) chain.pop();
      chain.push(point);
    }
    chain.pop();
    return chain;
  };
  if (sorted.length < 3) return sorted;
  return [...half(sorted), ...half([...sorted].reverse())];
}

function turnsLeft(a: EnuPoint | undefined, b: EnuPoint | undefined, c: EnuPoint): boolean {
  if (a === undefined || b === undefined) return true;
  return (b.eastM - a.eastM) * (c.northM - a.northM) - (b.northM - a.northM) * (c.eastM - a.eastM) > 0;
}
