import { batteryLevel } from "./failsafe.js";
import { setMode } from "./mode-switch.js";
import { forbidsArming } from "./modes.js";
import { severity, unixTimeMs, type Vehicle } from "./vehicle.js";

/** Why arming is refused now, in the words of a preflight check; undefined when it may arm. */
export function armFault(v: Vehicle): string | undefined {
  if (v.terminated) return "Preflight Fail: Flight termination active";
  if (!v.ready || !v.estimate.positionValid || v.estimate.gps.fix === 0) return "";
  if (forbidsArming(v.mode)) return "";
  if (v.params.now.NAV_DLL_ACT > 0 && (v.gcsLost || v.gcsSeenMs === undefined)) return "";
  const least = v.params.now.COM_ARM_BAT_MIN;
  if (least > 0 && v.charge < least) return "Preflight Fail: Low battery";
  if (batteryLevel(v) >= 2) return "Preflight Fail: Critical battery";
  if (v.fence.breached !== "none") return "Preflight Fail: Geofence violation";
  const s = v.plant.truth;
  if (s.impactMps > 3) return "Preflight Fail: Attitude failure (roll)";
  return undefined;
}

/** Arms; false with the STATUSTEXTs of a refusal. Forcing changes nothing here: a real one refuses that too. */
export function arm(v: Vehicle): boolean {
  if (v.armed) return true;
  const fault = armFault(v);
  if (fault !== undefined) {
    if (fault !== "") v.say(severity.critical, fault);
    v.say(severity.critical, "Arming denied: Resolve system health failures first", true);
    return false;
  }
  v.armed = true;
  v.logs.begin(unixTimeMs(v), v.tMs, v.params.all);
  v.armedAtMs = v.tMs;
  v.flown = false;
  v.landed = "onGround";
  setHome(v);
  v.say(severity.info, "Armed by external command", true);
  if (v.mode === "takeoff" || v.mode === "mission") setMode(v, v.mode);
  return true;
}

export function disarm(v: Vehicle, how: "external command" | "landing" | "auto preflight disarming"): void {
  v.armed = false;
  v.flown = false;
  v.landed = "onGround";
  v.failsafe.active = undefined;
  v.failsafe.phase = "none";
  v.failsafe.takenOver.clear();
  v.guidance.takeoff.altAmslM = undefined;
  v.guidance.holdSpeedMps = v.guidance.gotoSpeedMps = undefined;
  if (v.guidance.mission.state === "active") v.guidance.mission.state = "paused";
  if (!v.terminated) {
    v.userMode = v.restMode;
    v.mode = v.restMode;
  }
  v.say(severity.info, `Disarmed by ${how}`, true);
  v.logs.end();
}

/** Home is where it arms, as the estimate sees it. */
export function setHome(v: Vehicle): void {
  const { northM, eastM, altAmslM } = v.estimate;
  const { latDeg, lonDeg } = v.world.frame.toGeo({ northM, eastM });
  v.home = { northM, eastM, altAmslM, latDeg, lonDeg };
  v.homeJitterM = 0;
}
