import type { AircraftSample, ControlOverlay, LinkState } from "@outrider/contract";
import { type AircraftState, inAir, inFailsafe } from "./state.js";

const gimbalFreshMs = 2_000;
const positionFreshMs = 2_000;
const oldestAgeMs = 65_535;

export type SampleContext = {
  readonly handle: number;
  readonly link: LinkState;
  readonly control: ControlOverlay;
  readonly positionDoubted: boolean;
  readonly batteryWh: number;
};

/** The aircraft as last heard, with the age of what is in it at this moment. */
export function sampleOf(state: AircraftState, context: SampleContext, tMs: number): AircraftSample {
  const age = (sinceMs: number): number => Math.max(0, Math.min(oldestAgeMs, tMs - sinceMs));
  return {
    handle: context.handle,
    ageMs: age(state.measuredMs),
    linkAgeMs: age(state.heartbeatMs),
    latDeg: state.latDeg,
    lonDeg: state.lonDeg,
    altAmslM: state.altAmslM,
    altAglM: undefined,
    velNorthMps: state.velNorthMps,
    velEastMps: state.velEastMps,
    velDownMps: state.velDownMps,
    headingDeg: state.headingDeg,
    rollDeg: state.rollDeg,
    pitchDeg: state.pitchDeg,
    gimbalPitchDeg: state.gimbalPitchDeg,
    gimbalYawDeg: state.gimbalYawDeg,
    hfovDeg: state.hfovDeg,
    batteryPct: state.batteryPct,
    batteryWh: (context.batteryWh * state.batteryPct) / 100,
    turnInS: undefined,
    homeInS: undefined,
    windNorthMps: state.windNorthMps,
    windEastMps: state.windEastMps,
    mode: state.mode,
    link: context.link,
    control: context.control,
    armed: state.armed,
    inAir: inAir(state),
    failsafe: inFailsafe(state),
    positionOk: !context.positionDoubted && tMs - state.positionMs < positionFreshMs,
    gimbalOk: tMs - state.gimbalMs < gimbalFreshMs,
    ...(state.batteryHeard ? {} : { batteryUnknown: true as const }),
    ...(state.preArmOk === undefined ? {} : { preArmOk: state.preArmOk }),
  };
}
