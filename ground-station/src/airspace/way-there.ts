import { climbDoneS, type EnuPoint, findRoute, type Route, type Wind, windCost, type Zone } from "@outrider/geo";
import { etaProfileOf, type Starter } from "./budget.js";
import { speedsOf } from "./energy.js";
import { type HeightLine, heightLine, type Piece, piecesOf } from "./heights.js";
import { lowestCruiseAglM, type Site } from "./site.js";
import type { TallBuilding } from "./tall-buildings.js";

export type WayThere =
  | {
      readonly kind: "way";
      readonly points: readonly EnuPoint[];
      readonly line: HeightLine;
      readonly timeS: number;
      readonly lengthM: number;
    }
  | {
      readonly kind: "none";
      readonly reason: "startInZone" | "goalInZone" | "noWayRound" | "windTooStrong" | "tooHigh";
    };

const LEVEL_STEP_M = 20;
const LEVELS = 3;

export type WayWish = Starter & { readonly home: EnuPoint; readonly goal: EnuPoint; readonly wind: Wind };
type Way = Extract<WayThere, { kind: "way" }>;
type Tried = WayThere & { readonly straight?: boolean };

/** The ways from one place to another at a few cruise heights, each made once however often it is asked for. */
export class LevelWays {
  readonly #site: Site;
  readonly #wish: WayWish;
  readonly #tried = new Map<number, Tried>();
  readonly #tall: readonly TallBuilding[];
  /** Where no tall building stands between, all heights take one way: what lies under it is looked at once. */
  readonly #under: PiecesUnder = (points) => {
    const known = this.#seen.find((one) => sameWay(one.points, points));
    if (known !== undefined) return known.pieces;
    const pieces = piecesOf(this.#site, points);
    this.#seen.push({ points, pieces });
    return pieces;
  };
  readonly #seen: { readonly points: readonly EnuPoint[]; readonly pieces: readonly Piece[] }[] = [];

  constructor(site: Site, wish: WayWish) {
    this.#site = site;
    this.#wish = wish;
    this.#tall = site.tallNear(wish.home, wish.goal);
  }

  /**
   * The fastest of the heights from `lowestAglM` on, each the lowest clear one: higher ones fly over what lower ones go
   * round. A straight line at the lowest height cannot be beaten in uniform wind, so it ends the search.
   */
  fastestFrom(lowestAglM: number): WayThere {
    let best: Way | undefined;
    let failure: WayThere = { kind: "none", reason: "tooHigh" };
    for (const aglM of cruiseLevels(this.#site).filter((level) => level >= lowestAglM)) {
      const way = this.#at(aglM);
      if (way.kind === "none") {
        if (way.reason !== "tooHigh") failure = way;
        continue;
      }
      if (best === undefined || this.#costOf(way) < this.#costOf(best)) best = way;
      if (way.straight === true) break;
    }
    return best ?? failure;
  }

  #at(aglM: number): Tried {
    const known = this.#tried.get(aglM) ?? tryLevel(this.#site, this.#wish, aglM, this.#tall, this.#under);
    this.#tried.set(aglM, known);
    return known;
  }

  #costOf(way: Way): number {
    const groundM = this.#site.groundAmslM(this.#wish.home);
    const climbM = (way.line.points[0]?.altAmslM ?? groundM) - groundM;
    return way.timeS + climbDoneS(climbM, etaProfileOf(this.#site.config, this.#wish).climb);
  }
}

type PiecesUnder = (points: readonly EnuPoint[]) => readonly Piece[];

const sameWay = (a: readonly EnuPoint[], b: readonly EnuPoint[]): boolean =>
  a.length === b.length && a.every((at, i) => at.eastM === b[i]?.eastM && at.northM === b[i]?.northM);

function tryLevel(site: Site, wish: WayWish, aglM: number, tall: readonly TallBuilding[], under: PiecesUnder): Tried {
  const limitM = aglM - site.config.launch.verticalBufferM;
  const inTheWay = tall.filter(({ heightM }) => heightM > limitM).map(({ shape }) => shape);
  const route = routeAt(site, wish, inTheWay);
  if (route.kind === "noRoute") return { kind: "none", reason: route.reason };
  const line = heightLine(site, route.points, aglM, under(route.points));
  if (line.maxAglM > site.ceilingAglM + 0.5) return { kind: "none", reason: "tooHigh" };
  const { points, timeS, lengthM, straight } = route;
  return { kind: "way", points, line, timeS, lengthM, straight };
}

/** Heights above ground that are tried: the lowest allowed one, then higher ones under the ceiling. */
export function cruiseLevels(site: Site): number[] {
  const lowest = lowestCruiseAglM(site.config);
  return Array.from({ length: LEVELS }, (_, i) => lowest + i * LEVEL_STEP_M).filter((aglM) => aglM <= site.ceilingAglM);
}

function routeAt(site: Site, { home, goal, type, wind }: WayWish, tall: readonly Zone[]): Route {
  const zones: Zone[] = [
    ...site.exclusions,
    ...site.privacy.filter(({ shape }) => !holds(site, shape, home, goal)),
  ].map(({ shape }) => shape);
  const gapM = routeGapM(site);
  return findRoute({ from: home, to: goal, zones: [...zones, ...tall], gapM, cost: windCost(speedsOf(type), wind) });
}

/**
 * Distance that a route keeps from what it goes round. The height model counts a whole cell as high as what touches it,
 * so a route exactly at the buffer would be measured as if it flew over the wall.
 */
export const routeGapM = (site: Site): number =>
  site.config.launch.horizontalBufferM + 1.5 * site.obstacles.surface.cellM;

/** A privacy zone that holds the scene or the dock itself cannot be flown round; the recording is masked there. */
function holds(site: Site, shape: Zone, ...points: readonly EnuPoint[]): boolean {
  const gapM = routeGapM(site);
  return points.some(
    (point) => findRoute({ from: point, to: point, zones: [shape], gapM, cost: () => 0 }).kind === "noRoute",
  );
}
