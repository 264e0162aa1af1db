import type { HoldTask } from "./guidance.js";
import { turnRad } from "./plant.js";
import { type LevelLimits, steerClimb, steerHeight, steerTo, type VerticalLimits } from "./trajectory.js";
import type { Vehicle } from "./vehicle.js";

/** Limits of the present parameters, in one record of the vehicle that the next call writes again. */
export function levelLimits(v: Vehicle): LevelLimits {
  const { level } = v.limits;
  level.accMps2 = v.params.now.MPC_ACC_HOR;
  level.jerkMps3 = v.params.now.MPC_JERK_AUTO;
  return level;
}

/** As `levelLimits`. */
export function verticalLimits(v: Vehicle): VerticalLimits {
  const { vertical } = v.limits;
  vertical.upMps2 = v.params.now.MPC_ACC_UP_MAX * 0.75;
  vertical.downMps2 = v.params.now.MPC_ACC_DOWN_MAX;
  vertical.jerkMps3 = v.params.now.MPC_JERK_AUTO;
  return vertical;
}

/**
 * Below 1 the set-point waits for an aircraft that wind holds back (MPC_XY_ERR_MAX). Never for one that is ahead of it,
 * as after hard braking: that one waits for the set-point, and both would wait for ever.
 */
export function stretchOf(v: Vehicle): number {
  const { trajectory: t, estimate: e } = v;
  if ((t.northM - e.northM) * t.northMps + (t.eastM - e.eastM) * t.eastMps < 0) return 1;
  return Math.max(0, Math.min(1, 1 - (v.plant.lagM() - 1) / v.params.now.MPC_XY_ERR_MAX));
}

/** Puts the set-point onto the estimate: after take-off from the ground, or when a position came back. */
export function restartTrajectory(v: Vehicle): void {
  const { trajectory: t, estimate: e } = v;
  t.northM = e.northM;
  t.eastM = e.eastM;
  t.altAmslM = e.altAmslM;
  t.northMps = e.northMps;
  t.eastMps = e.eastMps;
  t.upMps = e.upMps;
  t.northMps2 = t.eastMps2 = t.upMps2 = 0;
}

/** Brakes and holds where it comes to rest. */
export function brakeAndHold(v: Vehicle): void {
  const { guidance: g, trajectory: t } = v;
  g.braking = true;
  // The height it can stop at; a climb or descent in progress ends there.
  g.hold = { northM: t.northM, eastM: t.eastM, altAmslM: t.altAmslM + t.upMps * 0.7, yawRad: undefined };
}

export function cruiseMps(v: Vehicle): number {
  return Math.min(v.params.now.MPC_XY_CRUISE, v.params.now.MPC_XY_VEL_MAX);
}

/** Flies set-point to a place and height, body turned to where it goes unless a heading is asked. */
export function flyTo(v: Vehicle, to: HoldTask, speedMps: number, dtS: number): number {
  const { trajectory: t } = v;
  const dn = to.northM - t.northM;
  const de = to.eastM - t.eastM;
  const distanceM = Math.sqrt(dn * dn + de * de);
  steerTo(t, to.northM, to.eastM, speedMps, levelLimits(v), dtS, stretchOf(v));
  steerHeight(t, to.altAmslM, v.params.now.MPC_Z_V_AUTO_UP, v.params.now.MPC_Z_V_AUTO_DN, verticalLimits(v), dtS);
  if (to.yawRad !== undefined) turnTo(v, to.yawRad, dtS);
  else if (distanceM > 3) turnTo(v, Math.atan2(de, dn), dtS);
  return distanceM;
}

/** Turns the body no faster than MPC_YAWRAUTO_MAX. */
export function turnTo(v: Vehicle, yawRad: number, dtS: number): void {
  const most = ((v.params.now.MPC_YAWRAUTO_MAX * Math.PI) / 180) * dtS;
  const turn = turnRad(v.guidance.yawRad, yawRad);
  v.guidance.yawRad += Math.max(-most, Math.min(most, turn));
}

/** Sink rate of a landing: MPC_Z_V_AUTO_DN down to MPC_LAND_ALT1, falling to MPC_LAND_SPEED at MPC_LAND_ALT2. */
export function landingSink(v: Vehicle): number {
  const { params } = v;
  const heightM = v.estimate.altAmslM - landingGroundAmslM(v);
  const high = params.now.MPC_LAND_ALT1;
  const low = params.now.MPC_LAND_ALT2;
  const fast = params.now.MPC_Z_V_AUTO_DN;
  const slow = params.now.MPC_LAND_SPEED;
  if (v.rangefinderM !== undefined && heightM <= params.now.MPC_LAND_ALT3) return params.now.MPC_LAND_CRWL;
  if (heightM >= high) return fast;
  if (heightM <= low) return slow;
  return slow + ((fast - slow) * (heightM - low)) / (high - low);
}

/** Without a distance sensor it takes the ground for as high as home: on a roof it touches down too fast. */
function landingGroundAmslM(v: Vehicle): number {
  return v.rangefinderM === undefined
    ? (v.home?.altAmslM ?? v.plant.truth.groundAmslM)
    : v.estimate.altAmslM - v.rangefinderM;
}

export function runLand(v: Vehicle, dtS: number): void {
  steerTo(v.trajectory, v.guidance.land.northM, v.guidance.land.eastM, cruiseMps(v), levelLimits(v), dtS, stretchOf(v));
  sink(v, landingSink(v), dtS);
}

/** Keeps the set-point from running away underground once the legs stand. */
export function sink(v: Vehicle, sinkMps: number, dtS: number): void {
  steerClimb(v.trajectory, -sinkMps, verticalLimits(v), dtS);
  v.trajectory.altAmslM = Math.max(v.trajectory.altAmslM, v.estimate.altAmslM - 1.5);
}
