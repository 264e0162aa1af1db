import { assertNever } from "@outrider/contract";
import { runMission } from "./mission-run.js";
import { type OrbitTask, runOrbit } from "./orbit.js";
import { runPosition } from "./position-hold.js";
import { type ReturnTask, runReturn } from "./return-home.js";
import { cruiseMps, flyTo, levelLimits, restartTrajectory, runLand, stretchOf, verticalLimits } from "./steering.js";
import { runTakeoff } from "./takeoff.js";
import { steerClimb, steerHeight, steerVelocity } from "./trajectory.js";
import type { Vehicle } from "./vehicle.js";

/** A place to hold or fly to. */
export type HoldTask = { northM: number; eastM: number; altAmslM: number; yawRad: number | undefined };
export type TakeoffTask = {
  altAmslM: number | undefined;
  northM: number;
  eastM: number;
  startedMs: number;
  groundAmslM: number;
  lifted: boolean;
};
export type MissionTask = {
  seq: number;
  state: "idle" | "active" | "paused" | "complete";
  itemSinceMs: number;
  itemStarted: boolean;
  speedMps: number | undefined;
  reachedSeq: number | undefined;
  reachedAtMs: number;
};

/** What the vehicle is doing, beyond its mode. */
export type Guidance = {
  hold: HoldTask;
  /** Braking to a stop before holding. */
  braking: boolean;
  /** Speed of gotos in Hold as DO_CHANGE_SPEED set it; undefined is MPC_XY_CRUISE. */
  holdSpeedMps: number | undefined;
  /** Speed that the present goto carries; it counts for that one alone. */
  gotoSpeedMps: number | undefined;
  takeoff: TakeoffTask;
  orbit: OrbitTask;
  home: ReturnTask;
  land: { northM: number; eastM: number };
  mission: MissionTask;
  yawRad: number;
};

export function createGuidance(yawRad: number): Guidance {
  return {
    hold: { northM: 0, eastM: 0, altAmslM: 0, yawRad: undefined },
    braking: false,
    holdSpeedMps: undefined,
    gotoSpeedMps: undefined,
    takeoff: { altAmslM: undefined, northM: 0, eastM: 0, startedMs: 0, groundAmslM: 0, lifted: false },
    orbit: {
      northM: 0,
      eastM: 0,
      altAmslM: 0,
      radiusM: 60,
      speedMps: 5,
      clockwise: true,
      yawMode: 0,
      joined: false,
      angleRad: 0,
      rateMps: 0,
    },
    home: { phase: "climb", northM: 0, eastM: 0, altAmslM: 0, returnAltAmslM: 0, sinceMs: 0 },
    land: { northM: 0, eastM: 0 },
    mission: {
      seq: 0,
      state: "idle",
      itemSinceMs: 0,
      itemStarted: false,
      speedMps: undefined,
      reachedSeq: undefined,
      reachedAtMs: 0,
    },
    yawRad,
  };
}

/** One 20 ms tick: moves the set-point by the present mode. */
export function guide(v: Vehicle, dtS: number): void {
  const sp = v.setpoint;
  if (!v.armed || v.terminated) {
    sp.kind = "off";
    restartTrajectory(v);
    return;
  }
  if (v.landed === "onGround" && v.mode !== "takeoff" && v.mode !== "mission") {
    sp.kind = "idle";
    restartTrajectory(v);
    return;
  }
  sp.kind = "track";
  runMode(v, dtS);
  const t = v.trajectory;
  sp.northM = t.northM;
  sp.eastM = t.eastM;
  sp.altAmslM = t.altAmslM;
  sp.northMps = t.northMps;
  sp.eastMps = t.eastMps;
  sp.upMps = t.upMps;
  sp.northMps2 = t.northMps2;
  sp.eastMps2 = t.eastMps2;
  sp.upMps2 = t.upMps2;
  sp.yawRad = v.guidance.yawRad;
  sp.mostMps = v.params.now.MPC_XY_VEL_MAX;
}

function runMode(v: Vehicle, dtS: number): void {
  switch (v.mode) {
    case "takeoff":
      runTakeoff(v, dtS);
      return;
    case "loiter":
    case "follow":
    case "offboard":
      return runHold(v, dtS);
    case "manual":
    case "altctl":
    case "posctl":
      return runPosition(v, dtS);
    case "orbit":
      return runOrbit(v, dtS);
    case "mission":
      return runMission(v, dtS);
    case "rtl":
      return runReturn(v, dtS);
    case "land":
      return runLand(v, dtS);
    case "descend":
      return runDescend(v, dtS);
    case "termination":
      v.setpoint.kind = "off";
      return;
    default:
      return assertNever(v.mode);
  }
}

function runHold(v: Vehicle, dtS: number): void {
  const { guidance: g, trajectory: t } = v;
  if (!g.braking) {
    flyTo(v, g.hold, Math.min(g.gotoSpeedMps ?? g.holdSpeedMps ?? cruiseMps(v), v.params.now.MPC_XY_VEL_MAX), dtS);
    return;
  }
  steerVelocity(t, 0, 0, levelLimits(v), dtS, stretchOf(v));
  steerHeight(t, g.hold.altAmslM, v.params.now.MPC_Z_V_AUTO_UP, v.params.now.MPC_Z_V_AUTO_DN, verticalLimits(v), dtS);
  if (t.northMps * t.northMps + t.eastMps * t.eastMps < 0.01) {
    g.braking = false;
    g.hold.northM = t.northM;
    g.hold.eastM = t.eastM;
  }
}

/** No position: level body, drifting with the wind, sinking 0.7 m/s. */
function runDescend(v: Vehicle, dtS: number): void {
  restartTrajectoryLevel(v);
  steerClimb(v.trajectory, -0.7, verticalLimits(v), dtS);
  v.setpoint.kind = "level";
}

function restartTrajectoryLevel(v: Vehicle): void {
  const { trajectory: t, estimate: e } = v;
  t.northM = e.northM;
  t.eastM = e.eastM;
  t.northMps = e.northMps;
  t.eastMps = e.eastMps;
  t.northMps2 = t.eastMps2 = 0;
  t.altAmslM = e.altAmslM;
}
