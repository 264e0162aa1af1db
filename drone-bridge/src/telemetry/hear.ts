import type { MavMessage, MessageOf } from "@outrider/mavlink";
import type { AutopilotDoor } from "../autopilot/index.js";
import { cameraHfovDeg } from "../camera/index.js";
import { gimbalAttitude } from "../gimbal/index.js";
import { measuredAtMs } from "../timesync/index.js";
import { isPlace } from "./place.js";
import { type AircraftState, tumbleDeg, tumbleMs } from "./state.js";
import { telemetryTiming } from "./timing.js";

const deg = 180 / Math.PI;

/** Takes one message of the aircraft into its state. `fromAutopilot`: sent by the autopilot component itself. */
export function hear(
  state: AircraftState,
  message: MavMessage,
  fromAutopilot: boolean,
  door: AutopilotDoor,
  tMs: number,
): void {
  state.heardMs = tMs;
  if (fromAutopilot) {
    state.autopilotMs = tMs;
    hearAutopilot(state, message, door, tMs);
  }
  hearPayload(state, message, fromAutopilot, tMs);
  // By any word: one that lies on its back may have no more to say of how it lies.
  if (state.tiltedSinceMs !== undefined && state.armed && tMs - state.tiltedSinceMs >= tumbleMs) state.tumbled = true;
}

/** A message that was overtaken by a newer one of its kind: its sender is there, and nothing else is known by it. */
export function heardLate(state: AircraftState, fromAutopilot: boolean, tMs: number): void {
  state.heardMs = tMs;
  if (fromAutopilot) state.autopilotMs = tMs;
}

function hearAutopilot(state: AircraftState, message: MavMessage, door: AutopilotDoor, tMs: number): void {
  switch (message.name) {
    case "HEARTBEAT":
      state.previousHeartbeatMs = state.heartbeatMs;
      state.heartbeatMs = tMs;
      state.armed = (message.baseMode & 0x80) !== 0;
      if (!state.armed) state.tumbled = false;
      state.systemStatus = message.systemStatus;
      setMode(state, message.customMode, door);
      return;
    case "HIGH_LATENCY2":
      return hearLowRate(state, message, door, tMs);
    case "CURRENT_MODE":
      state.intendedMode = message.intendedCustomMode;
      setMode(state, message.customMode, door);
      return;
    case "GLOBAL_POSITION_INT":
      if (!isPlace(message.lat, message.lon)) return;
      state.positionMs = tMs;
      state.measuredMs = measuredAtMs(message.timeBootMs, tMs, state.clock);
      state.bootMs = message.timeBootMs;
      state.latDeg = message.lat / 1e7;
      state.lonDeg = message.lon / 1e7;
      state.altAmslM = message.alt / 1000;
      state.velNorthMps = message.vx / 100;
      state.velEastMps = message.vy / 100;
      state.velDownMps = message.vz / 100;
      if (message.hdg !== 0xffff) state.headingDeg = message.hdg / 100;
      return;
    case "ATTITUDE":
      // What has lost its attitude says NaN: that is not upright.
      if (!Number.isFinite(message.roll) || !Number.isFinite(message.pitch)) return;
      state.rollDeg = message.roll * deg;
      state.pitchDeg = message.pitch * deg;
      return hearTilt(state, message, tMs);
    case "EXTENDED_SYS_STATE":
      state.landedState = message.landedState;
      state.landedStateMs = tMs;
      return;
    case "SYS_STATUS":
      if (message.batteryRemaining >= 0) setBattery(state, message.batteryRemaining);
      state.preArmOk = preArmOf(message, door);
      return;
    case "BATTERY_STATUS":
      // Rounds down where SYS_STATUS rounds up; the lower one is the safe one. Id 0 or 255 is the flight battery.
      if (message.batteryRemaining >= 0 && (message.id === 0 || message.id === 255))
        setBattery(state, message.batteryRemaining);
      return;
    case "HOME_POSITION":
      if (!isPlace(message.latitude, message.longitude)) return;
      state.home = { latDeg: message.latitude / 1e7, lonDeg: message.longitude / 1e7 };
      state.homeAltAmslM = message.altitude / 1000;
      return;
    case "GPS_RAW_INT":
      if (!isFix(message)) return;
      state.gnss = gnssOf(message, tMs);
      return;
    case "GPS2_RAW":
      if (!isFix(message)) return;
      state.gnss2 = gnssOf(message, tMs);
      return;
    case "ESTIMATOR_STATUS":
      state.estimator = { tMs, posRatio: message.posHorizRatio, velRatio: message.velRatio, flags: message.flags };
      return;
    case "POSITION_TARGET_GLOBAL_INT":
      if (!isPlace(message.latInt, message.lonInt) || !Number.isFinite(message.alt)) return;
      state.target = { tMs, latDeg: message.latInt / 1e7, lonDeg: message.lonInt / 1e7, altAmslM: message.alt };
      return;
    case "MISSION_CURRENT":
      state.missionIds = { mission: message.missionId, fence: message.fenceId, rally: message.rallyPointsId };
      return;
    case "WIND_COV":
      if (!Number.isFinite(message.windX) || !Number.isFinite(message.windY)) return;
      state.windNorthMps = message.windX;
      state.windEastMps = message.windY;
      return;
    default:
      return;
  }
}

