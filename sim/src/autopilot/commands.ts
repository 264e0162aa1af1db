import { arm, disarm, setHome } from "./arming.js";
import {
  emitCameraFov,
  emitCameraInformation,
  emitCameraSettings,
  emitVideoStreamInformation,
  zoomCamera,
} from "./camera.js";
import { failsafeActions, failsafeEvent } from "./event-table.js";
import { fenceVerdict } from "./fence.js";
import { configureGimbal, controlsGimbal, endRoi, pointAt, steerGimbal } from "./gimbal.js";
import { missionReady, requestMode, setMode, takeOver } from "./mode-switch.js";
import { customModeOf, modeFrom } from "./modes.js";
import { brakeAndHold } from "./steering.js";
import type { Streams } from "./streams.js";
import { severity, type Vehicle } from "./vehicle.js";
import { wish } from "./wish.js";

/** MAV_RESULT. */
export const ack = { accepted: 0, rejected: 1, denied: 2, unsupported: 3, failed: 4 } as const;

/** COMMAND_LONG and COMMAND_INT alike. Places are degrees or NaN; `z` is AMSL whatever the frame said. */
export type Command = {
  readonly id: number;
  readonly p: readonly [number, number, number, number];
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly z: number;
  readonly sysid: number;
  readonly compid: number;
  readonly fromInt: boolean;
};

/** Commands PX4 swallows without any answer. */
const silent: ReadonlySet<number> = new Set([
  93, 203, 204, 206, 214, 243, 260, 310, 500, 521, 530, 532, 2003, 3000, 30001, 42600,
]);
/** Accepted and without effect here. */
const idle: ReadonlySet<number> = new Set([23, 84, 191, 196, 241, 410, 519, 520, 525, 528, 2510, 43003]);

/**
 * Executes one command on the autopilot. Gives the results of the COMMAND_ACKs to send, in order: none for silence,
 * two for DO_SET_MODE (PX4 answers it twice, and where it refuses, the first answer still says accepted).
 */
export function execute(v: Vehicle, c: Command, streams: Streams): readonly number[] {
  switch (c.id) {
    case 400:
      return [armOrDisarm(v, c)];
    case 176: {
      const mode = modeFrom(c.p[1], c.p[2]);
      const base = c.p[0] === 0;
      if (base) return [ack.accepted, ack.accepted];
      return [ack.accepted, mode !== undefined && requestMode(v, mode) ? ack.accepted : ack.rejected];
    }
    case 20:
      v.say(severity.info, "Returning to launch", true);
      return [requestMode(v, "rtl") ? ack.accepted : ack.rejected];
    case 21:
      v.say(severity.info, "Landing at current position", true);
      return [requestMode(v, "land") ? ack.accepted : ack.rejected];
    case 22:
      return [takeoff(v, c)];
    case 192:
      return [reposition(v, c)];
    case 34:
      return [orbit(v, c)];
    case 178:
      return [changeSpeed(v, c)];
    case 186:
      return [changeAltitude(v, c)];
    case 179:
      return [moveHome(v, c)];
    case 185:
      return [terminate(v, c)];
    case 300:
      return [startMission(v)];
    case 262:
      return [standardMode(v, c)];
    case 420:
      return [v.params.now.SYS_FAILURE_EN === 1 ? ack.accepted : ack.denied];
    case 246:
      return [ack.denied];
    case 245:
      return [ack.accepted];
    case 511:
      return [streams.setRate(c.p[0], c.p[1]) ? ack.accepted : ack.failed];
    case 510:
      return [streams.tellRate(c.p[0]) ? ack.accepted : ack.failed];
    case 512:
      return [streams.request(c.p[0], c.p[1]) ? ack.accepted : ack.denied];
    default:
      return payload(v, c);
  }
}

/** Gimbal, region of interest, and the rest. */
function payload(v: Vehicle, c: Command): readonly number[] {
  switch (c.id) {
    case 195: {
      const { northM, eastM } = v.world.frame.toLocal(c);
      pointAt(v, northM, eastM, c.z);
      return [ack.accepted];
    }
    case 197:
      endRoi(v);
      return [ack.accepted];
    case 1001:
      configureGimbal(v, c.p[0], c.p[1], c.sysid, c.compid);
      return [ack.accepted];
    case 1000:
      if (!controlsGimbal(v, c.sysid, c.compid)) return [ack.denied];
      steerGimbal(v, rad(c.p[0]), rad(c.p[1]), rad(c.p[2]), rad(c.p[3]), Number.isFinite(c.latDeg) ? c.latDeg : 0);
      return [ack.accepted];
    case 205:
      steerGimbal(v, rad(c.p[0]), rad(c.p[2]), Number.NaN, Number.NaN, 0);
      return [ack.accepted];
    default:
      if (silent.has(c.id)) return [];
      return [idle.has(c.id) ? ack.accepted : ack.unsupported];
  }
}

