import type { AircraftMode, GeoPoint } from "@outrider/contract";
import type { ClockEstimate } from "../timesync/index.js";

/** What is known of one aircraft, as last heard. Mutable on purpose: it changes hundreds of times a second. */
export type AircraftState = {
  heardMs: number;
  /** Last frame of the autopilot component; other components prove nothing about it. */
  autopilotMs: number;
  heartbeatMs: number;
  previousHeartbeatMs: number;
  positionMs: number;
  /** When that position was measured, by our clock: earlier than it arrived by the delay of the link. */
  measuredMs: number;
  /** Its clock against ours, where it answers TIMESYNC. */
  clock: ClockEstimate | undefined;
  /** Last HIGH_LATENCY2, which replaces the heartbeat on a link by satellite. */
  lowRateMs: number;
  bootMs: number;
  latDeg: number;
  lonDeg: number;
  altAmslM: number;
  velNorthMps: number;
  velEastMps: number;
  velDownMps: number;
  headingDeg: number;
  rollDeg: number;
  pitchDeg: number;
  /** Since when it has been tilted further than any flight needs. */
  tiltedSinceMs: number | undefined;
  /** It has been on its side or its back for longer than a gust explains, since it was armed. */
  tumbled: boolean;
  batteryPct: number;
  /** False until the aircraft has said it once: an empty battery and an unheard one must not look alike. */
  batteryHeard: boolean;
  gimbalMs: number;
  gimbalPitchDeg: number;
  gimbalYawDeg: number;
  hfovDeg: number;
  windNorthMps: number;
  windEastMps: number;
  customMode: number;
  intendedMode: number;
  mode: AircraftMode;
  systemStatus: number;
  /** Its own pre-arm check; undefined until it reports one. */
  preArmOk: boolean | undefined;
  armed: boolean;
  landedState: number;
  /** When that was last said. */
  landedStateMs: number;
  /** AMSL of home at arming: relative_alt wanders by metres, this does not. */
  homeAltAmslM: number | undefined;
  armedHomeAltAmslM: number | undefined;
  home: GeoPoint | undefined;
  gnss: { tMs: number; latDeg: number; lonDeg: number; hAccM: number; fixType: number } | undefined;
  /** A second receiver, where one is aboard. */
  gnss2: AircraftState["gnss"];
  estimator: { tMs: number; posRatio: number; velRatio: number; flags: number } | undefined;
  /** Where it says that it is going (POSITION_TARGET_GLOBAL_INT). */
  target: { tMs: number; latDeg: number; lonDeg: number; altAmslM: number } | undefined;
  missionIds: { mission: number; fence: number; rally: number } | undefined;
};

const never = Number.NEGATIVE_INFINITY;

export function newAircraftState(): AircraftState {
  return {
    heardMs: never,
    autopilotMs: never,
    heartbeatMs: never,
    previousHeartbeatMs: never,
    positionMs: never,
    measuredMs: never,
    clock: undefined,
    lowRateMs: never,
    bootMs: 0,
    latDeg: 0,
    lonDeg: 0,
    altAmslM: 0,
    velNorthMps: 0,
    velEastMps: 0,
    velDownMps: 0,
    headingDeg: 0,
    rollDeg: 0,
    pitchDeg: 0,
    tiltedSinceMs: undefined,
    tumbled: false,
    batteryPct: 0,
    batteryHeard: false,
    gimbalMs: never,
    gimbalPitchDeg: 0,
    gimbalYawDeg: 0,
    hfovDeg: 0,
    windNorthMps: 0,
    windEastMps: 0,
    customMode: 0,
    intendedMode: 0,
    mode: "unknown",
    systemStatus: 0,
    preArmOk: undefined,
    armed: false,
    landedState: 0,
    landedStateMs: never,
    homeAltAmslM: undefined,
    armedHomeAltAmslM: undefined,
    home: undefined,
    gnss: undefined,
    gnss2: undefined,
    estimator: undefined,
    target: undefined,
    missionIds: undefined,
  };
}

export const inAir = (state: AircraftState): boolean => state.landedState >= 2 && state.landedState <= 4;

/** PX4 leans to 46° in a storm; beyond this it is falling. */
export const tumbleDeg = 75;
/** A quad with a dead rotor turns over twice in a second: so long it is past that angle each time. */
export const tumbleMs = 200;

/**
 * Falling, or fallen: PX4 with a dead rotor goes on saying Hold and ACTIVE, turns through the upright twice a second,
 * and may come to lie on its feet. So it stands until the motors are off: what lost its attitude once is no more trusted.
 */
export const tumbling = (state: AircraftState): boolean => state.armed && state.tumbled;

/** The autopilot flies on its own judgement: CRITICAL, EMERGENCY or terminated, while it could hurt somebody. */
export const inFailsafe = (state: AircraftState): boolean =>
  tumbling(state) ||
  ((state.armed || inAir(state)) && (state.systemStatus === 5 || state.systemStatus === 6 || state.systemStatus === 8));

/** Height over home, from AMSL minus home at arming. */
export const altAboveHomeM = (state: AircraftState): number | undefined =>
  state.armedHomeAltAmslM === undefined ? undefined : state.altAmslM - state.armedHomeAltAmslM;
