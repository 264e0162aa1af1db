import { geoDistanceM } from "@outrider/geo";
import { EstimatorStatusFlags } from "@outrider/mavlink";
import type { AircraftState } from "../telemetry/index.js";
import type { Reckoning } from "./reckoning.js";
import { doubtBounds, doubtTiming } from "./timing.js";

/** One thing that does not fit. `kind`: signs of one kind come from one cause and count once. */
export type Sign = {
  readonly kind: "gap" | "filter" | "reckoning" | "secondSource" | "fix";
  readonly reason: string;
  readonly measured: number;
  readonly limit: number;
};

/** Of a receiver that does not tell its accuracy: older ones, and MAVLink 1. */
const unknownAccuracyM = 3;

const speedMps = (state: AircraftState): number => Math.hypot(state.velNorthMps, state.velEastMps);
const fresh = (heardMs: number, tMs: number): boolean => tMs - heardMs < doubtTiming.gnssFreshMs;

/**
 * Everything that speaks against the position now, the plainest first; nothing at all proves nothing. `heardSinceMs`:
 * since when it tells its position without a gap, so that a link that was lost is not taken for a receiver that was.
 */
export function signsOf(
  state: AircraftState,
  reckoning: Reckoning,
  heardSinceMs: number,
  tMs: number,
): readonly Sign[] {
  return [
    gapSign(state, heardSinceMs, tMs),
    filterSign(state, tMs),
    jumpSign(state, reckoning, tMs),
    secondSign(state, tMs),
  ].filter((sign) => sign !== undefined);
}

function gapSign(state: AircraftState, heardSinceMs: number, tMs: number): Sign | undefined {
  const { gnss } = state;
  if (gnss === undefined || !fresh(state.positionMs, tMs)) return undefined;
  if (!fresh(gnss.tMs, tMs)) return silenceSign(state, Math.max(gnss.tMs, heardSinceMs), tMs);
  if (gnss.fixType < doubtBounds.fix3d)
    return { kind: "fix", reason: "GNSS has no 3D fix", measured: gnss.fixType, limit: doubtBounds.fix3d };
  if (gnss.hAccM > doubtBounds.worstAccuracyM) {
    const [measured, limit] = [gnss.hAccM, doubtBounds.worstAccuracyM];
    return { kind: "fix", reason: "GNSS is not sure where it is (m)", measured, limit };
  }
  const limit = Math.max(doubtBounds.leastGapM, 3 * gnss.hAccM) + speedMps(state) * doubtBounds.gnssAgeS;
  const measured = geoDistanceM(gnss, state);
  return measured > limit
    ? { kind: "gap", reason: "raw GNSS and the estimate are apart (m)", measured, limit }
    : undefined;
}

/** Jammed or unplugged: the position goes on by dead reckoning. By satellite nothing is told of GNSS, which proves nothing. */
function silenceSign({ heartbeatMs }: AircraftState, sinceMs: number, tMs: number): Sign | undefined {
  if (tMs - sinceMs <= doubtTiming.gnssSilentMs || !fresh(heartbeatMs, tMs)) return undefined;
  const [measured, limit] = [(tMs - sinceMs) / 1000, doubtTiming.gnssSilentMs / 1000];
  return { kind: "fix", reason: "its GNSS is not heard any more (s)", measured, limit };
}

function filterSign({ estimator }: AircraftState, tMs: number): Sign | undefined {
  if (estimator === undefined || tMs - estimator.tMs > doubtTiming.estimatorFreshMs) return undefined;
  const { posRatio, velRatio, flags } = estimator;
  const limit = doubtBounds.ratio;
  if (posRatio > limit)
    return { kind: "filter", reason: "the filter rejects GNSS positions", measured: posRatio, limit };
  if (velRatio > limit)
    return { kind: "filter", reason: "the filter rejects GNSS velocities", measured: velRatio, limit };
  return (flags & EstimatorStatusFlags.GPS_GLITCH) === 0
    ? undefined
    : { kind: "filter", reason: "the autopilot reports a GNSS glitch", measured: 1, limit: 0 };
}

function jumpSign(state: AircraftState, reckoning: Reckoning, tMs: number): Sign | undefined {
  const limit = doubtBounds.jumpM;
  const justM = reckoning.justJumpedM(tMs);
  if (justM !== undefined)
    return { kind: "reckoning", reason: "GNSS moved further than the aircraft flew (m)", measured: justM, limit };
  const heldM = reckoning.unexplainedM(state.armed, tMs);
  if (heldM !== undefined)
    return {
      kind: "reckoning",
      reason: "GNSS jumped and has not come back; what the autopilot believes since then may be false (m)",
      measured: heldM,
      limit,
    };
  const estimateM = reckoning.estimateJumpedM(tMs);
  return estimateM === undefined
    ? undefined
    : { kind: "reckoning", reason: "the estimate moved further than it flew (m)", measured: estimateM, limit };
}

/** A second receiver, where one is aboard: the two are fooled alike by one spoofer, and fail apart. */
function secondSign(state: AircraftState, tMs: number): Sign | undefined {
  const { gnss, gnss2 } = state;
  if (gnss === undefined || gnss2 === undefined || !fresh(gnss.tMs, tMs) || !fresh(gnss2.tMs, tMs)) return undefined;
  if (Math.min(gnss.fixType, gnss2.fixType) < doubtBounds.fix3d) return undefined;
  const apartS = Math.abs(gnss.tMs - gnss2.tMs) / 1000 + doubtBounds.gnssAgeS;
  const accuracyM = Math.hypot(gnss.hAccM || unknownAccuracyM, gnss2.hAccM || unknownAccuracyM);
  const limit = Math.max(doubtBounds.leastGapM, 3 * accuracyM) + speedMps(state) * apartS;
  const measured = geoDistanceM(gnss, gnss2);
  return measured > limit
    ? { kind: "secondSource", reason: "two GNSS receivers are apart (m)", measured, limit }
    : undefined;
}
