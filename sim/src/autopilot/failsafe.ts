import { failsafeActions, failsafeEvent, type SentEvent } from "./event-table.js";
import { fenceVerdict } from "./fence.js";
import { setMode } from "./mode-switch.js";
import type { FlightMode } from "./modes.js";
import { customModeOf, needsPosition } from "./modes.js";
import { brakeAndHold, restartTrajectory } from "./steering.js";
import { severity, type Vehicle } from "./vehicle.js";

export type FailsafeCause =
  | "position"
  | "batteryEmergency"
  | "batteryCritical"
  | "flightTime"
  | "gcs"
  | "sticks"
  | "fence";
export type FailsafeAction = "none" | "hold" | "rtl" | "land" | "descend" | "terminate";

const rank: Readonly<Record<FailsafeAction, number>> = { none: 0, hold: 1, rtl: 2, land: 3, descend: 4, terminate: 5 };

export type Failsafe = {
  active: FailsafeCause | undefined;
  action: FailsafeAction;
  /** `hold`: the seconds of COM_FAIL_ACT_T before the action, in which a running goto goes on. */
  phase: "none" | "hold" | "act";
  actAtMs: number;
  readonly present: Set<FailsafeCause>;
  readonly takenOver: Set<FailsafeCause>;
  /** 0 normal, 1 low, 2 critical, 3 emergency: highest that was told. */
  batteryTold: number;
};

export function createFailsafe(): Failsafe {
  return {
    active: undefined,
    action: "none",
    phase: "none",
    actAtMs: 0,
    present: new Set(),
    takenOver: new Set(),
    batteryTold: 0,
  };
}

/** 0 normal, 1 low, 2 critical, 3 emergency. */
export function batteryLevel(v: Vehicle): number {
  if (v.charge < v.params.now.BAT_EMERGEN_THR) return 3;
  if (v.charge < v.params.now.BAT_CRIT_THR) return 2;
  return v.charge < v.params.now.BAT_LOW_THR ? 1 : 0;
}

/** Looks for causes, tells them, and acts on the gravest; call at 10 Hz while armed. */
export function checkFailsafes(v: Vehicle): void {
  const f = v.failsafe;
  tellBattery(v);
  gather(v);
  for (const cause of f.takenOver) if (!f.present.has(cause)) f.takenOver.delete(cause);
  if (!v.armed || v.terminated) {
    f.active = undefined;
    f.phase = "none";
    return;
  }
  const worst = gravest(v);
  if (worst !== undefined && (f.active === undefined || rank[worst.action] > rank[f.action]))
    engage(v, worst.cause, worst.action);
  if (f.active === "position" && v.estimate.positionValid) recover(v);
  if (f.phase === "hold" && v.tMs >= f.actAtMs) act(v);
}

function gather(v: Vehicle): void {
  const { present } = v.failsafe;
  const { params, estimate: e } = v;
  mark(present, "position", !e.positionValid && (needsPosition(v.mode) || v.mode === "descend"));
  mark(present, "gcs", v.gcsLost && params.now.NAV_DLL_ACT > 0);
  mark(present, "batteryCritical", batteryLevel(v) >= 2 && params.now.COM_LOW_BAT_ACT >= 2);
  mark(present, "batteryEmergency", batteryLevel(v) >= 3 && params.now.COM_LOW_BAT_ACT >= 2);
  mark(present, "sticks", v.mode === "posctl" && !v.sticksValid);
  mark(present, "flightTime", params.now.COM_FLTT_LOW_ACT === 3 && flightTimeLow(v));
  const verdict = fenceVerdict(v, e.northM, e.eastM, e.altAmslM);
  if (verdict !== "none" && v.fence.breached === "none" && params.now.GF_ACTION > 0) {
    const text =
      verdict === "fence"
        ? "approaching or outside geofence"
        : verdict === "distance"
          ? "exceeding maximum distance to Home"
          : "exceeding maximum altitude above Home";
    v.say(severity.critical, `Geofence: ${text}`);
  }
  v.fence.breached = verdict;
  mark(present, "fence", verdict !== "none" && params.now.GF_ACTION >= 2);
}

function mark(set: Set<FailsafeCause>, cause: FailsafeCause, on: boolean): void {
  if (on) set.add(cause);
  else set.delete(cause);
}

/** COM_FLTT_LOW_ACT: the charge lasts no longer than the way home times RTL_TIME_FACTOR plus RTL_TIME_MARGIN. */
function flightTimeLow(v: Vehicle): boolean {
  const { home, estimate: e, params, plant } = v;
  if (home === undefined || v.landed !== "inAir") return false;
  const awayS = Math.hypot(e.northM - home.northM, e.eastM - home.eastM) / Math.max(1, params.now.MPC_XY_CRUISE);
  const downS = Math.max(0, e.altAmslM - home.altAmslM) / Math.max(0.5, params.now.MPC_Z_V_AUTO_DN);
  const leftS = (v.charge * v.type.batteryWh * 3600) / Math.max(50, plant.truth.powerW);
  return leftS < (awayS + downS) * params.now.RTL_TIME_FACTOR + params.now.RTL_TIME_MARGIN;
}

