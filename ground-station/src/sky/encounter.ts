import type { SkyConfig, TrafficLevel } from "@outrider/contract";
import { bearingDeg, distanceM, type EnuPoint } from "@outrider/geo";
import { both, closestApproach, type Relative, type RelativeHeight, spanOfHeight, spanWithin } from "./closest.js";
import type { Mover } from "./motion.js";

/** One of ours in the air. */
export type OwnNow = {
  readonly at: EnuPoint;
  readonly altAmslM: number;
  readonly velEastMps: number;
  readonly velNorthMps: number;
  readonly upMps: number;
};

export type Encounter = {
  readonly level: TrafficLevel;
  readonly distanceM: number;
  /** From ours to the stranger. */
  readonly bearingDeg: number;
  readonly closestM: number;
  readonly inS: number;
  /** Seconds until well clear is lost; undefined: it is not predicted. */
  readonly entryS: number | undefined;
  /** Least difference in height now; undefined: its height is not known. */
  readonly verticalM: number | undefined;
  /** Below 1 they are not well clear: the larger of both shares counts, since either is enough (flight.md 5.2). */
  readonly severity: number;
};

/** How long a climb or descent of ours is taken to go on. */
const OWN_CLIMB_S = 10;
/** One that stands on the ground matters near it only: it may take off (flight.md 5.3). */
const GROUND_WITHIN_M = 1_852;

/**
 * How one of ours and a stranger will meet. Ours may go on as it flies or stop at any moment, so both are looked at and
 * the sooner counts.
 */
export function encounterOf(own: OwnNow, mover: Mover, sky: SkyConfig): Encounter {
  const limits = mover.stranger.kind === "drone" ? sky.wellClearOfDrones : sky.wellClear;
  const radiusM = limits.horizontalM + mover.doubtM;
  const heights = relativeHeight(own, mover);
  const heightSpan =
    heights === undefined ? { fromS: 0, toS: Number.POSITIVE_INFINITY } : spanOfHeight(heights, limits.verticalM);
  const ways = [relative(own, mover, true), relative(own, mover, false)].map((r) => {
    const span = both(spanWithin(r, radiusM), heightSpan);
    return { ...closestApproach(r, sky.trafficS), entryS: span?.fromS };
  });
  const [worst = { distanceM: 0, inS: 0, entryS: 0 }] = ways.sort(
    (a, b) => (a.entryS ?? Infinity) - (b.entryS ?? Infinity) || a.distanceM - b.distanceM,
  );
  const apartM = distanceM(own.at, mover.at);
  const verticalM = heights === undefined ? undefined : leastOf(heights);
  return {
    level: levelOf(worst.entryS, apartM, verticalM, mover, sky),
    distanceM: apartM,
    bearingDeg: bearingDeg(own.at, mover.at),
    closestM: worst.distanceM,
    inS: worst.inS,
    entryS: worst.entryS,
    verticalM,
    severity: Math.max(apartM / radiusM, (verticalM ?? 0) / limits.verticalM),
  };
}

function levelOf(
  entryS: number | undefined,
  apartM: number,
  verticalM: number | undefined,
  mover: Mover,
  sky: SkyConfig,
): TrafficLevel {
  if (mover.onGround && apartM > GROUND_WITHIN_M) return "none";
  // One that stands still is told of; only when it moves does it become a matter of seconds.
  const still = mover.onGround && Math.hypot(mover.velEastMps, mover.velNorthMps) < 1;
  if (entryS !== undefined && !still) {
    if (entryS <= sky.warningS) return "warning";
    if (entryS <= sky.cautionS) return "caution";
    if (entryS <= sky.trafficS) return "traffic";
  }
  const near = apartM <= sky.near.horizontalM && (verticalM ?? 0) <= sky.near.verticalM;
  return near && mover.stranger.kind !== "drone" ? "traffic" : still && entryS !== undefined ? "traffic" : "none";
}

function relative(own: OwnNow, mover: Mover, goesOn: boolean): Relative {
  const eastM = mover.at.eastM - own.at.eastM;
  const northM = mover.at.northM - own.at.northM;
  const apartM = Math.hypot(eastM, northM);
  const ownEast = goesOn ? own.velEastMps : 0;
  const ownNorth = goesOn ? own.velNorthMps : 0;
  if (mover.anyWayMps === undefined || apartM === 0)
    return { eastM, northM, velEastMps: mover.velEastMps - ownEast, velNorthMps: mover.velNorthMps - ownNorth };
  const share = mover.anyWayMps / apartM;
  return { eastM, northM, velEastMps: -eastM * share - ownEast, velNorthMps: -northM * share - ownNorth };
}

function relativeHeight(own: OwnNow, mover: Mover): RelativeHeight | undefined {
  if (mover.height === undefined) return undefined;
  const climbM = own.upMps * OWN_CLIMB_S;
  return {
    lowM: mover.height.lowM - (own.altAmslM + Math.max(0, climbM)),
    highM: mover.height.highM - (own.altAmslM + Math.min(0, climbM)),
    lowMps: mover.lowMps,
    highMps: mover.highMps,
  };
}

const leastOf = ({ lowM, highM }: RelativeHeight): number =>
  lowM <= 0 && highM >= 0 ? 0 : Math.min(Math.abs(lowM), Math.abs(highM));
