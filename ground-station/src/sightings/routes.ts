import { bearingDeg, type Exit, type RoadGraph, type RoadSpot, turnDeg } from "@outrider/geo";
import { normal, seededDice } from "./dice.js";

export type Watcher = { readonly id: string; readonly edge: number; readonly alongM: number };
export type Crossing = { readonly id: string; readonly atS: number };
export type Leg = { readonly edge: number; readonly untilS: number };
export type Route = { readonly crossings: readonly Crossing[]; readonly legs: readonly Leg[] };

export type RouteWish = {
  readonly graph: RoadGraph;
  readonly from: RoadSpot;
  readonly headingDeg: number | undefined;
  readonly watchers: readonly Watcher[];
  readonly count: number;
  readonly horizonS: number;
  readonly seed: string;
};

/** Drivers differ more than roads do: one factor for a whole route (correlation.md section 3). */
const driver = { logMean: Math.log(1.2), logSigma: 0.33, edgeSigma: 0.3 } as const;
const junction = { share: 0.25, meanS: 5 } as const;
const straightOn = 3;
const mostEdges = 400;
/** The reader that made the last sighting is not the next one. */
const justPassedM = 2;

/** Ways that a car could have gone on from a place, by chance: for each, which watchers it passed and when. */
export function simulateRoutes(wish: RouteWish): readonly Route[] {
  const unit = seededDice(wish.seed);
  const byEdge = new Map<number, Watcher[]>();
  for (const watcher of wish.watchers) byEdge.set(watcher.edge, [...(byEdge.get(watcher.edge) ?? []), watcher]);
  return Array.from({ length: wish.count }, () => oneRoute(wish, byEdge, unit));
}

function oneRoute(wish: RouteWish, byEdge: ReadonlyMap<number, readonly Watcher[]>, unit: () => number): Route {
  const { graph, horizonS } = wish;
  const factor = Math.exp(driver.logMean + driver.logSigma * normal(unit));
  const crossings: Crossing[] = [];
  const legs: Leg[] = [];
  let exit: Exit | undefined = { edge: wish.from.edge, forward: startsForward(wish, unit) };
  let fromM = wish.from.alongM;
  let atS = 0;
  for (let n = 0; n < mostEdges && exit !== undefined && atS < horizonS; n++) {
    const edge: RoadGraph["edges"][number] | undefined = graph.edges[exit.edge];
    if (edge === undefined) break;
    const speedMps = edge.speedMps * factor * Math.exp(driver.edgeSigma * normal(unit));
    for (const watcher of byEdge.get(exit.edge) ?? []) {
      const aheadM = exit.forward ? watcher.alongM - fromM : fromM - watcher.alongM;
      if (aheadM > justPassedM) crossings.push({ id: watcher.id, atS: atS + aheadM / speedMps });
    }
    atS += (exit.forward ? edge.lengthM - fromM : fromM) / speedMps;
    if (unit() < junction.share) atS += -junction.meanS * Math.log(1 - unit());
    legs.push({ edge: exit.edge, untilS: atS });
    const next = nextExit(graph, exit, unit);
    exit = next;
    if (next !== undefined) fromM = next.forward ? 0 : (graph.edges[next.edge]?.lengthM ?? 0);
  }
  return { crossings, legs };
}

function startsForward(wish: RouteWish, unit: () => number): boolean {
  const edge = wish.graph.edges[wish.from.edge];
  if (edge?.oneWay === true) return true;
  const [first, last] = [edge?.points[0], edge?.points.at(-1)];
  if (wish.headingDeg === undefined || first === undefined || last === undefined) return unit() < 0.5;
  return Math.abs(turnDeg(bearingDeg(first, last), wish.headingDeg)) <= 90;
}

/** Any way out but back, straight on three times as likely as each other; back only where there is nothing else. */
function nextExit(graph: RoadGraph, came: Exit, unit: () => number): Exit | undefined {
  const edge = graph.edges[came.edge];
  if (edge === undefined) return undefined;
  const all = graph.exits[came.forward ? edge.to : edge.from] ?? [];
  const onward = all.filter((exit) => exit.edge !== came.edge);
  const choices = onward.length > 0 ? onward : all;
  if (choices.length === 0) return undefined;
  const heading = directionOf(graph, came, "end");
  const turns = choices.map((exit) => Math.abs(turnDeg(heading, directionOf(graph, exit, "start"))));
  const least = Math.min(...turns);
  const weights = turns.map((turn) => (turn === least && turn < 45 ? straightOn : 1));
  let left = unit() * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [index, exit] of choices.entries()) {
    left -= weights[index] ?? 0;
    if (left < 0) return exit;
  }
  return choices.at(-1);
}

function directionOf(graph: RoadGraph, exit: Exit, where: "start" | "end"): number {
  const points = graph.edges[exit.edge]?.points ?? [];
  const travelled = exit.forward ? points : [...points].reverse();
  const [a, b] = where === "start" ? [travelled[0], travelled[1]] : [travelled.at(-2), travelled.at(-1)];
  return a === undefined || b === undefined ? 0 : bearingDeg(a, b);
}