function actionOf(v: Vehicle, cause: FailsafeCause): FailsafeAction {
  switch (cause) {
    case "position":
      return "descend";
    case "batteryEmergency":
      return "land";
    case "batteryCritical":
      return v.params.now.COM_LOW_BAT_ACT === 2 ? "land" : "rtl";
    case "flightTime":
      return "rtl";
    case "gcs":
      return linkAction(v.params.now.NAV_DLL_ACT);
    case "sticks":
      return linkAction(v.params.now.NAV_RCL_ACT);
    case "fence": {
      const action = v.params.now.GF_ACTION;
      return action === 2 ? "hold" : action === 3 ? "rtl" : action === 4 ? "terminate" : "land";
    }
  }
}

function linkAction(value: number): FailsafeAction {
  return value === 1 ? "hold" : value === 2 ? "rtl" : value === 3 ? "land" : value === 5 ? "terminate" : "none";
}

function gravest(v: Vehicle): { cause: FailsafeCause; action: FailsafeAction } | undefined {
  let worst: { cause: FailsafeCause; action: FailsafeAction } | undefined;
  for (const cause of v.failsafe.present) {
    if (v.failsafe.takenOver.has(cause)) continue;
    const action = actionOf(v, cause);
    if (action !== "none" && (worst === undefined || rank[action] > rank[worst.action])) worst = { cause, action };
  }
  return worst;
}

function engage(v: Vehicle, cause: FailsafeCause, action: FailsafeAction): void {
  const f = v.failsafe;
  // A graver cause during the hold does not begin a new one.
  const running = f.phase === "hold";
  f.active = cause;
  f.action = action;
  const holdS = v.params.now.COM_FAIL_ACT_T;
  const atOnce = action === "hold" || action === "descend" || action === "terminate" || holdS <= 0;
  if (atOnce) {
    act(v);
    return;
  }
  if (f.phase === "act" || running) {
    if (f.phase === "act") act(v);
    return;
  }
  f.phase = "hold";
  f.actAtMs = v.tMs + holdS * 1000;
  v.say(
    severity.critical,
    `Failsafe activated: entering Hold for ${Math.round(holdS)} seconds`,
    eventFor(v, action, Math.round(holdS)),
  );
  // In Hold already: the goto under way is flown on, as recorded.
  if (v.mode !== "loiter" && v.mode !== "rtl" && v.mode !== "land") setMode(v, "loiter");
}

const modeOf: Readonly<Record<Exclude<FailsafeAction, "none">, FlightMode>> = {
  hold: "loiter",
  rtl: "rtl",
  land: "land",
  descend: "descend",
  terminate: "termination",
};

function act(v: Vehicle): void {
  const f = v.failsafe;
  f.phase = "act";
  if (f.action === "none") return;
  v.say(severity.critical, "Failsafe activated", eventFor(v, f.action, 0));
  if (f.action === "terminate") v.terminated = true;
  if (f.action === "hold") {
    setMode(v, "loiter");
    brakeAndHold(v);
    return;
  }
  // A graver mode that already runs is kept: a landing is not turned into a return.
  if (f.action === "rtl" && (v.mode === "rtl" || v.mode === "land")) return;
  if (v.mode !== modeOf[f.action]) setMode(v, modeOf[f.action]);
}

/** failsafe_cause_t; those without one are generic. */
const causes: Readonly<Partial<Record<FailsafeCause, number>>> = {
  sticks: 1,
  gcs: 2,
  batteryCritical: 4,
  batteryEmergency: 5,
  flightTime: 6,
};

function eventFor(v: Vehicle, action: FailsafeAction, delayS: number): SentEvent | undefined {
  if (action === "none") return undefined;
  const cause = v.failsafe.active === undefined ? 0 : (causes[v.failsafe.active] ?? 0);
  return failsafeEvent(customModeOf(v.userMode), failsafeActions[action], cause, delayS);
}

/** The position is back: Hold by itself, wherever it drifted to. */
function recover(v: Vehicle): void {
  v.failsafe.active = undefined;
  v.failsafe.phase = "none";
  v.failsafe.action = "none";
  restartTrajectory(v);
  setMode(v, v.userMode === "rtl" ? "rtl" : "loiter");
}

function tellBattery(v: Vehicle): void {
  const f = v.failsafe;
  const level = batteryLevel(v);
  if (level < f.batteryTold) f.batteryTold = level;
  if (!v.armed || level <= f.batteryTold) return;
  f.batteryTold = level;
  if (level === 1) v.say(severity.critical, "Low battery", true);
  else if (level === 2) v.say(severity.critical, "Critical battery", true);
  else v.say(severity.emergency, "Emergency battery level", true);
}
