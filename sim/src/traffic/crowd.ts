import type { Chance } from "@outrider/contract";
import { distanceM, type EnuPoint, type NearestRoad, type RoadGraph, spotPoint, travelTimesS } from "@outrider/geo";

/** Somebody on foot, as a camera finds them: words for what they wear, never a face. */
export type Person = {
  readonly personId: string;
  readonly upper: string;
  readonly lower: string;
  eastM: number;
  northM: number;
  headingDeg: number;
};

export type CrowdWish = {
  readonly at: EnuPoint;
  readonly people: number;
  /** They stand within this of the middle. */
  readonly radiusM: number;
  /** How long they stay once they are there. */
  readonly stayS: number;
};

export type Crowd = { readonly people: readonly Person[]; readonly dispersed: boolean };

export type CrowdsOptions = {
  readonly graph: RoadGraph;
  readonly nearest: NearestRoad;
  /** Inside of a building, where nobody stands. */
  readonly isInside: (eastM: number, northM: number) => boolean;
  readonly chance: Pick<Chance, "unit">;
};

type Walker = {
  readonly person: Person;
  readonly startMs: number;
  readonly paceMps: number;
  /** Corners still to pass; the last is where they stand or vanish. */
  way: EnuPoint[];
  readonly home: readonly EnuPoint[];
};
type Gathering = { readonly walkers: Walker[]; leaveMs: number | undefined; readonly stayMs: number; leaving: boolean };

type Reach = { readonly middle: EnuPoint; readonly timesS: Float64Array; readonly starts: readonly number[] };

const comesFromM = { least: 70, most: 220 } as const;
const arrivalSpreadMs = 90_000;
const spotTries = 30;
const apartM = 0.8;
const uppers = ["black", "white", "gray", "red", "blue", "green", "yellow"];
const lowers = ["black", "blue", "gray", "brown"];

/** People who come along the streets, stand about, and go again: each by themselves, not as a lump. */
export class Crowds {
  readonly #options: CrowdsOptions;
  readonly #gatherings: Gathering[] = [];
  #all: readonly Person[] = [];
  #lastMs: number | undefined;
  #made = 0;

  constructor(options: CrowdsOptions) {
    this.#options = options;
  }

  get people(): readonly Person[] {
    return this.#all;
  }

