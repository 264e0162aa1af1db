import { between, distanceM, type EnuPoint } from "../enu/index.js";
import type { RoadGraph } from "./graph.js";
import { segmentTree } from "./segment-tree.js";

/** A place on a road: metres along an edge from its `from`. */
export type RoadSpot = { readonly edge: number; readonly alongM: number };
export type NearestSpot = RoadSpot & { readonly distanceM: number; readonly point: EnuPoint };

/** The place in the frame of a spot; clamped to the edge. */
export function spotPoint(graph: RoadGraph, spot: RoadSpot): EnuPoint {
  const points = graph.edges[spot.edge]?.points ?? [];
  let leftM = Math.max(0, spot.alongM);
  let last: EnuPoint | undefined;
  for (const point of points) {
    if (last !== undefined) {
      const stepM = distanceM(last, point);
      if (leftM <= stepM && stepM > 0) return between(last, point, leftM / stepM);
      leftM -= stepM;
    }
    last = point;
  }
  return last ?? { eastM: 0, northM: 0 };
}

/** The line of an edge between two places along it, in the order of travel when `startM` > `endM` too. */
export function edgeLine(graph: RoadGraph, edgeId: number, startM: number, endM: number): EnuPoint[] {
  const low = Math.min(startM, endM);
  const high = Math.max(startM, endM);
  const line = [spotPoint(graph, { edge: edgeId, alongM: low })];
  let alongM = 0;
  let last: EnuPoint | undefined;
  for (const point of graph.edges[edgeId]?.points ?? []) {
    if (last !== undefined) alongM += distanceM(last, point);
    if (alongM > low && alongM < high) line.push(point);
    last = point;
  }
  line.push(spotPoint(graph, { edge: edgeId, alongM: high }));
  return startM <= endM ? line : line.reverse();
}

/** Finds the nearest road; undefined where none is within `withinM`. `accept` may pass over edges. */
export type NearestRoad = (
  point: EnuPoint,
  withinM: number,
  accept?: (edgeId: number) => boolean,
) => NearestSpot | undefined;

export function indexRoads(graph: RoadGraph): NearestRoad {
  const segments = graph.edges.flatMap((edge, id) => {
    let alongM = 0;
    return edge.points.slice(1).flatMap((b, i) => {
      const a = edge.points[i];
      if (a === undefined) return [];
      const startM = alongM;
      alongM += distanceM(a, b);
      return [{ edge: id, a, b, startM }];
    });
  });
  if (segments.length === 0) return () => undefined;
  const tree = segmentTree(segments);
  const bestWithin = (point: EnuPoint, radiusM: number, accept?: (edgeId: number) => boolean) => {
    let best: NearestSpot | undefined;
    const { eastM, northM } = point;
    for (const i of tree.search(eastM - radiusM, northM - radiusM, eastM + radiusM, northM + radiusM)) {
      const segment = segments[i];
      if (segment === undefined || (accept !== undefined && !accept(segment.edge))) continue;
      const lengthM = distanceM(segment.a, segment.b);
      const dE = segment.b.eastM - segment.a.eastM;
      const dN = segment.b.northM - segment.a.northM;
      const raw = ((eastM - segment.a.eastM) * dE + (northM - segment.a.northM) * dN) / (lengthM * lengthM || 1);
      const share = Math.min(1, Math.max(0, raw));
      const on = between(segment.a, segment.b, share);
      const gapM = distanceM(point, on);
      if (gapM <= radiusM && (best === undefined || gapM < best.distanceM)) {
        best = { edge: segment.edge, alongM: segment.startM + share * lengthM, distanceM: gapM, point: on };
      }
    }
    return best;
  };
  return (point, withinM, accept) => {
    for (let radiusM = Math.min(15, withinM); ; radiusM = Math.min(withinM, radiusM * 3)) {
      const best = bestWithin(point, radiusM, accept);
      if (best !== undefined || radiusM >= withinM) return best;
    }
  };
}
