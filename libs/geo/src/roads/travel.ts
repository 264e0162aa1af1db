import { MinHeap } from "../route/index.js";
import type { Exit, RoadGraph } from "./graph.js";
import type { RoadSpot } from "./spot.js";

export type DriveOptions = {
  /** Multiplies every road's free speed: 1.3 for one who flees (geodata.md section 3). */
  readonly speedFactor?: number;
  /** Direction along the first edge that the vehicle cannot have taken. */
  readonly blockedDirection?: "forward" | "backward";
  /** True: one-way streets may be driven the wrong way. */
  readonly ignoreOneWay?: boolean;
  readonly maxS?: number;
};

/** A piece of road that could have been driven by now, in one direction of travel. */
export type ReachablePiece = {
  readonly edge: number;
  readonly direction: "forward" | "backward";
  /** Where the vehicle would enter and where it would be at the last moment, metres along the edge. */
  readonly enterM: number;
  readonly endM: number;
  /** Earliest times at those two places. */
  readonly enterS: number;
  readonly endS: number;
};

const edgeSpeedMps = (graph: RoadGraph, edgeId: number, options: DriveOptions): number =>
  (graph.edges[edgeId]?.speedMps ?? 1) * (options.speedFactor ?? 1);

const mayDrive = (
  graph: RoadGraph,
  edgeId: number,
  direction: "forward" | "backward",
  options: DriveOptions,
): boolean => direction === "forward" || options.ignoreOneWay === true || graph.edges[edgeId]?.oneWay !== true;

/** Earliest time at every node from a spot; Infinity where it cannot be reached (within `maxS`). */
export function travelTimesS(graph: RoadGraph, from: RoadSpot, options: DriveOptions = {}): Float64Array {
  const timesS = new Float64Array(graph.nodes.length).fill(Number.POSITIVE_INFINITY);
  const edge = graph.edges[from.edge];
  if (edge === undefined) return timesS;
  const open = new MinHeap();
  const maxS = options.maxS ?? Number.POSITIVE_INFINITY;
  const reach = (node: number, atS: number): void => {
    if (atS > maxS || atS >= (timesS[node] ?? 0)) return;
    timesS[node] = atS;
    open.push(atS, node);
  };
  const speedMps = edgeSpeedMps(graph, from.edge, options);
  if (startsTowards(graph, from, "forward", options)) reach(edge.to, (edge.lengthM - from.alongM) / speedMps);
  if (startsTowards(graph, from, "backward", options)) reach(edge.from, from.alongM / speedMps);
  const exits = options.ignoreOneWay === true ? graph.touching : graph.exits;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.key > (timesS[next.value] ?? 0)) continue;
    for (const exit of exits[next.value] ?? []) {
      const out = graph.edges[exit.edge];
      if (out === undefined) continue;
      reach(exit.forward ? out.to : out.from, next.key + out.lengthM / edgeSpeedMps(graph, exit.edge, options));
    }
  }
  return timesS;
}

const startsTowards = (graph: RoadGraph, from: RoadSpot, direction: "forward" | "backward", options: DriveOptions) =>
  options.blockedDirection !== direction && mayDrive(graph, from.edge, direction, options);

/** Seconds from spot to spot by the fastest roads; Infinity where there is no way. */
export function travelTimeS(graph: RoadGraph, from: RoadSpot, to: RoadSpot, options: DriveOptions = {}): number {
  const timesS = travelTimesS(graph, from, options);
  const edge = graph.edges[to.edge];
  if (edge === undefined) return Number.POSITIVE_INFINITY;
  const speedMps = edgeSpeedMps(graph, to.edge, options);
  let bestS = (timesS[edge.from] ?? Number.POSITIVE_INFINITY) + to.alongM / speedMps;
  if (mayDrive(graph, to.edge, "backward", options)) {
    const backS = (timesS[edge.to] ?? Number.POSITIVE_INFINITY) + (edge.lengthM - to.alongM) / speedMps;
    bestS = Math.min(bestS, backS);
  }
  if (from.edge === to.edge) {
    const direction = to.alongM >= from.alongM ? "forward" : "backward";
    if (startsTowards(graph, from, direction, options)) {
      bestS = Math.min(bestS, Math.abs(to.alongM - from.alongM) / speedMps);
    }
  }
  return bestS;
}

/**
 * Every piece of road that a vehicle seen at a spot could be on after `elapsedS`, each direction of travel by itself,
 * with earliest times. Turning round at a junction is allowed: the answer is never too small for the speeds given.
 */
export function couldBeBy(
  graph: RoadGraph,
  seenAt: RoadSpot,
  elapsedS: number,
  options: DriveOptions = {},
): ReachablePiece[] {
  const timesS = travelTimesS(graph, seenAt, { ...options, maxS: elapsedS });
  const pieces = firstPieces(graph, seenAt, elapsedS, options);
  const exits = options.ignoreOneWay === true ? graph.touching : graph.exits;
  timesS.forEach((enterS, node) => {
    if (!(enterS < elapsedS)) return;
    for (const exit of exits[node] ?? []) {
      const piece = pieceFrom(graph, exit, enterS, elapsedS, options);
      if (piece !== undefined) pieces.push(piece);
    }
  });
  return pieces;
}

function pieceFrom(graph: RoadGraph, exit: Exit, enterS: number, elapsedS: number, options: DriveOptions) {
  const edge = graph.edges[exit.edge];
  if (edge === undefined) return undefined;
  const speedMps = edgeSpeedMps(graph, exit.edge, options);
  const lengthM = Math.min(edge.lengthM, (elapsedS - enterS) * speedMps);
  const enterM = exit.forward ? 0 : edge.lengthM;
  const piece: ReachablePiece = {
    edge: exit.edge,
    direction: exit.forward ? "forward" : "backward",
    enterM,
    endM: exit.forward ? lengthM : edge.lengthM - lengthM,
    enterS,
    endS: enterS + lengthM / speedMps,
  };
  return piece;
}

function firstPieces(graph: RoadGraph, seenAt: RoadSpot, elapsedS: number, options: DriveOptions): ReachablePiece[] {
  const edge = graph.edges[seenAt.edge];
  if (edge === undefined || !(elapsedS > 0)) return [];
  const speedMps = edgeSpeedMps(graph, seenAt.edge, options);
  const directions = ["forward", "backward"] as const;
  return directions.flatMap((direction) => {
    if (!startsTowards(graph, seenAt, direction, options)) return [];
    const roomM = direction === "forward" ? edge.lengthM - seenAt.alongM : seenAt.alongM;
    const lengthM = Math.min(roomM, elapsedS * speedMps);
    const endM = direction === "forward" ? seenAt.alongM + lengthM : seenAt.alongM - lengthM;
    return [{ edge: seenAt.edge, direction, enterM: seenAt.alongM, endM, enterS: 0, endS: lengthM / speedMps }];
  });
}