  gather(wish: CrowdWish, nowMs: number): void {
    const reach = this.#reachOf(wish.at);
    const stands: EnuPoint[] = [];
    const walkers: Walker[] = [];
    for (let i = 0; i < wish.people; i++) {
      const stand = this.#standAmong(stands, wish);
      if (stand === undefined) break;
      stands.push(stand);
      walkers.push(this.#walker(stand, reach, nowMs));
    }
    this.#gatherings.push({ walkers, leaveMs: undefined, stayMs: wish.stayS * 1000, leaving: false });
  }

  /** Everybody goes now. */
  disperse(): void {
    for (const one of this.#gatherings) goHome(one);
  }

  clear(): void {
    this.#gatherings.length = 0;
    this.#all = [];
  }

  step(nowMs: number): void {
    const dtS = Math.min(1, Math.max(0, nowMs - (this.#lastMs ?? nowMs)) / 1000);
    this.#lastMs = nowMs;
    if (this.#gatherings.length === 0) return;
    for (const one of this.#gatherings) {
      for (const walker of one.walkers) if (nowMs >= walker.startMs) walk(walker, dtS);
      if (one.leaveMs === undefined && one.walkers.every(({ way }) => way.length === 0))
        one.leaveMs = nowMs + one.stayMs;
      if (!one.leaving && one.leaveMs !== undefined && nowMs >= one.leaveMs) goHome(one);
    }
    for (let i = this.#gatherings.length - 1; i >= 0; i--) {
      const one = this.#gatherings[i];
      if (one?.leaving === true && one.walkers.every(({ way }) => way.length === 0)) this.#gatherings.splice(i, 1);
    }
    this.#all = this.#gatherings.flatMap((one) =>
      one.walkers.flatMap((w) => (nowMs >= w.startMs && !(one.leaving && w.way.length === 0) ? [w.person] : [])),
    );
  }

  #standAmong(taken: readonly EnuPoint[], { at, radiusM }: CrowdWish): EnuPoint | undefined {
    const { chance, isInside } = this.#options;
    for (let i = 0; i < spotTries; i++) {
      const [r, turn] = [radiusM * Math.sqrt(chance.unit()), chance.unit() * 2 * Math.PI];
      const stand = { eastM: at.eastM + r * Math.sin(turn), northM: at.northM + r * Math.cos(turn) };
      if (isInside(stand.eastM, stand.northM) || taken.some((one) => distanceM(one, stand) < apartM)) continue;
      return stand;
    }
    return undefined;
  }

  #walker(stand: EnuPoint, reach: Reach | undefined, nowMs: number): Walker {
    const { chance } = this.#options;
    const way = reach === undefined ? [stand] : this.#wayTo(stand, reach);
    const from = way[0] ?? stand;
    this.#made += 1;
    const pick = (list: readonly string[]): string => list[Math.floor(chance.unit() * list.length)] ?? "gray";
    return {
      person: { personId: `person_${this.#made}`, upper: pick(uppers), lower: pick(lowers), ...from, headingDeg: 0 },
      startMs: nowMs + chance.unit() * arrivalSpreadMs,
      paceMps: 1.1 + chance.unit() * 0.6,
      way: way.slice(1),
      home: [...way].reverse().slice(1),
    };
  }

  /** Crossings some way off, and how far each is on foot: so whatever the traffic signs say. */
  #reachOf(middle: EnuPoint): Reach | undefined {
    const { graph, nearest } = this.#options;
    const spot = nearest(middle, comesFromM.most);
    if (spot === undefined) return undefined;
    const timesS = travelTimesS(graph, spot, { ignoreOneWay: true, maxS: 90 });
    const starts = graph.nodes.flatMap((node, id) => {
      const awayM = distanceM(node, middle);
      return Number.isFinite(timesS[id]) && awayM >= comesFromM.least && awayM <= comesFromM.most ? [id] : [];
    });
    return { middle: spotPoint(graph, spot), timesS, starts };
  }

  #wayTo(stand: EnuPoint, { middle, timesS, starts }: Reach): readonly EnuPoint[] {
    const { graph, chance } = this.#options;
    const start = starts[Math.floor(chance.unit() * starts.length)];
    const side = (): number => (chance.unit() < 0.5 ? -1 : 1) * (7.2 + chance.unit() * 1.2);
    const aside = { eastM: side(), northM: side() };
    const beside = (point: EnuPoint) => ({ eastM: point.eastM + aside.eastM, northM: point.northM + aside.northM });
    const corners = start === undefined ? [] : downhill(graph, timesS, start).map(beside);
    return [...corners, beside(middle), stand];
  }
}

/** Corners from a node to where the times are zero: always on to the neighbour that is nearest in time. */
function downhill(graph: RoadGraph, timesS: Float64Array, start: number): readonly EnuPoint[] {
  const corners: EnuPoint[] = [];
  for (let node: number | undefined = start; node !== undefined; ) {
    corners.push(graph.nodes[node] ?? { eastM: 0, northM: 0 });
    let best: number | undefined;
    for (const arm of graph.touching[node] ?? []) {
      const edge = graph.edges[arm.edge];
      const other = edge === undefined ? undefined : edge.from === node ? edge.to : edge.from;
      if (other === undefined || !((timesS[other] ?? 0) < (timesS[node] ?? 0))) continue;
      if (best === undefined || (timesS[other] ?? 0) < (timesS[best] ?? 0)) best = other;
    }
    node = best;
  }
  return corners;
}

function walk(walker: Walker, dtS: number): void {
  let leftM = walker.paceMps * dtS;
  const { person } = walker;
  while (leftM > 0) {
    const [goal] = walker.way;
    if (goal === undefined) return;
    const awayM = distanceM(person, goal);
    if (awayM > 0.01)
      person.headingDeg =
        ((Math.atan2(goal.eastM - person.eastM, goal.northM - person.northM) * 180) / Math.PI + 360) % 360;
    const share = awayM <= leftM ? 1 : leftM / awayM;
    person.eastM += (goal.eastM - person.eastM) * share;
    person.northM += (goal.northM - person.northM) * share;
    leftM -= awayM;
    if (share === 1) walker.way.shift();
  }
}

function goHome(one: Gathering): void {
  if (one.leaving) return;
  one.leaving = true;
  for (const walker of one.walkers) walker.way = [...walker.home];
}
