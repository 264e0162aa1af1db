import { distanceM, type EnuPoint, type EnuPointAmsl } from "@outrider/geo";
import { edgeAlong, shortOf } from "./edge.js";
import { clearHeight, isTooLow, lineProblem, pointsAlong } from "./lines.js";
import type { Site } from "./site.js";

const STEP_M = 50;
const RETURN_PARAMETER = "RTL_RETURN_ALT";
/** PX4 flies home at this parameter's speed over ground; 12 m/s is what a site is advised to set (flight.md 6.2). */
const RETURN_SPEED_PARAMETER = "MPC_XY_CRUISE";
const RETURN_MPS = 12;
const FLOOR_AGL_M = 40;

export type Haven = {
  readonly dockId: string;
  readonly name: string;
  readonly point: EnuPoint;
  readonly groundAmslM: number;
};

export type WaysHome = {
  readonly returnAltAmslM: number;
  readonly rally: readonly Haven[];
  readonly gaps: readonly string[];
  readonly checked: number;
  /** Some of the gaps would close from a greater height; lines into zones never do. */
  readonly higherHelps: boolean;
};

/** Every place on the way from which it may have to turn, with the height it has there. */
export function placesAlong(path: readonly EnuPointAmsl[], circle: readonly EnuPointAmsl[]): EnuPointAmsl[] {
  const places: EnuPointAmsl[] = [];
  path.forEach((to, i) => {
    const from = path[i - 1];
    if (from === undefined) return;
    const steps = pointsAlong(from, to, STEP_M);
    const riseM = to.altAmslM - from.altAmslM;
    const pieces = Math.max(1, steps.length - 1);
    steps.forEach(({ eastM, northM }, k) => {
      places.push({ eastM, northM, altAmslM: from.altAmslM + (riseM * k) / pieces });
    });
  });
  return [...places, ...circle];
}

/**
 * The autopilot returns to the nearest of home and rally points on a straight line, at the return height or at its own
 * if that is higher. Each such line is proven clear; a rally point that would draw it onto a line that is not is left out.
 */
export function waysHome(
  site: Site,
  home: Haven,
  others: readonly Haven[],
  places: readonly EnuPointAmsl[],
  wanted: "everyGap" | "anyGap" = "everyGap",
): WaysHome {
  const returnAltAmslM = returnHeight(site, home, places);
  const look = (place: EnuPointAmsl, to: Haven, detail: "howMuch" | "whether"): string | undefined => {
    const altAmslM = Math.max(heightTo(to, home, returnAltAmslM), place.altAmslM);
    return lineProblem(site, place, to.point, altAmslM, detail) ?? edgeProblem(site, place, to.point);
  };
  const known = new Map<Haven, (string | undefined | false)[]>();
  const problem: Problem = (at, place, to) => {
    const answers = known.get(to) ?? places.map(() => false as const);
    known.set(to, answers);
    const answer = answers[at];
    if (answer !== false) return answer;
    const found = look(place, to, "whether");
    answers[at] = found;
    return found;
  };
  let rally = others.filter((haven) => usable(site, home, haven));
  for (;;) {
    const bad = drawnOntoBad(places, [home, ...rally], problem);
    if (bad === undefined) break;
    rally = rally.filter((haven) => haven !== bad);
  }
  const havens: readonly [Haven, ...Haven[]] = [home, ...rally];
  let enough = false;
  const gaps = places.flatMap((place, at) => {
    if (enough) return [];
    const to = nearest(havens, place);
    const text = problem(at, place, to);
    enough = text !== undefined && wanted === "anyGap";
    return text === undefined ? [] : [{ place, to, text }];
  });
  // The first is the one that the pilot reads.
  const [first, ...more] = gaps;
  const texts =
    first === undefined ? [] : [look(first.place, first.to, "howMuch") ?? first.text, ...more.map(({ text }) => text)];
  const higherHelps = wanted === "anyGap" || texts.some(isTooLow);
  return { returnAltAmslM, rally, gaps: texts, checked: places.length, higherHelps };
}

type Problem = (at: number, place: EnuPointAmsl, to: Haven) => string | undefined;

/** A rally point that is the nearest somewhere from where the line to it is not clear; home is the first haven. */
function drawnOntoBad(
  places: readonly EnuPointAmsl[],
  havens: readonly [Haven, ...Haven[]],
  problem: Problem,
): Haven | undefined {
  for (const [at, place] of places.entries()) {
    const to = nearest(havens, place);
    if (to !== havens[0] && problem(at, place, to) !== undefined) return to;
  }
  return undefined;
}

function edgeProblem(site: Site, from: EnuPoint, to: EnuPoint): string | undefined {
  const speedMps = returnSpeedMps(site);
  const found = edgeAlong(site, [from, to], speedMps);
  if (shortOf(found) <= 0) return undefined;
  const needs = `${Math.ceil(found.needM)} needed to stop from ${speedMps} m/s`;
  return `the line comes within ${Math.floor(found.marginM)} m of the fence, ${needs}`;
}

export const returnSpeedMps = (site: Site): number =>
  site.config.failsafeParameters[RETURN_SPEED_PARAMETER]?.value ?? RETURN_MPS;

const usable = (site: Site, home: Haven, haven: Haven): boolean =>
  haven.dockId !== home.dockId &&
  lineProblem(site, haven.point, haven.point, haven.groundAmslM + site.ceilingAglM) === undefined;

/** What the aircraft will really do where its parameter is fixed by the site; else the lowest height that clears all lines. */
function returnHeight(site: Site, home: Haven, places: readonly EnuPointAmsl[]): number {
  const fixed = site.config.failsafeParameters[RETURN_PARAMETER];
  if (fixed !== undefined) return home.groundAmslM + fixed.value;
  let needM = home.groundAmslM + FLOOR_AGL_M;
  for (const place of places) needM = Math.max(needM, clearHeight(site, place, home.point).altAmslM);
  return needM;
}

/** The autopilot counts its return height from the ground at the destination, not at the take-off place. */
const heightTo = (to: Haven, home: Haven, returnAltAmslM: number): number =>
  returnAltAmslM - home.groundAmslM + to.groundAmslM;

function nearest(havens: readonly [Haven, ...Haven[]], place: EnuPoint): Haven {
  return havens.reduce((best, haven) => (distanceM(haven.point, place) < distanceM(best.point, place) ? haven : best));
}