function rad(deg: number): number {
  return (deg * Math.PI) / 180;
}

function armOrDisarm(v: Vehicle, c: Command): number {
  if (c.p[0] === 1) return arm(v) ? ack.accepted : ack.rejected;
  if (!v.armed) return ack.accepted;
  if (v.landed !== "onGround" && c.p[1] !== 21196) {
    v.say(severity.critical, "Disarming denied: not landed", true);
    return ack.rejected;
  }
  disarm(v, "external command");
  return ack.accepted;
}

/** Accepted even before it is ready: only the mode changes, and a later arming climbs at once. */
function takeoff(v: Vehicle, c: Command): number {
  v.guidance.takeoff.altAmslM = Number.isFinite(c.z) ? c.z : undefined;
  takeOver(v);
  wish(v, "takeoff");
  setMode(v, "takeoff");
  return ack.accepted;
}

const changeMode = 1;

function reposition(v: Vehicle, c: Command): number {
  if (c.fromInt && Number.isNaN(c.latDeg) && Number.isNaN(c.lonDeg) && Number.isNaN(c.z)) return ack.denied;
  if (v.mode !== "loiter" && (c.p[1] & changeMode) === 0) return ack.unsupported;
  // Disarmed it is accepted and forgotten.
  if (!v.armed) return ack.accepted;
  if (v.terminated) return ack.rejected;
  const nowhere = Number.isNaN(c.latDeg) || Number.isNaN(c.lonDeg);
  const { guidance: g, trajectory: t } = v;
  const wasBraking = g.braking;
  const held = { ...g.hold };
  takeOver(v);
  wish(v, "loiter");
  const wasHolding = v.mode === "loiter" && !wasBraking;
  const at = nowhere ? undefined : v.world.frame.toLocal(c);
  const here =
    wasHolding && nowhere && Number.isFinite(c.z) ? held : { northM: t.northM, eastM: t.eastM, altAmslM: t.altAmslM };
  const altAmslM = Number.isFinite(c.z) ? c.z : wasHolding ? held.altAmslM : t.altAmslM;
  const target = at ?? here;
  // Accepted, told by STATUSTEXT alone, and not flown: the vehicle stays or goes on holding.
  if ((at !== undefined || Number.isFinite(c.z)) && fenceVerdict(v, target.northM, target.eastM, altAmslM) !== "none") {
    v.say(severity.critical, "Reposition is outside geofence", true);
    if (v.mode !== "loiter") setMode(v, "loiter");
    return ack.accepted;
  }
  if (v.mode !== "loiter") setMode(v, "loiter");
  g.gotoSpeedMps = c.p[0] > 0 ? c.p[0] : undefined;
  if (at === undefined && !Number.isFinite(c.z)) {
    brakeAndHold(v);
    return ack.accepted;
  }
  const yawRad = Number.isFinite(c.p[3]) ? c.p[3] : undefined;
  if (at === undefined) {
    if (wasHolding) g.hold = { ...held, altAmslM };
    else {
      brakeAndHold(v);
      g.hold.altAmslM = altAmslM;
    }
    return ack.accepted;
  }
  g.braking = false;
  g.hold = { northM: at.northM, eastM: at.eastM, altAmslM, yawRad };
  return ack.accepted;
}

