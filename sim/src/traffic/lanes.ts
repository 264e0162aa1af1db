import { bearingDeg, distanceM, type EnuPoint, type RoadEdge, type RoadGraph, turnDeg } from "@outrider/geo";

/** One direction of one edge. Lengths are metres along the edge's middle line in the direction of travel. */
export type Lane = {
  readonly id: number;
  readonly edge: number;
  readonly forward: boolean;
  readonly from: number;
  readonly to: number;
  readonly lengthM: number;
  readonly limitMps: number;
  readonly startDeg: number;
  readonly endDeg: number;
  /** Here the way through the junction behind ends. */
  readonly clearM: number;
  /** How far the junction behind truly reaches, be it beyond the end of a short lane. */
  readonly behindM: number;
  /** Where the stop line is: the junction ahead begins here. */
  readonly stopM: number;
  /** The middle of the lane, kept right of the middle line, with the length of the middle line at each point. */
  readonly line: readonly EnuPoint[];
  readonly atM: readonly number[];
  /** From the lane's middle to the kerb on its right. */
  readonly kerbM: number;
  /** Lanes that may be entered at its end, turning round left out. */
  readonly exits: readonly number[];
  /** The other direction of the same edge; undefined on a one-way street. */
  readonly back: number | undefined;
};

export const laneId = (edge: number, forward: boolean): number => edge * 2 + (forward ? 0 : 1);

const PARKED_M = 2.1;
const PASSING_M = 0.95;
const CROSSWALK_M = 2.5;
const HALF_VEHICLE_M = 1.75;
const MOST_SHARP_M = 16;
/** A bend in which two pieces of road meet is driven as a curve of this length. */
const BEND_M = 4;
/** The two boxes of an edge never take more than this share of it each. */
const MOST_BOX_SHARE = 0.4;

/** Every lane that may be driven, by its id; wrong-way lanes of one-way streets are not there. */
export function lanesOf(graph: RoadGraph): ReadonlyMap<number, Lane> {
  const lanes = new Map<number, Lane>();
  graph.edges.forEach((edge, id) => {
    lanes.set(laneId(id, true), laneOf(graph, edge, id, true));
    if (!edge.oneWay) lanes.set(laneId(id, false), laneOf(graph, edge, id, false));
  });
  return lanes;
}

function laneOf(graph: RoadGraph, edge: RoadEdge, id: number, forward: boolean): Lane {
  const points = forward ? edge.points : [...edge.points].reverse();
  const [from, to] = forward ? [edge.from, edge.to] : [edge.to, edge.from];
  const atM = [0];
  for (let i = 1; i < points.length; i++) atM.push((atM[i - 1] ?? 0) + distanceM(at(points, i - 1), at(points, i)));
  const mostM = edge.lengthM * MOST_BOX_SHARE;
  return {
    id: laneId(id, forward),
    edge: id,
    forward,
    from,
    to,
    lengthM: edge.lengthM,
    limitMps: edge.speedMps,
    startDeg: bearingDeg(at(points, 0), at(points, 1)),
    endDeg: bearingDeg(at(points, points.length - 2), at(points, points.length - 1)),
    clearM: Math.min(mostM, boxM(graph, id, from)),
    behindM: boxM(graph, id, from),
    stopM: edge.lengthM - Math.min(mostM, boxM(graph, id, to)),
    line: shifted(points, keptRightM(edge)),
    atM,
    kerbM: edge.widthM / 2 - keptRightM(edge),
    exits: (graph.exits[to] ?? []).flatMap((exit) => (exit.edge === id ? [] : [laneId(exit.edge, exit.forward)])),
    back: edge.oneWay ? undefined : laneId(id, !forward),
  };
}

const at = (points: readonly EnuPoint[], i: number): EnuPoint =>
  points[Math.max(0, Math.min(points.length - 1, i))] ?? { eastM: 0, northM: 0 };

/** Half way between the middle line and the parked cars; where the street is too narrow, just past who comes towards one. */
function keptRightM(edge: RoadEdge): number {
  return edge.oneWay ? 0 : Math.min(3, Math.max(PASSING_M, (edge.widthM / 2 - PARKED_M) / 2));
}

/** From a node to the stop line of an edge: half of the widest street that crosses it, and the crosswalk. */
function boxM(graph: RoadGraph, id: number, node: number): number {
  const arms = graph.touching[node] ?? [];
  if (arms.length < 2) return 0;
  if (arms.length === 2) return BEND_M;
  const mine = graph.edges[id];
  const own = mine === undefined ? 0 : bearingFrom(mine, node);
  let halfM = 0;
  for (const arm of arms) {
    const edge = graph.edges[arm.edge];
    // A driveway has no crosswalk and takes nothing of the street.
    if (edge === undefined || arm.edge === id || (edge.kind === "service" && mine?.kind !== "service")) continue;
    const angle = Math.abs(turnDeg(own, bearingFrom(edge, node)));
    if (angle > 25 && angle < 155) halfM = Math.max(halfM, edge.widthM / 2);
    // Streets that part at a sharp angle lie in each other's way for long.
    halfM = Math.max(halfM, Math.min(MOST_SHARP_M, HALF_VEHICLE_M / Math.sin((Math.max(3, angle) * Math.PI) / 360)));
  }
  return halfM === 0 ? BEND_M : Math.max(BEND_M, halfM + CROSSWALK_M);
}

/** True bearing in which an edge leaves a node. */
export function bearingFrom(edge: RoadEdge, node: number): number {
  const { points } = edge;
  return edge.from === node
    ? bearingDeg(at(points, 0), at(points, 1))
    : bearingDeg(at(points, points.length - 1), at(points, points.length - 2));
}

/** A line moved to the right by the same distance at every corner. */
function shifted(points: readonly EnuPoint[], offsetM: number): readonly EnuPoint[] {
  if (offsetM === 0) return points;
  return points.map((point, i) => {
    const before = normalOf(points, i - 1);
    const after = normalOf(points, i);
    const east = before.eastM + after.eastM;
    const north = before.northM + after.northM;
    // Twice the cosine of half the bend; a hairpin is cut off, not drawn out to infinity.
    const square = Math.max(1, east * east + north * north);
    const k = (2 * offsetM) / square;
    return { eastM: point.eastM + east * k, northM: point.northM + north * k };
  });
}

/** Unit normal to the right of a segment; of the nearest one beyond the ends. */
function normalOf(points: readonly EnuPoint[], segment: number): EnuPoint {
  const i = Math.max(0, Math.min(points.length - 2, segment));
  const [a, b] = [at(points, i), at(points, i + 1)];
  const lengthM = distanceM(a, b) || 1;
  return { eastM: (b.northM - a.northM) / lengthM, northM: -(b.eastM - a.eastM) / lengthM };
}
