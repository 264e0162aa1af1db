import type { CouldBeView, FixedCameraConfig, GeoPoint, RoadPiece } from "@outrider/contract";
import {
  bearingDeg,
  couldBeBy,
  edgeLine,
  type ReachablePiece,
  type RoadGraph,
  type RoadSpot,
  turnDeg,
  type World,
} from "@outrider/geo";
import { watchedPoint } from "./admit-read.js";
import { vehicleWords } from "./attributes.js";
import { type Route, simulateRoutes, type Watcher } from "./routes.js";
import { lastSeenOf, type SoughtVehicle } from "./sightings-room.js";
import { spotAlong } from "./travel.js";

export const couldBeTimes = {
  everyMs: 3_000,
  /** Beyond this nothing useful can be said whatever the streets are like. */
  mostS: 600,
  routes: 300,
  passWithinS: 60,
} as const;

/** A region helps nobody when no single road holds one in fifty of the chances, or when it is half the town. */
const tooWide = { leastShare: 1 / 50, mostKm: 80 } as const;
const roadWithinM = 120;
/** One who flees drives a third faster than the free speed of the roads (geodata.md section 3). */
const speedFactor = 1.3;
/** Share of passing cars that a working reader reads, and how late its word may come. */
const reader = { reads: 0.85, lateS: 15, silentMs: 300_000 } as const;

export type RouteCache = { readonly key: string; readonly routes: readonly Route[] };

export type CouldBeInput = {
  readonly vehicle: SoughtVehicle;
  readonly nowMs: number;
  readonly world: World;
  readonly cameras: readonly FixedCameraConfig[];
  readonly lastOfReaderMs: (readerId: string) => number | undefined;
  readonly cache: RouteCache | undefined;
};

/**
 * The roads that a vehicle could be on by now, and who would see it next. Roads and physics only: nothing is learnt
 * about where people go. A first method: reach at one speed for the roads, three hundred chance routes for the shares.
 */
export function couldBe(input: CouldBeInput): { view: CouldBeView; cache: RouteCache | undefined } {
  const { vehicle, nowMs, world } = input;
  const seen = lastSeenOf(vehicle);
  const elapsedS = Math.max(0, (nowMs - seen.atMs) / 1000);
  const spot = spotAlong(world, world.frame.toLocal(seen.point), roadWithinM, seen.headingDeg);
  const base = {
    vehicleId: vehicle.vehicleId,
    description: vehicleWords(vehicle.description),
    lastSeen: seen.place,
    seenAtMs: seen.atMs,
    computedMs: nowMs,
  };
  if (spot === undefined || elapsedS > couldBeTimes.mostS)
    return { view: { ...base, roads: [], totalKm: 0, tooWide: true, next: [] }, cache: input.cache };
  const region = regionOf(world, spot, elapsedS, seen.headingDeg);
  const key = `${vehicle.vehicleId}/${seen.atMs}/${seen.point.latDeg}/${seen.point.lonDeg}`;
  const cache = input.cache?.key === key ? input.cache : { key, routes: routesFrom(input, spot, seen.headingDeg, key) };
  const wide = region.totalKm > tooWide.mostKm || bestRoadShare(world, cache.routes, elapsedS) < tooWide.leastShare;
  const next = nextLooks(input, cache.routes, elapsedS);
  return {
    view: {
      ...base,
      roads: wide ? [] : region.roads,
      totalKm: region.totalKm,
      tooWide: wide,
      next,
    },
    cache,
  };
}

function regionOf(world: World, spot: RoadSpot, elapsedS: number, headingDeg: number | undefined) {
  const { graph } = world.roads;
  const blocked = headingDeg === undefined ? undefined : blockedDirection(world, spot, headingDeg);
  const pieces = couldBeBy(graph, spot, elapsedS, {
    speedFactor,
    ...(blocked === undefined ? {} : { blockedDirection: blocked }),
  });
  const spans = pieces.map(({ edge, enterM, endM }) => ({
    edge,
    lowM: Math.min(enterM, endM),
    highM: Math.max(enterM, endM),
  }));
  const roads = withoutWayBack(graph, pieces).map(
    (piece): RoadPiece => ({
      points: edgeLine(graph, piece.edge, piece.enterM, piece.endM).map((point) => rounded(world.frame.toGeo(point))),
      fromS: tenth(piece.enterS),
      toS: tenth(piece.endS),
      name: graph.edges[piece.edge]?.name ?? "",
    }),
  );
  return { roads, totalKm: Math.round(coveredM(spans) / 10) / 100 };
}

