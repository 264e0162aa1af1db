import type { AnyMessageInit } from "@outrider/mavlink";
import type { AircraftType } from "../air/index.js";
import type { FaultSet } from "../faults/index.js";
import type { Camera } from "./camera.js";
import type { Estimate } from "./estimate.js";
import type { EventLog } from "./event-log.js";
import type { SentEvent } from "./event-table.js";
import type { Failsafe } from "./failsafe.js";
import type { FenceState } from "./fence.js";
import type { FlightLogs } from "./flight-log.js";
import type { Gimbal } from "./gimbal.js";
import type { Guidance } from "./guidance.js";
import type { HealthReport } from "./health-report.js";
import type { FlightMode } from "./modes.js";
import type { ParamStore } from "./params.js";
import type { PlanStore } from "./plan-store.js";
import type { Plant, PlantSetpoint } from "./plant.js";
import type { Trajectory, TrajectoryLimits } from "./trajectory.js";
import type { AutopilotWorld } from "./world.js";

/** EXTENDED_SYS_STATE.landed_state. */
export type Landed = "onGround" | "inAir" | "takeoff" | "landing";

export type Home = { northM: number; eastM: number; altAmslM: number; latDeg: number; lonDeg: number };

/** Sticks as MANUAL_CONTROL gives them, −1…1 (throttle 0…1). */
export type Sticks = { pitch: number; roll: number; throttle: number; yaw: number; atMs: number };

/** Everything one vehicle is. Its rooms are functions over this record; only they write it. */
export type Vehicle = {
  readonly uid: string;
  readonly uid2: Uint8Array;
  readonly sysid: number;
  readonly seed: number;
  readonly type: AircraftType;
  readonly world: AutopilotWorld;
  readonly faults: FaultSet;
  readonly params: ParamStore;
  readonly plant: Plant;
  readonly estimate: Estimate;
  readonly trajectory: Trajectory;
  readonly limits: TrajectoryLimits;
  readonly setpoint: PlantSetpoint;
  readonly guidance: Guidance;
  readonly failsafe: Failsafe;
  readonly fence: FenceState;
  readonly plans: PlanStore;
  readonly gimbal: Gimbal;
  readonly camera: Camera;
  readonly logs: FlightLogs;
  readonly events: EventLog;
  readonly health: HealthReport;
  /** Run time now, and at power-up. */
  tMs: number;
  readonly bootMs: number;
  armed: boolean;
  armedAtMs: number;
  /** True once it left the ground since arming. */
  flown: boolean;
  mode: FlightMode;
  /** What the user asked for last; differs from `mode` in a failsafe and after a mode ended by itself. */
  userMode: FlightMode;
  /** The last mode asked for in which it could arm: what it falls back to when it disarms. */
  restMode: FlightMode;
  landed: Landed;
  restSinceMs: number | undefined;
  landedAtMs: number;
  home: Home | undefined;
  /** Wandering correction of the home height, which makes relative altitude noisy in flight. */
  homeJitterM: number;
  ready: boolean;
  /** Distance to the ground below, where a sensor is fitted (SYS_HAS_NUM_DIST) and sees it. */
  rangefinderM: number | undefined;
  /** The last health report on the ground, so that it is told once. */
  healthTold: string;
  /** Since when it leans more than the failure detector allows, run time. */
  overSinceMs: number | undefined;
  /** The failure detector has tripped since arming. */
  overTold: boolean;
  /** Last heartbeat of any ground station, run time. */
  gcsSeenMs: number | undefined;
  gcsLost: boolean;
  sticks: Sticks | undefined;
  sticksValid: boolean;
  terminated: boolean;
  /** Charge as the vehicle sees it, 0…1. */
  charge: number;
  /** What leaves on the link, in order. */
  readonly emit: (message: AnyMessageInit, compid?: number) => void;
  /** STATUSTEXT; where PX4 tells the same by an EVENT, that too, and a trailing tab. `true`: the event of these words. */
  readonly say: (severity: number, text: string, alsoEvent?: true | SentEvent | undefined) => void;
};

/** Age since power-up as the vehicle's own clock shows it. */
export function bootTimeMs(v: Vehicle): number {
  const skew = v.faults.find(v.uid, "clock-skew");
  return Math.max(0, Math.round(v.tMs - v.bootMs + (skew?.skewMs ?? 0)));
}

/** Unix time as the vehicle's own clock shows it. */
export function unixTimeMs(v: Vehicle): number {
  return v.world.epochUnixMs + v.tMs + (v.faults.find(v.uid, "clock-skew")?.skewMs ?? 0);
}

export const severity = { emergency: 0, critical: 2, warning: 4, info: 6 } as const;
