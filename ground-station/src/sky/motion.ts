import type { GeoPoint } from "@outrider/contract";
import type { EnuPoint } from "@outrider/geo";
import { type HeightBand, type HeightKnown, heightBand, heightsApart } from "./height-band.js";
import type { Stranger } from "./stranger-book.js";

/** A stranger as the predictions need it: where it is by now, how surely, and how it moves. */
export type Mover = {
  readonly stranger: Stranger;
  readonly at: EnuPoint;
  readonly velEastMps: number;
  readonly velNorthMps: number;
  /** It told no velocity: it may come from where it is at this speed, straight here. */
  readonly anyWayMps: number | undefined;
  /** How much nearer it may be than it seems: error of its place, and a turn since it was heard. */
  readonly doubtM: number;
  /** Undefined: it may be at any height. */
  readonly height: HeightBand | undefined;
  readonly lowMps: number;
  readonly highMps: number;
  readonly onGround: boolean;
  readonly ageMs: number;
  /** Why its word is doubted; a mark, and no reason to reckon with it less. */
  readonly doubts: readonly string[];
};

export type MoverSite = {
  readonly local: (point: GeoPoint) => EnuPoint;
  readonly groundAmslM: (at: EnuPoint) => number | undefined;
  readonly geoidUndulationM: number;
  readonly qnhHpa: number | undefined;
};

/** 120 kt and 20 m/s: whoever does not say how fast it flies flies like this. */
const ASSUMED_MPS = { crewed: 62, drone: 20 } as const;
/** 1,000 ft/min either way for one that does not tell its rate; 1,500 ft/min up for one that stands (flight.md 5.3). */
const UNKNOWN_RATE_MPS = 5.1;
const TAKEOFF_MPS = 7.6;
/** A rate is measured in steps of 64 ft/min and may change: this much is allowed for either way. */
const RATE_SLACK_MPS = 0.5;
const TURN_RAD_PER_S = (3 * Math.PI) / 180;
const SIGMAS = 1.5;

export function moverOf(stranger: Stranger, site: MoverSite, nowMs: number): Mover {
  const { place, velocity } = stranger;
  const ageMs = Math.max(0, nowMs - place.tMs);
  const ageS = ageMs / 1000;
  const heard = site.local(place.value);
  const { eastMps = 0, northMps = 0 } = velocity?.value ?? {};
  const at = { eastM: heard.eastM + eastMps * ageS, northM: heard.northM + northMps * ageS };
  const anyWayMps = velocity === undefined ? ASSUMED_MPS[stranger.kind === "drone" ? "drone" : "crewed"] : undefined;
  const speedMps = anyWayMps ?? Math.hypot(eastMps, northMps);
  // A turn at the standard rate since then: half omega v t squared, and never more than the way itself.
  const turnedM = Math.min(speedMps * ageS, 0.5 * TURN_RAD_PER_S * speedMps * ageS * ageS);
  const onGround = stranger.height?.value.onGround === true;
  const known: HeightKnown = { ...site, groundAmslM: site.groundAmslM(heard) };
  const isApart = heightsApart(stranger.height?.value, known);
  return {
    ...{ stranger, at, velEastMps: eastMps, velNorthMps: northMps, anyWayMps, onGround, ageMs },
    doubtM: SIGMAS * place.value.sigmaM + (anyWayMps === undefined ? turnedM : speedMps * ageS),
    ...heightOf(stranger, known, nowMs, onGround),
    doubts: [...(stranger.doubts ?? []), ...(isApart ? ["its two heights disagree"] : [])],
  };
}

function heightOf(
  stranger: Stranger,
  known: HeightKnown,
  nowMs: number,
  onGround: boolean,
): Pick<Mover, "height" | "lowMps" | "highMps"> {
  const told = heightBand(stranger.height?.value, known);
  const rate = stranger.up?.value;
  const [lowMps, highMps] = onGround
    ? [0, TAKEOFF_MPS]
    : rate === undefined
      ? [-UNKNOWN_RATE_MPS, UNKNOWN_RATE_MPS]
      : [rate - RATE_SLACK_MPS, rate + RATE_SLACK_MPS];
  if (told === undefined || stranger.height === undefined) return { height: undefined, lowMps, highMps };
  const ageS = Math.max(0, nowMs - stranger.height.tMs) / 1000;
  return {
    height: { lowM: told.lowM + lowMps * ageS, highM: told.highM + highMps * ageS },
    lowMps,
    highMps,
  };
}
