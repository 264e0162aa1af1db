import type { EnuPoint } from "../enu/index.js";
import { type RoadGraph, roadGraph } from "./graph.js";
import type { RoadLine } from "./line.js";
import { type Crossing, type NearCrossing, namedCrossings, nearestCrossing, streetNameAt } from "./names.js";
import { indexRoads, type NearestRoad } from "./spot.js";

/** A city's roads with everything that questions about them need. */
export type Roads = {
  readonly graph: RoadGraph;
  readonly crossings: readonly Crossing[];
  readonly nearest: NearestRoad;
  streetNameAt(point: EnuPoint, withinM?: number): string | undefined;
  nearestCrossing(point: EnuPoint, withinM?: number): NearCrossing | undefined;
  /** Words for a place: "Haight St & Masonic Ave" within 25 m of a crossing, else the street near its crossing. */
  describe(point: EnuPoint): string | undefined;
};

const AT_CROSSING_M = 25;

export function roadsFromLines(lines: readonly RoadLine[]): Roads {
  const graph = roadGraph(lines);
  const nearest = indexRoads(graph);
  const crossings = namedCrossings(graph);
  const nameAt = (point: EnuPoint, withinM?: number) => streetNameAt(graph, nearest, point, withinM);
  const crossingAt = (point: EnuPoint, withinM?: number) => nearestCrossing(crossings, point, withinM);
  return {
    graph,
    crossings,
    nearest,
    streetNameAt: nameAt,
    nearestCrossing: crossingAt,
    describe: (point) => describePlace(nameAt(point), crossingAt(point, 400)),
  };
}

function describePlace(street: string | undefined, crossing: NearCrossing | undefined): string | undefined {
  if (crossing === undefined) return street;
  if (street === undefined || crossing.distanceM <= AT_CROSSING_M) return crossing.name;
  return `${street} near ${crossing.name}`;
}
