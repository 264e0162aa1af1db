import type { AircraftType } from "./aircraft-type.js";
import { touchGround } from "./contact.js";
import type { AirEnvironment } from "./environment.js";
import { fly, gravityMps2, thrustOf } from "./flight.js";
import { drainBattery, rotorPowerW } from "./power.js";
import type { AirState } from "./state.js";
import { refreshAir } from "./wind.js";

/** The physics runs at 250 Hz: PX4's simulator link wants exactly this step. */
export const airStepS = 0.004;
/** Wind, density, power and battery are refreshed every tenth step. */
export const slowEvery = 10;

/** Commanded thrust fraction of each rotor, 0…1, in PX4's motor order. */
export type RotorControls = { r1: number; r2: number; r3: number; r4: number };

/**
 * Advances one aircraft by `dtS` (4 ms): rotor lag and saturation, thrust and torque, drag in moving air, ground
 * contact, battery. Semi-implicit Euler; deterministic; mutates `s`. A parked aircraft costs next to nothing.
 */
export function stepAir(type: AircraftType, s: AirState, u: RotorControls, env: AirEnvironment, dtS: number): void {
  s.tS += dtS;
  if (--s.stepsToSlow <= 0) {
    s.stepsToSlow = slowEvery;
    refreshAirAndPower(type, s, env, dtS * slowEvery);
  }
  lagRotors(type, s, u, dtS);
  if (s.inContact && s.rotor1 + s.rotor2 + s.rotor3 + s.rotor4 < 0.02 && isStill(s)) {
    rest(s);
    return;
  }
  const heightM = s.altAmslM - s.groundAmslM;
  if (heightM > 2) {
    s.inContact = false;
    fly(type, s, dtS);
  } else {
    s.groundAmslM = env.groundAmslM(s.eastM, s.northM);
    touchGround(type, s, dtS);
  }
}

/** Wind, air, rotor power and battery of one aircraft over `dtS`. */
export function refreshAirAndPower(type: AircraftType, s: AirState, env: AirEnvironment, dtS: number): void {
  refreshAir(s, env, dtS);
  const north = s.northMps - s.windNorthMps;
  const east = s.eastMps - s.windEastMps;
  const up = s.upMps - s.windUpMps;
  const levelSq = north * north + east * east;
  const thrustN = thrustOf(type, s) * (s.rotor1 + s.rotor2 + s.rotor3 + s.rotor4);
  // Body down axis in the world: its level part is what tilts the disc into the wind.
  const downNorth = 2 * (s.qx * s.qz + s.qw * s.qy);
  const downEast = 2 * (s.qy * s.qz - s.qw * s.qx);
  const cosTilt = 1 - 2 * (s.qx * s.qx + s.qy * s.qy);
  const axial = up * cosTilt - (north * downNorth + east * downEast);
  const edge = Math.sqrt(Math.max(0, levelSq + up * up - axial * axial));
  s.powerW = rotorPowerW(type, s, thrustN, edge, axial);
  drainBattery(type, s, env.temperatureC, dtS);
}

function lagRotors(type: AircraftType, s: AirState, u: RotorControls, dtS: number): void {
  const up = dtS / (type.motorUpS + dtS);
  const down = dtS / (type.motorDownS + dtS);
  s.rotor1 = lag(s.rotor1, u.r1 * s.rotorHealth1, up, down);
  s.rotor2 = lag(s.rotor2, u.r2 * s.rotorHealth2, up, down);
  s.rotor3 = lag(s.rotor3, u.r3 * s.rotorHealth3, up, down);
  s.rotor4 = lag(s.rotor4, u.r4 * s.rotorHealth4, up, down);
}

function lag(now: number, wanted: number, up: number, down: number): number {
  const bounded = Math.max(0, Math.min(1, wanted));
  return now + (bounded - now) * (bounded > now ? up : down);
}

function isStill(s: AirState): boolean {
  const speedSq = s.northMps * s.northMps + s.eastMps * s.eastMps + s.upMps * s.upMps;
  const spin = s.rollRateRps * s.rollRateRps + s.pitchRateRps * s.pitchRateRps + s.yawRateRps * s.yawRateRps;
  return speedSq < 0.0025 && spin < 0.01;
}

function rest(s: AirState): void {
  s.northMps = s.eastMps = s.upMps = 0;
  s.rollRateRps = s.pitchRateRps = s.yawRateRps = 0;
  s.forceNorthMps2 = s.forceEastMps2 = 0;
  s.forceUpMps2 = gravityMps2;
}