/** Of a road that could have been driven whole both ways, the way that comes first: the other draws over it. */
function withoutWayBack(graph: RoadGraph, pieces: readonly ReachablePiece[]): readonly ReachablePiece[] {
  const first = new Map<number, ReachablePiece>();
  const isWhole = (piece: ReachablePiece): boolean =>
    Math.abs(piece.endM - piece.enterM) >= (graph.edges[piece.edge]?.lengthM ?? 0) - 0.1;
  for (const piece of pieces) {
    const held = first.get(piece.edge);
    if (isWhole(piece) && (held === undefined || piece.enterS < held.enterS)) first.set(piece.edge, piece);
  }
  return pieces.filter((piece) => {
    const whole = first.get(piece.edge);
    return whole === undefined || whole === piece;
  });
}

/** Share of the chance routes on the road that holds most of them now. */
function bestRoadShare(world: World, routes: readonly Route[], elapsedS: number): number {
  const counts = new Map<string, number>();
  for (const route of routes) {
    const edge = world.roads.graph.edges[route.legs.find((leg) => leg.untilS > elapsedS)?.edge ?? -1];
    if (edge !== undefined) counts.set(edge.name || edge.roadId, (counts.get(edge.name || edge.roadId) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values()) / Math.max(1, routes.length);
}

/** Metres of road, counted once where both directions of travel cover it. */
function coveredM(spans: readonly { edge: number; lowM: number; highM: number }[]): number {
  const sorted = [...spans].sort((a, b) => a.edge - b.edge || a.lowM - b.lowM);
  let totalM = 0;
  let edge = -1;
  let toM = 0;
  for (const span of sorted) {
    if (span.edge !== edge) [edge, toM] = [span.edge, 0];
    totalM += Math.max(0, span.highM - Math.max(toM, span.lowM));
    toM = Math.max(toM, span.highM);
  }
  return totalM;
}

function blockedDirection(world: World, spot: RoadSpot, headingDeg: number): "forward" | "backward" | undefined {
  const [a, b] = edgeLine(world.roads.graph, spot.edge, spot.alongM - 10, spot.alongM + 10);
  if (a === undefined || b === undefined) return undefined;
  const offDeg = Math.abs(turnDeg(bearingDeg(a, b), headingDeg));
  // Only a clear direction along the road rules the other one out.
  return offDeg <= 45 ? "backward" : offDeg >= 135 ? "forward" : undefined;
}

function routesFrom(input: CouldBeInput, from: RoadSpot, headingDeg: number | undefined, seed: string) {
  const { world, cameras } = input;
  const watchers = cameras.flatMap((camera): Watcher[] => {
    if (!camera.shared && camera.kind === "camera") return [];
    const spot = spotAlong(world, world.frame.toLocal(watchedPoint(camera)), 40, camera.azimuthDeg);
    return spot === undefined ? [] : [{ id: camera.cameraId, edge: spot.edge, alongM: spot.alongM }];
  });
  const { routes: count, mostS, passWithinS } = couldBeTimes;
  return simulateRoutes({
    graph: world.roads.graph,
    from,
    headingDeg,
    watchers,
    count,
    horizonS: mostS + passWithinS,
    seed,
  });
}

/** Who sees it next: the share of routes that pass within a minute, less those that a working reader would have read. */
function nextLooks(input: CouldBeInput, routes: readonly Route[], elapsedS: number): CouldBeView["next"] {
  const speaks = new Set(
    input.cameras.flatMap((camera) => {
      if (camera.kind !== "reader") return [];
      const lastMs = input.lastOfReaderMs(camera.cameraId);
      return lastMs !== undefined && input.nowMs - lastMs < reader.silentMs ? [camera.cameraId] : [];
    }),
  );
  const sums = new Map<string, { weight: number; weightedS: number }>();
  let total = 0;
  for (const route of routes) {
    const missed = route.crossings.filter((one) => one.atS < elapsedS - reader.lateS && speaks.has(one.id)).length;
    const weight = (1 - reader.reads) ** missed;
    total += weight;
    const counted = new Set<string>();
    for (const { id, atS } of route.crossings) {
      if (atS < elapsedS || atS > elapsedS + couldBeTimes.passWithinS || counted.has(id)) continue;
      counted.add(id);
      const sum = sums.get(id) ?? { weight: 0, weightedS: 0 };
      sums.set(id, { weight: sum.weight + weight, weightedS: sum.weightedS + weight * (atS - elapsedS) });
    }
  }
  return input.cameras
    .flatMap((camera) => {
      const sum = sums.get(camera.cameraId);
      if (sum === undefined || total === 0 || sum.weight / total < 0.03) return [];
      const { cameraId: id, kind, name, point } = camera;
      const share = Math.round((sum.weight / total) * 100) / 100;
      return [{ id, kind, name, point, share, inS: Math.round(sum.weightedS / sum.weight) }];
    })
    .sort((a, b) => b.share - a.share || a.inS - b.inS)
    .slice(0, 5);
}

const tenth = (x: number): number => Math.round(x * 10) / 10;
const rounded = (point: GeoPoint): GeoPoint => ({
  latDeg: Math.round(point.latDeg * 1e6) / 1e6,
  lonDeg: Math.round(point.lonDeg * 1e6) / 1e6,
});
