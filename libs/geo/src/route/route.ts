import { type EnuPoint, polylineLengthM } from "../enu/index.js";
import { circleRing, insideExclusion, offsetCorners, segmentToZoneM, type Zone } from "../polygon/index.js";
import type { LegCost } from "./cost.js";
import { MinHeap } from "./heap.js";

export type RouteInput = {
  readonly from: EnuPoint;
  readonly to: EnuPoint;
  /** Exclusion and privacy zones, and outlines that reach into the cruise height (`Obstacles.ringsAbove`). */
  readonly zones: readonly Zone[];
  /** Distance to keep from every zone. */
  readonly gapM: number;
  readonly cost: LegCost;
  /** Anything else that a leg must satisfy, such as clearance over terrain. Makes the result feasible, not optimal. */
  readonly legAllowed?: (from: EnuPoint, to: EnuPoint) => boolean;
};

export type Route =
  | {
      readonly kind: "route";
      readonly points: readonly EnuPoint[];
      readonly lengthM: number;
      readonly timeS: number;
      readonly straight: boolean;
    }
  | { readonly kind: "noRoute"; readonly reason: "startInZone" | "goalInZone" | "noWayRound" | "windTooStrong" };

/** Half a millimetre: corners are set exactly at the gap, and rounding must not close the way along an edge. */
const TOUCH_M = 5e-4;
const CIRCLE_CORNERS = 24;

/**
 * Fastest path round zones. Straight where that is clear; else A* on the visibility graph, with only those zones that
 * have been found in the way so far. Leaving zones out can only make the answer faster, so an answer that turns out to
 * clear ALL zones is the best one. Circles are rounded by polygons (at most 0.9 % longer around them).
 */
export function findRoute(input: RouteInput): Route {
  const { from, to, zones, gapM, cost } = input;
  if (zones.some((zone) => insideExclusion(from, zone, gapM - TOUCH_M)))
    return { kind: "noRoute", reason: "startInZone" };
  if (zones.some((zone) => insideExclusion(to, zone, gapM - TOUCH_M))) return { kind: "noRoute", reason: "goalInZone" };
  if (!Number.isFinite(cost(from, to))) return { kind: "noRoute", reason: "windTooStrong" };
  const inWay = new Set<Zone>();
  for (;;) {
    const points = shortest(input, [...inWay]);
    if (points === undefined) return { kind: "noRoute", reason: "noWayRound" };
    const found = zones.filter((zone) => !inWay.has(zone) && !pathClears(points, zone, gapM));
    if (found.length === 0) return routeOf(points, cost);
    for (const zone of found) inWay.add(zone);
  }
}

function routeOf(points: readonly EnuPoint[], cost: LegCost): Route {
  let timeS = 0;
  points.forEach((point, i) => {
    const last = points[i - 1];
    if (last !== undefined) timeS += cost(last, point);
  });
  return { kind: "route", points, lengthM: polylineLengthM(points), timeS, straight: points.length <= 2 };
}

const legClears = (a: EnuPoint, b: EnuPoint, zone: Zone, gapM: number): boolean => {
  const distM = segmentToZoneM(a, b, zone);
  return distM > 0 && distM >= gapM - TOUCH_M;
};

function pathClears(points: readonly EnuPoint[], zone: Zone, gapM: number): boolean {
  return points.every((point, i) => {
    const last = points[i - 1];
    return last === undefined || legClears(last, point, zone, gapM);
  });
}

function cornersRound(zone: Zone, gapM: number): EnuPoint[] {
  switch (zone.kind) {
    case "polygon":
      return offsetCorners(zone.ring, gapM);
    case "circle":
      return circleRing(zone.centre, zone.radiusM + gapM, CIRCLE_CORNERS);
  }
}

function turningPoints(zones: readonly Zone[], gapM: number): EnuPoint[] {
  const around = zones.flatMap((zone) => cornersRound(zone, gapM));
  return around.filter((point) => !zones.some((zone) => insideExclusion(point, zone, gapM - TOUCH_M)));
}

/** A* with legs tested only when a corner is reached. */
function shortest(input: RouteInput, zones: readonly Zone[]): EnuPoint[] | undefined {
  const { from, to, gapM, cost, legAllowed } = input;
  const nodes = [from, to, ...turningPoints(zones, gapM)];
  const timeS = nodes.map(() => Number.POSITIVE_INFINITY);
  const cameFrom = nodes.map(() => -1);
  const done = new Set<number>();
  const open = new MinHeap();
  timeS[0] = 0;
  open.push(cost(from, to), 0);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const at = next.value;
    if (at === 1) return trace(nodes, cameFrom);
    if (done.has(at)) continue;
    done.add(at);
    const here = nodes[at] ?? from;
    nodes.forEach((there, i) => {
      if (done.has(i)) return;
      const reachS = (timeS[at] ?? 0) + cost(here, there);
      if (!(reachS < (timeS[i] ?? 0))) return;
      if (!zones.every((zone) => legClears(here, there, zone, gapM))) return;
      if (legAllowed !== undefined && !legAllowed(here, there)) return;
      timeS[i] = reachS;
      cameFrom[i] = at;
      open.push(reachS + cost(there, to), i);
    });
  }
  return undefined;
}

function trace(nodes: readonly EnuPoint[], cameFrom: readonly number[]): EnuPoint[] {
  const points: EnuPoint[] = [];
  for (let at = 1; at >= 0; at = cameFrom[at] ?? -1) {
    const node = nodes[at];
    if (node !== undefined) points.push(node);
  }
  return points.reverse();
}
