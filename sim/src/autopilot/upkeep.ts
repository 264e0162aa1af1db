import { chargeOf, nextNormal } from "../air/index.js";
import { disarm, setHome } from "./arming.js";
import { watchAttitude } from "./attitude-watch.js";
import { reportChecks } from "./health-report.js";
import { readRangefinder, reportHealth } from "./preflight.js";
import { severity, type Vehicle } from "./vehicle.js";

/** Reaction of the commander's link monitor on top of COM_DL_LOSS_T (recorded 12.2 to 12.3 s at 10 s). */
const linkReactionMs = 2250;
const readyAfterMs = 4500;
/** PX4's land detector calls a velocity set-point a descent from 1.1 times LNDMC_Z_VEL_MAX (0.25 m/s) on. */
const descentMps = 0.275;

/** What the vehicle watches all the time, each tick of `dtMs`: boot, battery, links, ground, automatic disarming. */
export function keepUp(v: Vehicle, dtMs: number): void {
  breakRotors(v);
  readRangefinder(v);
  watchAttitude(v);
  reportHealth(v);
  reportChecks(v);
  v.events.step(v);
  readBattery(v);
  watchLinks(v);
  if (!v.ready && v.tMs - v.bootMs >= readyAfterMs && v.estimate.positionValid) v.ready = true;
  if (v.ready && !v.armed && !v.estimate.positionValid) v.ready = false;
  if (!v.armed && v.estimate.positionValid && v.tMs % 2000 < dtMs) setHome(v);
  if (v.armed && v.tMs % 2000 < dtMs)
    v.homeJitterM = Math.max(-1.5, Math.min(1.5, 0.47 * nextNormal(v.estimate.random)));
  if (v.armed) watchGround(v);
}

function breakRotors(v: Vehicle): void {
  const s = v.plant.truth;
  const lost = v.faults.find(v.uid, "motor-loss")?.rotor;
  s.rotorHealth1 = lost === 1 ? 0 : 1;
  s.rotorHealth2 = lost === 2 ? 0 : 1;
  s.rotorHealth3 = lost === 3 ? 0 : 1;
  s.rotorHealth4 = lost === 4 ? 0 : 1;
}

function readBattery(v: Vehicle): void {
  const s = v.plant.truth;
  const sag = v.faults.find(v.uid, "battery-sag");
  s.batterySag = 0;
  const whole = chargeOf(v.type, s);
  if (sag !== undefined) s.batterySag = Math.max(0, whole - sag.toPct / 100);
  v.charge = Math.max(0, whole - s.batterySag);
}

function watchLinks(v: Vehicle): void {
  const limitMs = v.params.now.COM_DL_LOSS_T * 1000 + linkReactionMs;
  const lost = v.gcsSeenMs !== undefined && v.tMs - v.gcsSeenMs > limitMs;
  if (lost && !v.gcsLost) v.say(severity.warning, "Connection to ground control station lost", true);
  if (!lost && v.gcsLost) v.say(severity.info, "GCS connection regained", true);
  v.gcsLost = lost;
  const fresh = v.sticks !== undefined && v.tMs - v.sticks.atMs <= v.params.now.COM_RC_LOSS_T * 1000 + 200;
  if (!fresh && v.sticksValid) v.say(severity.critical, "Manual control lost", true);
  v.sticksValid = fresh;
  if (!fresh) v.sticks = undefined;
}

/**
 * Standing for three seconds while a descent is commanded is landed; then it disarms by itself. Without that command it
 * is never landed: what has crashed in Hold stays armed and "in the air" until somebody lands or stops it, as PX4 does.
 */
function watchGround(v: Vehicle): void {
  const s = v.plant.truth;
  const rests = s.inContact && Math.abs(s.upMps) < 0.3 && (v.guidance.takeoff.lifted ? sinks(v) : !climbs(v));
  if (!rests) v.restSinceMs = undefined;
  else v.restSinceMs ??= v.tMs;
  const rested = v.restSinceMs !== undefined && v.tMs - v.restSinceMs >= 3000;
  if (v.flown && rested && v.landed !== "onGround" && !v.terminated) {
    v.landed = "onGround";
    v.landedAtMs = v.tMs;
    v.say(severity.info, "Landing detected", true);
  }
  if (v.landed !== "onGround" || v.terminated) return;
  if (v.flown) {
    const waitS = v.params.now.COM_DISARM_LAND;
    if (waitS > 0 && v.tMs - v.landedAtMs >= waitS * 1000) disarm(v, "landing");
    return;
  }
  const waitS = v.params.now.COM_DISARM_PRFLT;
  const climbing = v.mode === "takeoff" || v.mode === "mission";
  if (waitS > 0 && !climbing && v.tMs - v.armedAtMs >= waitS * 1000) disarm(v, "auto preflight disarming");
}

function sinks(v: Vehicle): boolean {
  return v.trajectory.upMps <= -descentMps;
}

/** The thrust of a take-off still grows, or its set-point rises: one that is broken off before it lifts is landed. */
function climbs(v: Vehicle): boolean {
  return v.landed === "takeoff" || (v.setpoint.kind === "track" && v.trajectory.upMps > 0.15);
}
