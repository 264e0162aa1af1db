import {
  contingencyBufferM,
  distanceM,
  type EnuPoint,
  type EnuPointAmsl,
  pointInRing,
  segmentDistanceM,
  someSide,
} from "@outrider/geo";
import { fenceMarginM, pointsAlong } from "./lines.js";
import type { Site } from "./site.js";

/** Inside 100 m of the edge this is fast enough (flight.md 6.1). */
export const SLOW_MPS = 10;
const PIECE_M = 50;
/** Braking and speeding up at the ends of a line, as measured. */
const ACCEL_MPS2 = 2.6;

/** How near to the fence a line comes where it is least safe, and how far inside it must stay for the speed it has there. */
export type EdgeFound = { readonly marginM: number; readonly needM: number };
export const shortOf = ({ marginM, needM }: EdgeFound): number => needM - marginM;

type Rest = { readonly doneM: number; readonly totalM: number; readonly startM: number; readonly endM: number };

/**
 * A failsafe at speed carries it on until it has braked, so it flies that much inside the fence. Beside a place where
 * it stands still it may be as near to the edge as that place is.
 */
function needAt(speedMps: number, rest: Rest): number {
  const fromRestM = Math.min(rest.doneM, rest.totalM - rest.doneM);
  const needM = contingencyBufferM(Math.min(speedMps, Math.sqrt(2 * ACCEL_MPS2 * Math.max(0, fromRestM))));
  if (fromRestM > needM) return needM;
  const nearEndM = rest.doneM < rest.totalM - rest.doneM ? rest.startM : rest.endM;
  return Math.min(needM, Math.max(contingencyBufferM(0), nearEndM));
}

/** The least safe place of a line that is flown from standstill to standstill. */
export function edgeAlong(site: Site, line: readonly EnuPoint[], speedMps: number): EdgeFound {
  const [from, to] = line;
  const needM = contingencyBufferM(speedMps);
  // Mostly it is far from everything, which is quickly seen.
  if (from !== undefined && to !== undefined && line.length === 2 && pointInRing(from, site.fence)) {
    const near = site.fenceIsConvex
      ? Math.min(fenceMarginM(site, from), fenceMarginM(site, to)) < needM
      : someSide(site.fence, (a, b) => segmentDistanceM(from, to, a, b) < needM);
    if (!near) return { marginM: Number.POSITIVE_INFINITY, needM };
  }
  return worst(placesOf(site, line).map((place) => foundAt(place, speedMps)));
}

type Place = { readonly at: EnuPoint; readonly leg: number; readonly share: number; readonly marginM: number } & Rest;

function placesOf(site: Site, line: readonly EnuPoint[]): Place[] {
  const legs = line.slice(1).map((to, i) => ({ from: line[i] ?? to, to }));
  const totalM = legs.reduce((sum, { from, to }) => sum + distanceM(from, to), 0);
  const first = line[0];
  const last = line[line.length - 1];
  const startM = first === undefined ? 0 : fenceMarginM(site, first);
  const endM = last === undefined ? 0 : fenceMarginM(site, last);
  const places: Place[] = [];
  let beforeM = 0;
  legs.forEach(({ from, to }, leg) => {
    const steps = pointsAlong(from, to, PIECE_M);
    const legM = distanceM(from, to);
    steps.forEach((at, i) => {
      const share = i / (steps.length - 1);
      const doneM = beforeM + legM * share;
      places.push({ at, leg, share, marginM: fenceMarginM(site, at), doneM, totalM, startM, endM });
    });
    beforeM += legM;
  });
  return places;
}

const foundAt = (place: Place, speedMps: number): EdgeFound => ({
  marginM: place.marginM,
  needM: needAt(speedMps, place),
});

const worst = (found: readonly EdgeFound[]): EdgeFound =>
  found.reduce((least, one) => (shortOf(one) > shortOf(least) ? one : least), {
    marginM: Number.POSITIVE_INFINITY,
    needM: 0,
  });

export type PacedPath = {
  /** The path with corners where its speed changes. */
  readonly points: readonly EnuPointAmsl[];
  /** Speed towards each point after the first. */
  readonly speedsMps: readonly number[];
  readonly slowM: number;
  readonly edge: EdgeFound;
};

/** Flies slower where the fence is near: from the piece before, since it brakes on the way, until it is far again. */
export function pacePath(site: Site, path: readonly EnuPointAmsl[], cruiseMps: number): PacedPath {
  const places = placesOf(site, path);
  const slowMps = Math.min(SLOW_MPS, cruiseMps);
  const near = places.map((place) => shortOf(foundAt(place, cruiseMps)) > 0);
  if (!near.includes(true))
    return {
      points: path,
      speedsMps: path.slice(1).map(() => cruiseMps),
      slowM: 0,
      edge: worst(places.map((place) => foundAt(place, cruiseMps))),
    };
  const slow = near.map((_, i) => near[i - 1] === true || near[i] === true || near[i + 1] === true);
  const points: EnuPointAmsl[] = path.slice(0, 1);
  const speedsMps: number[] = [];
  let slowM = 0;
  places.forEach((place, i) => {
    const before = places[i - 1];
    if (before === undefined || before.leg !== place.leg) return;
    const speedMps = slow[i] === true && slow[i - 1] === true ? slowMps : cruiseMps;
    if (speedMps === slowMps) slowM += distanceM(before.at, place.at);
    const next = places[i + 1];
    const nextSlow = next !== undefined && slow[i] === true && slow[i + 1] === true;
    const corner = place.share === 1;
    if (!corner && nextSlow === (speedMps === slowMps)) return;
    points.push(corner ? (path[place.leg + 1] ?? withHeight(path, place)) : withHeight(path, place));
    speedsMps.push(speedMps);
  });
  const edge = worst(places.map((place, i) => foundAt(place, slow[i] === true ? slowMps : cruiseMps)));
  return { points, speedsMps, slowM, edge };
}

function withHeight(path: readonly EnuPointAmsl[], { at, leg, share }: Place): EnuPointAmsl {
  const fromM = path[leg]?.altAmslM ?? 0;
  const toM = path[leg + 1]?.altAmslM ?? fromM;
  return { ...at, altAmslM: fromM + (toM - fromM) * share };
}
