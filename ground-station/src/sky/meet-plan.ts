import type { SkyConfig } from "@outrider/contract";
import { distanceM, type EnuPoint, segmentDistanceM } from "@outrider/geo";
import type { Mover } from "./motion.js";
import type { Leg } from "./plan-legs.js";

export type PlanMeeting = {
  readonly mover: Mover;
  /** How near to the planned way it comes while that piece may be flown. */
  readonly closestM: number;
  readonly limitM: number;
  /** When the stranger is nearest, and when it comes nearer than the limit. */
  readonly inS: number;
  readonly entryS: number;
  readonly where: Leg["where"];
};

/** A launch takes this long to prepare, and may wait for a hand: no piece of the way is flown sooner, any may be later. */
export const LATER_BY_S = 45;

/**
 * Where a stranger that flies straight on comes nearer to the planned way than well clear; the soonest place of it.
 * The way is flown somewhat later than planned by nobody's fault, so a piece counts for as long as it may be in use.
 */
export function meetingWithPlan(legs: readonly Leg[], mover: Mover, sky: SkyConfig): PlanMeeting | undefined {
  const limits = mover.stranger.kind === "drone" ? sky.wellClearOfDrones : sky.wellClear;
  const limitM = limits.horizontalM + mover.doubtM;
  if (tooFar(legs, mover, limitM)) return undefined;
  let soonest: PlanMeeting | undefined;
  for (const one of legs) {
    const untilS = one.toS + LATER_BY_S;
    if (soonest !== undefined && one.fromS >= soonest.entryS) break;
    if (!heightsMeet(one, mover, untilS, limits.verticalM)) continue;
    const met = nearness(one, mover, one.fromS, untilS);
    if (met.closestM >= limitM) continue;
    const entryS = entryOf(met, mover, limitM, one.fromS);
    if (soonest === undefined || entryS < soonest.entryS) soonest = { mover, limitM, where: one.where, ...met, entryS };
  }
  return soonest;
}

/** Before it is nearest it flies a chord of the circle. */
function entryOf(met: { closestM: number; inS: number }, mover: Mover, limitM: number, fromS: number): number {
  const speedMps = mover.anyWayMps ?? Math.hypot(mover.velEastMps, mover.velNorthMps);
  if (speedMps === 0) return fromS;
  const chordM = Math.sqrt(Math.max(0, limitM * limitM - met.closestM * met.closestM));
  return Math.max(fromS, met.inS - chordM / speedMps);
}

/** Most of those heard are out of reach: one subtraction, before any geometry. */
function tooFar(legs: readonly Leg[], mover: Mover, limitM: number): boolean {
  const [first] = legs;
  const last = legs.at(-1);
  if (first === undefined || last === undefined) return true;
  const speedMps = mover.anyWayMps ?? Math.hypot(mover.velEastMps, mover.velNorthMps);
  let wayM = 0;
  for (const one of legs) wayM += distanceM(one.from, one.to);
  return distanceM(first.from, mover.at) > wayM + last.reachM + limitM + speedMps * (last.toS + LATER_BY_S);
}

function heightsMeet(one: Leg, mover: Mover, untilS: number, limitM: number): boolean {
  if (mover.height === undefined) return true;
  const { lowM, highM } = mover.height;
  const lowest = lowM + Math.min(mover.lowMps * one.fromS, mover.lowMps * untilS);
  const highest = highM + Math.max(mover.highMps * one.fromS, mover.highMps * untilS);
  return lowest - one.highAmslM < limitM && one.lowAmslM - highest < limitM;
}

function nearness(one: Leg, mover: Mover, fromS: number, untilS: number): { closestM: number; inS: number } {
  if (mover.anyWayMps !== undefined) {
    const apartM = Math.max(0, segmentDistanceM(one.from, one.to, mover.at, mover.at) - one.reachM);
    const closestM = Math.max(0, apartM - mover.anyWayMps * untilS);
    return { closestM, inS: Math.max(fromS, Math.min(untilS, apartM / mover.anyWayMps)) };
  }
  const placeAt = (s: number): EnuPoint => ({
    eastM: mover.at.eastM + mover.velEastMps * s,
    northM: mover.at.northM + mover.velNorthMps * s,
  });
  const closestM = Math.max(0, segmentDistanceM(placeAt(fromS), placeAt(untilS), one.from, one.to) - one.reachM);
  return { closestM, inS: whenNearest(one, placeAt, fromS, untilS) };
}

/** Distance to a straight piece changes like a bowl along a straight line: three cuts a step find its bottom to a second. */
function whenNearest(one: Leg, placeAt: (s: number) => EnuPoint, fromS: number, untilS: number): number {
  let low = fromS;
  let high = untilS;
  const distanceAt = (s: number): number => {
    const at = placeAt(s);
    return segmentDistanceM(at, at, one.from, one.to);
  };
  while (high - low > 1) {
    const third = (high - low) / 3;
    if (distanceAt(low + third) <= distanceAt(high - third)) high -= third;
    else low += third;
  }
  return (low + high) / 2;
}
