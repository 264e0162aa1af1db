import type { AircraftType } from "./aircraft-type.js";
import { type RandomState, seedRandom } from "./random.js";

/**
 * The whole truth about one aircraft in the air. Plain numbers in one flat object: the step mutates it in place, and
 * a structured copy of it is a snapshot. Local frame: metres east and north of the world's origin, height AMSL;
 * velocities north, east, up over ground; body axes forward, right, down; quaternion body to north-east-down.
 */
export type AirState = {
  tS: number;
  northM: number;
  eastM: number;
  altAmslM: number;
  northMps: number;
  eastMps: number;
  upMps: number;
  qw: number;
  qx: number;
  qy: number;
  qz: number;
  rollRateRps: number;
  pitchRateRps: number;
  yawRateRps: number;
  /** Thrust fraction of each rotor after lag. */
  rotor1: number;
  rotor2: number;
  rotor3: number;
  rotor4: number;
  /** 1 whole, 0 lost. */
  rotorHealth1: number;
  rotorHealth2: number;
  rotorHealth3: number;
  rotorHealth4: number;
  windNorthMps: number;
  windEastMps: number;
  windUpMps: number;
  gustNorthMps: number;
  gustEastMps: number;
  gustUpMps: number;
  meanNorthMps: number;
  meanEastMps: number;
  gustSigmaMps: number;
  gustLengthM: number;
  densityKgM3: number;
  /** Ground below, refreshed every 40 ms in flight and every step near it. */
  groundAmslM: number;
  inContact: boolean;
  /** Fastest sink at first touch of the last contact: above about 3 m/s something broke. */
  impactMps: number;
  /** Specific force (acceleration without gravity) in the world's axes: what an accelerometer feels. */
  forceNorthMps2: number;
  forceEastMps2: number;
  forceUpMps2: number;
  inducedMps: number;
  powerW: number;
  usedWh: number;
  /** Reversible loss of usable charge, fraction of the pack. */
  batterySag: number;
  cellC: number;
  voltageV: number;
  currentA: number;
  stepsToSlow: number;
  refreshesToClimate: number;
  gusts: RandomState;
};

/** An aircraft standing level at a place, heading `yawRad`, with a full battery. */
export function createAirState(
  type: AircraftType,
  at: { eastM: number; northM: number; groundAmslM: number; yawRad?: number; cellC?: number },
  seed: number,
): AirState {
  const yawRad = at.yawRad ?? 0;
  return {
    tS: 0,
    northM: at.northM,
    eastM: at.eastM,
    altAmslM: at.groundAmslM + type.legM,
    northMps: 0,
    eastMps: 0,
    upMps: 0,
    qw: Math.cos(yawRad / 2),
    qx: 0,
    qy: 0,
    qz: Math.sin(yawRad / 2),
    rollRateRps: 0,
    pitchRateRps: 0,
    yawRateRps: 0,
    rotor1: 0,
    rotor2: 0,
    rotor3: 0,
    rotor4: 0,
    rotorHealth1: 1,
    rotorHealth2: 1,
    rotorHealth3: 1,
    rotorHealth4: 1,
    windNorthMps: 0,
    windEastMps: 0,
    windUpMps: 0,
    gustNorthMps: 0,
    gustEastMps: 0,
    gustUpMps: 0,
    meanNorthMps: 0,
    meanEastMps: 0,
    gustSigmaMps: 0,
    gustLengthM: 50,
    densityKgM3: 1.225,
    groundAmslM: at.groundAmslM,
    inContact: true,
    impactMps: 0,
    forceNorthMps2: 0,
    forceEastMps2: 0,
    forceUpMps2: 9.80665,
    inducedMps: 5.4,
    powerW: type.avionicsPowerW,
    usedWh: 0,
    batterySag: 0,
    cellC: at.cellC ?? 25,
    voltageV: type.batteryCells * 4.2,
    currentA: 0,
    stepsToSlow: 0,
    refreshesToClimate: 0,
    gusts: seedRandom(seed, 11),
  };
}

export type Euler = { rollRad: number; pitchRad: number; yawRad: number };

/** Roll, pitch, yaw (aerospace order) of the body. */
export function eulerOf(s: AirState): Euler {
  const { qw, qx, qy, qz } = s;
  const sinPitch = Math.max(-1, Math.min(1, 2 * (qw * qy - qz * qx)));
  return {
    rollRad: Math.atan2(2 * (qw * qx + qy * qz), 1 - 2 * (qx * qx + qy * qy)),
    pitchRad: Math.asin(sinPitch),
    yawRad: Math.atan2(2 * (qw * qz + qx * qy), 1 - 2 * (qy * qy + qz * qz)),
  };
}
