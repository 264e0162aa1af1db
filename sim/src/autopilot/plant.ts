import type { AirState } from "../air/index.js";
import type { Trajectory } from "./trajectory.js";

/** What the guidance wants of the aircraft now. Heights and places are in the estimate's frame, not the truth's. */
export type PlantSetpoint = Trajectory & {
  /** `off` motors stopped; `idle` armed on the ground; `track` follow; `level` level body, climb rate only (no position). */
  kind: "off" | "idle" | "track" | "level";
  yawRad: number;
  /** MPC_XY_VEL_MAX: catching up with the set-point never asks for more over ground. */
  mostMps: number;
};

/** Estimate minus truth: what the controllers do not know they are wrong by. */
export type EstimateError = {
  northM: number;
  eastM: number;
  upM: number;
  northMps: number;
  eastMps: number;
  upMps: number;
};

/** The body being flown: physics, or its cheap kinematic stand-in. */
export type Plant = {
  /** The truth; the same shape for both kinds, so that cameras and scores do not care. */
  readonly truth: AirState;
  /** Fixed step of the plant, ms. */
  readonly stepMs: number;
  /** One fixed step. */
  step(setpoint: PlantSetpoint, error: EstimateError): void;
  /** How far the aircraft lags its set-point, level metres. */
  lagM(): number;
};

export function createSetpoint(): PlantSetpoint {
  return {
    kind: "off",
    northM: 0,
    eastM: 0,
    altAmslM: 0,
    northMps: 0,
    eastMps: 0,
    upMps: 0,
    northMps2: 0,
    eastMps2: 0,
    upMps2: 0,
    yawRad: 0,
    mostMps: 12,
  };
}

/** Shortest turn from `a` to `b`, radians. */
export function turnRad(a: number, b: number): number {
  const turn = (b - a) % (2 * Math.PI);
  return turn > Math.PI ? turn - 2 * Math.PI : turn < -Math.PI ? turn + 2 * Math.PI : turn;
}
