import { modeRefused, pilotTookOver } from "./event-table.js";
import { missionBreach } from "./fence.js";
import { startMission } from "./mission-run.js";
import { customModeOf, type FlightMode, modeLabel, navigationModeOf, needsPosition } from "./modes.js";
import { startReturn } from "./return-home.js";
import { brakeAndHold } from "./steering.js";
import { severity, type Vehicle } from "./vehicle.js";
import { wish } from "./wish.js";

/** Puts the vehicle into a mode and prepares what that mode flies. Checks nothing: see `requestMode`. */
export function setMode(v: Vehicle, mode: FlightMode): void {
  const was = v.mode;
  v.mode = mode;
  if (!v.armed) return;
  const { guidance: g, trajectory: t } = v;
  if (was === "mission" && mode !== "mission" && g.mission.state === "active") g.mission.state = "paused";
  if (v.landed !== "onGround" && mode !== "takeoff") v.landed = "inAir";
  if (mode === "loiter" || mode === "posctl" || mode === "altctl" || mode === "manual" || mode === "follow") {
    brakeAndHold(v);
    g.gotoSpeedMps = undefined;
    if (was !== "loiter") g.holdSpeedMps = undefined;
  } else if (mode === "takeoff") enterTakeoff(v);
  else if (mode === "rtl") startReturn(v);
  else if (mode === "mission") startMission(v);
  else if (mode === "land") {
    // Stops first, as far ahead as its speed takes it.
    g.land = { northM: t.northM + t.northMps * 0.8, eastM: t.eastM + t.eastMps * 0.8 };
    if (v.landed === "inAir") v.landed = "landing";
  }
}

function enterTakeoff(v: Vehicle): void {
  const { takeoff } = v.guidance;
  const { estimate: e } = v;
  const flying = v.landed !== "onGround";
  takeoff.startedMs = v.tMs;
  takeoff.northM = flying ? v.trajectory.northM : e.northM;
  takeoff.eastM = flying ? v.trajectory.eastM : e.eastM;
  takeoff.groundAmslM = flying ? (v.home?.altAmslM ?? v.plant.truth.groundAmslM) : e.altAmslM;
  takeoff.lifted = flying;
  if (flying) v.landed = "inAir";
  if (takeoff.altAmslM === undefined) {
    const height = v.params.now.MIS_TAKEOFF_ALT;
    v.say(severity.info, `Using default takeoff altitude: ${height.toFixed(1)} m`, true);
  } else if (flying && takeoff.altAmslM < e.altAmslM) {
    v.say(severity.critical, "Already higher than takeoff altitude", true);
    v.mode = "loiter";
    wish(v, "loiter");
    brakeAndHold(v);
  }
}

/** True while AUTO.MISSION could be flown. */
export function missionReady(v: Vehicle): boolean {
  return v.plans.items("mission").length > 0 && missionBreach(v) === undefined;
}

/** What a user's wish for a mode meets: undefined when it may be. */
function modeFault(v: Vehicle, mode: FlightMode): string | undefined {
  const sticksNeeded = mode === "posctl" || mode === "altctl" || mode === "manual";
  if (sticksNeeded && v.armed && !v.sticksValid) return "no sticks";
  if (mode === "offboard") return "no set-points";
  if (v.armed && needsPosition(mode) && !v.estimate.positionValid) return "no position";
  if (mode === "mission" && v.armed && !missionReady(v)) return "no mission";
  return undefined;
}

/** A user's change of mode (DO_SET_MODE, commands that imply one). False when refused, with the STATUSTEXT. */
export function requestMode(v: Vehicle, mode: FlightMode): boolean {
  if (v.terminated) return false;
  if (modeFault(v, mode) !== undefined) {
    v.say(
      severity.critical,
      `Switching to ${modeLabel(mode)} is currently not available`,
      modeRefused(customModeOf(mode), navigationModeOf(mode)),
    );
    return false;
  }
  // Hold while in Hold changes nothing: a goto under way is flown on. Only a reposition to nowhere stops it.
  const same = mode === "loiter" && v.mode === "loiter";
  takeOver(v);
  wish(v, mode);
  if (!same) setMode(v, mode);
  return true;
}

/** A valid new order ends a failsafe; its causes are ignored until they have gone once. */
export function takeOver(v: Vehicle): void {
  const f = v.failsafe;
  if (f.active === undefined) return;
  v.events.send(v, pilotTookOver);
  for (const cause of f.present) f.takenOver.add(cause);
  f.active = undefined;
  f.phase = "none";
}