function orbit(v: Vehicle, c: Command): number {
  const o = v.guidance.orbit;
  const { trajectory: t } = v;
  const already = v.mode === "orbit";
  const grounded = !v.armed || v.landed === "onGround";
  const radius = Number.isFinite(c.p[0]) ? c.p[0] : already ? o.radiusM : 20;
  if (Math.abs(radius) < 1 || Math.abs(radius) > v.params.now.MC_ORBIT_RAD_MAX) {
    v.say(severity.critical, "Orbit radius limit exceeded", true);
    return grounded ? ack.accepted : ack.rejected;
  }
  if (grounded) return ack.accepted;
  const at = Number.isFinite(c.latDeg) && Number.isFinite(c.lonDeg) ? v.world.frame.toLocal(c) : already ? o : t;
  const next = {
    northM: at.northM,
    eastM: at.eastM,
    altAmslM: Number.isFinite(c.z) ? c.z : already ? o.altAmslM : t.altAmslM,
    radiusM: Math.abs(radius),
    clockwise: radius > 0,
    speedMps: Number.isFinite(c.p[1])
      ? Math.min(Math.abs(c.p[1]), v.params.now.MPC_XY_VEL_MAX)
      : already
        ? o.speedMps
        : 3,
    yawMode: Number.isFinite(c.p[2]) ? c.p[2] : 0,
    joined: false,
  };
  if (!requestMode(v, "orbit")) return ack.rejected;
  Object.assign(o, next);
  return ack.accepted;
}

function changeSpeed(v: Vehicle, c: Command): number {
  v.guidance.holdSpeedMps = c.p[1] > 0 ? c.p[1] : undefined;
  v.guidance.gotoSpeedMps = undefined;
  if (v.mode === "mission") v.guidance.mission.speedMps = c.p[1] > 0 ? c.p[1] : undefined;
  return ack.accepted;
}

function changeAltitude(v: Vehicle, c: Command): number {
  if (!v.armed) return ack.accepted;
  if (v.mode !== "loiter") setMode(v, "loiter");
  v.guidance.hold.altAmslM = c.p[0];
  return ack.accepted;
}

function moveHome(v: Vehicle, c: Command): number {
  if (c.p[0] === 1) setHome(v);
  else {
    const { northM, eastM } = v.world.frame.toLocal(c);
    v.home = { northM, eastM, altAmslM: c.z, latDeg: c.latDeg, lonDeg: c.lonDeg };
  }
  return ack.accepted;
}

function terminate(v: Vehicle, c: Command): number {
  if (c.p[0] <= 0.5) return ack.denied;
  v.terminated = true;
  setMode(v, "termination");
  v.say(
    severity.critical,
    "Failsafe activated",
    failsafeEvent(customModeOf(v.userMode), failsafeActions.terminate, 0, 0),
  );
  return ack.accepted;
}

function startMission(v: Vehicle): number {
  if (!missionReady(v)) {
    v.say(severity.critical, "Mission start denied! No valid mission", true);
    return ack.denied;
  }
  return requestMode(v, "mission") ? ack.accepted : ack.rejected;
}

/** DO_SET_STANDARD_MODE: 1 position, 4 altitude, 5 return, 6 mission, 7 land, 8 takeoff. Orbit is not set this way. */
function standardMode(v: Vehicle, c: Command): number {
  const modes = { 1: "posctl", 4: "altctl", 5: "rtl", 6: "mission", 7: "land", 8: "takeoff" } as const;
  const id = c.p[0];
  if (id !== 1 && id !== 4 && id !== 5 && id !== 6 && id !== 7 && id !== 8) return ack.failed;
  return requestMode(v, modes[id]) ? ack.accepted : ack.rejected;
}

/** Commands of the camera component; undefined where it stays silent because the command is not a camera's. */
export function executeCamera(v: Vehicle, c: Command, addressed: boolean): number | undefined {
  switch (c.id) {
    case 512:
      return requestFromCamera(v, c.p[0], c.p[1]) ?? (addressed ? ack.unsupported : undefined);
    case 531:
      return zoomCamera(v.camera, c.p[0], c.p[1]) ? ack.accepted : ack.denied;
    case 2500:
    case 2501:
      v.camera.recording = c.id === 2500;
      return ack.accepted;
    case 2502:
    case 2503:
      return ack.accepted;
    case 2000:
      v.camera.images++;
      return ack.accepted;
    default:
      return addressed ? ack.unsupported : undefined;
  }
}

function requestFromCamera(v: Vehicle, id: number, which: number): number | undefined {
  if (id === 259) emitCameraInformation(v);
  else if (id === 260) emitCameraSettings(v);
  else if (id === 269) return emitVideoStreamInformation(v, which) ? ack.accepted : ack.denied;
  else if (id === 271) emitCameraFov(v);
  else return undefined;
  return ack.accepted;
}
