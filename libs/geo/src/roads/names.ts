import { distanceM, type EnuPoint } from "../enu/index.js";
import type { RoadGraph } from "./graph.js";
import type { NearestRoad } from "./spot.js";

export type Crossing = {
  readonly node: number;
  /** As a person would say it: "Haight St & Masonic Ave". */
  readonly name: string;
  readonly point: EnuPoint;
};
export type NearCrossing = Crossing & { readonly distanceM: number };

/** Every node where two or more streets of different names meet; names in alphabetical order. */
export function namedCrossings(graph: RoadGraph): Crossing[] {
  return graph.nodes.flatMap((point, node) => {
    const names = new Set<string>();
    for (const exit of graph.touching[node] ?? []) {
      const name = graph.edges[exit.edge]?.name ?? "";
      if (name !== "") names.add(name);
    }
    return names.size < 2 ? [] : [{ node, point, name: [...names].sort().slice(0, 2).join(" & ") }];
  });
}

export function nearestCrossing(
  crossings: readonly Crossing[],
  point: EnuPoint,
  withinM = Number.POSITIVE_INFINITY,
): NearCrossing | undefined {
  let best: NearCrossing | undefined;
  for (const crossing of crossings) {
    const gapM = distanceM(point, crossing.point);
    if (gapM <= withinM && (best === undefined || gapM < best.distanceM)) best = { ...crossing, distanceM: gapM };
  }
  return best;
}

/** Name of the nearest street that has one; undefined where none is within `withinM`. */
export function streetNameAt(
  graph: RoadGraph,
  nearest: NearestRoad,
  point: EnuPoint,
  withinM = 60,
): string | undefined {
  const spot = nearest(point, withinM, (edgeId) => graph.edges[edgeId]?.name !== "");
  return spot === undefined ? undefined : graph.edges[spot.edge]?.name;
}
