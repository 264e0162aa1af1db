import { cruiseMps, levelLimits, restartTrajectory, stretchOf, verticalLimits } from "./steering.js";
import { steerHeight, steerTo } from "./trajectory.js";
import { severity, type Vehicle } from "./vehicle.js";
import { wish } from "./wish.js";

/** Share of the thrust ramp after which the take-off is told (recorded 0.8 s at MPC_TKO_SPEED 1.5, 0.45 s at 3). */
const toldAtShare = 0.28;

/** Spool-up and thrust ramp on the ground, then a climb that is slow below ten metres and at its end. */
export function runTakeoff(v: Vehicle, dtS: number): boolean {
  const { guidance: g, trajectory: t, params } = v;
  const task = g.takeoff;
  const target = task.altAmslM ?? task.groundAmslM + params.now.MIS_TAKEOFF_ALT;
  const climbMps = params.now.MPC_TKO_SPEED;
  if (!task.lifted) {
    const since = v.tMs - Math.max(task.startedMs, v.armedAtMs + params.now.COM_SPOOLUP_TIME * 1000);
    const rampS = Math.min(3, Math.max(1.2, 4.35 / climbMps)) * (params.now.MPC_TKO_RAMP_T / 3);
    restartTrajectory(v);
    if (since >= rampS * toldAtShare * 1000) tellTakeoff(v);
    if (since < rampS * 1000) {
      v.setpoint.kind = "idle";
      return false;
    }
    task.lifted = true;
    task.startedMs = v.tMs;
    t.northMps = t.eastMps = t.upMps = 0;
  }
  const flownS = (v.tMs - task.startedMs) / 1000;
  const heightM = t.altAmslM - task.groundAmslM;
  const fast = params.now.MPC_Z_V_AUTO_UP;
  const upMps = heightM < params.now.MPC_LAND_ALT1 ? Math.min(climbMps, 0.1 + 0.37 * climbMps * flownS) : fast;
  steerTo(t, task.northM, task.eastM, cruiseMps(v), levelLimits(v), dtS, stretchOf(v));
  steerHeight(t, target, Math.min(upMps, fast), params.now.MPC_Z_V_AUTO_DN, verticalLimits(v), dtS);
  tellTakeoff(v);
  if (Math.abs(v.estimate.altAmslM - target) > params.now.NAV_MC_ALT_RAD) return false;
  if (v.mode === "takeoff") endTakeoff(v, target);
  return true;
}

/** Told while the thrust still grows: the legs stand on the ground for two seconds more. */
function tellTakeoff(v: Vehicle): void {
  if (v.landed !== "onGround") return;
  v.landed = "takeoff";
  v.flown = true;
  v.say(severity.info, "Takeoff detected", true);
}

function endTakeoff(v: Vehicle, altAmslM: number): void {
  const { takeoff } = v.guidance;
  v.guidance.hold = { northM: takeoff.northM, eastM: takeoff.eastM, altAmslM, yawRad: undefined };
  v.guidance.braking = false;
  v.guidance.holdSpeedMps = v.guidance.gotoSpeedMps = undefined;
  v.mode = "loiter";
  if (v.userMode === "takeoff") wish(v, "loiter");
  v.landed = "inAir";
}
