import { eulerOf } from "../air/index.js";
import { setMode } from "./mode-switch.js";
import { severity, type Vehicle } from "./vehicle.js";

/** CBRK_FLIGHTTERM at this value forbids termination: the factory setting. */
const breakerClosed = 121_212;
/** Cosine of a lean just under 60°, the least that FD_FAIL_R and FD_FAIL_P can be. */
const surelyLevel = 0.51;

/**
 * PX4's failure detector: a body that leans beyond FD_FAIL_R or FD_FAIL_P for its time is told, and its motors are
 * stopped where the circuit breaker allows that. With the factory setting it lies on its back with running motors.
 */
export function watchAttitude(v: Vehicle): void {
  if (!v.armed) {
    v.overSinceMs = undefined;
    v.overTold = false;
    return;
  }
  const s = v.plant.truth;
  // Most of a flight ends here: neither angle can be beyond the least limit there is (60°) in a body this level.
  if (1 - 2 * (s.qx * s.qx + s.qy * s.qy) > surelyLevel) {
    v.overSinceMs = undefined;
    return;
  }
  const { rollRad, pitchRad } = eulerOf(s);
  const { now } = v.params;
  const roll = beyond(rollRad, now.FD_FAIL_R);
  if (!roll && !beyond(pitchRad, now.FD_FAIL_P)) {
    v.overSinceMs = undefined;
    return;
  }
  v.overSinceMs ??= v.tMs;
  const waitS = roll ? now.FD_FAIL_R_TTRI : now.FD_FAIL_P_TTRI;
  if (v.overTold || v.tMs - v.overSinceMs < waitS * 1000) return;
  v.overTold = true;
  v.say(severity.critical, `Preflight Fail: Attitude failure (${roll ? "roll" : "pitch"})`);
  if (now.CBRK_FLIGHTTERM === breakerClosed || v.terminated) return;
  v.terminated = true;
  setMode(v, "termination");
}

function beyond(angleRad: number, limitDeg: number): boolean {
  return limitDeg > 0 && Math.abs(angleRad) > (limitDeg * Math.PI) / 180;
}