/** Lean from the upright: near the vertical, roll and pitch by themselves jump about. */
function hearTilt(state: AircraftState, { roll, pitch }: MessageOf<"ATTITUDE">, tMs: number): void {
  const tiltDeg = Math.acos(Math.max(-1, Math.min(1, Math.cos(roll) * Math.cos(pitch)))) * deg;
  if (tiltDeg >= tumbleDeg) state.tiltedSinceMs ??= tMs;
  else state.tiltedSinceMs = undefined;
}

/** Without a fix a receiver says 0, 0: that it has none must be heard. */
const isFix = ({ lat, lon, fixType }: MessageOf<"GPS_RAW_INT" | "GPS2_RAW">): boolean =>
  isPlace(lat, lon) || (lat === 0 && lon === 0 && fixType < 2);

function gnssOf(message: MessageOf<"GPS_RAW_INT" | "GPS2_RAW">, tMs: number): AircraftState["gnss"] {
  const { lat, lon, hAcc, fixType } = message;
  return { tMs, latDeg: lat / 1e7, lonDeg: lon / 1e7, hAccM: hAcc / 1000, fixType };
}

/**
 * All that a satellite link carries, every few seconds. It does not say whether it is armed: what was last heard stands.
 */
function hearLowRate(
  state: AircraftState,
  message: MessageOf<"HIGH_LATENCY2">,
  door: AutopilotDoor,
  tMs: number,
): void {
  if (!isPlace(message.latitude, message.longitude)) return;
  state.lowRateMs = tMs;
  if (knownBetter(state, message.timestamp, tMs)) return;
  state.positionMs = tMs;
  state.measuredMs = message.timestamp === 0 ? tMs : measuredAtMs(message.timestamp, tMs, state.clock);
  state.latDeg = message.latitude / 1e7;
  state.lonDeg = message.longitude / 1e7;
  state.altAmslM = message.altitude;
  state.headingDeg = message.heading * 2;
  // Only how fast, over the ground and in fifths of a metre a second: along its heading is the best guess.
  const speedMps = message.groundspeed / 5;
  state.velNorthMps = speedMps * Math.cos(state.headingDeg / deg);
  state.velEastMps = speedMps * Math.sin(state.headingDeg / deg);
  state.velDownMps = 0;
  if (message.battery >= 0) setBattery(state, message.battery);
  setMode(state, door.modeFromHighLatency(message.customMode), door);
}

/** It was underway for seconds: where heartbeats come, or a later place has come, by another way, it tells the past. */
function knownBetter(state: AircraftState, timestampMs: number, tMs: number): boolean {
  if (tMs - state.heartbeatMs <= telemetryTiming.lateMs) return true;
  const known = tMs - state.positionMs <= telemetryTiming.lowRateLostMs;
  return known && timestampMs !== 0 && timestampMs < state.bootMs;
}

function setBattery(state: AircraftState, pct: number): void {
  state.batteryPct = pct;
  state.batteryHeard = true;
}

/** MAV_SYS_STATUS_PREARM_CHECK. */
const preArmBit = 0x10000000;

/**
 * PX4 raises the bit in health alone and never says that it has it, as measured; of the others one that says neither
 * "present" nor "enabled" does not report the check, and silence is no health.
 */
function preArmOf(message: MessageOf<"SYS_STATUS">, door: AutopilotDoor): boolean | undefined {
  if ((message.onboardControlSensorsHealth & preArmBit) !== 0) return true;
  const told = message.onboardControlSensorsPresent | message.onboardControlSensorsEnabled;
  return door.kind === "px4" || (told & preArmBit) !== 0 ? false : undefined;
}

/** Gimbal and camera answer from components of their own, or through the autopilot. */
function hearPayload(state: AircraftState, message: MavMessage, fromAutopilot: boolean, tMs: number): void {
  if (message.name === "GIMBAL_DEVICE_ATTITUDE_STATUS") {
    const aim = gimbalAttitude(message, state.headingDeg, fromAutopilot);
    if (aim === undefined) return;
    state.gimbalMs = tMs;
    state.gimbalPitchDeg = aim.pitchDeg;
    state.gimbalYawDeg = aim.azimuthDeg;
    return;
  }
  // CAMERA_INFORMATION and stream descriptions tell the widest view or a rounded one: good until the camera says more.
  if (message.name === "CAMERA_FOV_STATUS" || state.hfovDeg === 0)
    state.hfovDeg = cameraHfovDeg(message) ?? state.hfovDeg;
}

function setMode(state: AircraftState, customMode: number, door: AutopilotDoor): void {
  state.customMode = customMode;
  state.mode = door.modeOf(customMode);
}
