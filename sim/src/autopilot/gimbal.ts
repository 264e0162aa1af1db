import { eulerOf } from "../air/index.js";
import { turnRad } from "./plant.js";
import { bootTimeMs, type Vehicle } from "./vehicle.js";

/** GIMBAL_DEVICE_FLAGS. */
const rollLock = 4;
const pitchLock = 8;
const yawLock = 16;
const yawInVehicleFrame = 32;
const yawInEarthFrame = 64;

/** Flags of GIMBAL_MANAGER_INFORMATION as recorded, with retract, neutral, locks and pointing at a place. */
const managerCapabilities = 132530;

export type RegionOfInterest = { northM: number; eastM: number; altAmslM: number };

/** A two-axis stabilised mount. Angles are earth-level; yaw counts from the nose, or from north when locked. */
export type Gimbal = {
  /** 154: a MAVLink gimbal behind the autopilot; 1: one on the autopilot's own outputs. */
  readonly deviceId: number;
  primarySysid: number;
  primaryCompid: number;
  pitchRad: number;
  /** Always in the body's heading: where the mount's motor stands. */
  panRad: number;
  wantPitchRad: number;
  wantYawRad: number;
  lockYaw: boolean;
  pitchRateRps: number;
  yawRateRps: number;
  roi: RegionOfInterest | undefined;
};

export function createGimbal(deviceId: number): Gimbal {
  return {
    deviceId,
    primarySysid: 0,
    primaryCompid: 0,
    pitchRad: 0,
    panRad: 0,
    wantPitchRad: 0,
    wantYawRad: 0,
    lockYaw: false,
    pitchRateRps: 0,
    yawRateRps: 0,
    roi: undefined,
  };
}

const pitchMinRad = -Math.PI / 2;
const pitchMaxRad = Math.PI / 6;

/** Moves the mount for one tick, no faster than MNT_RATE_PITCH and MNT_RATE_YAW. */
export function moveGimbal(v: Vehicle, dtS: number): void {
  const g = v.gimbal;
  const heading = eulerOf(v.plant.truth).yawRad;
  if (g.roi !== undefined) aimAt(v, g.roi);
  g.wantPitchRad += g.pitchRateRps * dtS;
  g.wantYawRad += g.yawRateRps * dtS;
  g.wantPitchRad = Math.max(pitchMinRad, Math.min(pitchMaxRad, g.wantPitchRad));
  const pan = g.lockYaw ? turnRad(heading, g.wantYawRad) : g.wantYawRad;
  const mostPitch = ((v.params.now.MNT_RATE_PITCH * Math.PI) / 180) * dtS;
  const mostYaw = ((v.params.now.MNT_RATE_YAW * Math.PI) / 180) * dtS;
  g.pitchRad += Math.max(-mostPitch, Math.min(mostPitch, g.wantPitchRad - g.pitchRad));
  g.panRad += Math.max(-mostYaw, Math.min(mostYaw, turnRad(g.panRad, pan)));
}

function aimAt(v: Vehicle, roi: RegionOfInterest): void {
  const { estimate: e, gimbal: g } = v;
  const dn = roi.northM - e.northM;
  const de = roi.eastM - e.eastM;
  g.lockYaw = true;
  g.wantYawRad = Math.atan2(de, dn);
  g.wantPitchRad = Math.atan2(roi.altAmslM - e.altAmslM, Math.hypot(dn, de));
  g.pitchRateRps = g.yawRateRps = 0;
}

/** Keeps looking at a place (DO_SET_ROI_LOCATION). */
export function pointAt(v: Vehicle, northM: number, eastM: number, altAmslM: number): void {
  v.gimbal.roi = { northM, eastM, altAmslM };
}

export function endRoi(v: Vehicle): void {
  v.gimbal.roi = undefined;
}

/** DO_GIMBAL_MANAGER_CONFIGURE: 0 nobody, −1 leave, −2 the sender, −3 release if the sender's. */
export function configureGimbal(
  v: Vehicle,
  primarySysid: number,
  primaryCompid: number,
  sysid: number,
  compid: number,
): void {
  const g = v.gimbal;
  if (primarySysid === -1) return;
  if (primarySysid === -2) {
    g.primarySysid = sysid;
    g.primaryCompid = compid;
  } else if (primarySysid === -3) {
    if (g.primarySysid === sysid && g.primaryCompid === compid) g.primarySysid = g.primaryCompid = 0;
  } else {
    g.primarySysid = primarySysid;
    g.primaryCompid = primaryCompid;
  }
}

export function controlsGimbal(v: Vehicle, sysid: number, compid: number): boolean {
  return v.gimbal.primarySysid === sysid && v.gimbal.primaryCompid === compid;
}

/** Angles and rates as DO_GIMBAL_MANAGER_PITCHYAW gives them; NaN leaves an axis. */
export function steerGimbal(
  v: Vehicle,
  pitchRad: number,
  yawRad: number,
  pitchRateRps: number,
  yawRateRps: number,
  flags: number,
): void {
  const g = v.gimbal;
  g.roi = undefined;
  const lock = (flags & (yawLock | yawInEarthFrame)) !== 0;
  if (lock !== g.lockYaw) {
    // Keeps looking the same way when only the frame changes.
    const heading = eulerOf(v.plant.truth).yawRad;
    g.wantYawRad = lock ? g.panRad + heading : g.panRad;
    g.lockYaw = lock;
  }
  if (Number.isFinite(pitchRad)) g.wantPitchRad = pitchRad;
  if (Number.isFinite(yawRad)) g.wantYawRad = yawRad;
  g.pitchRateRps = Number.isFinite(pitchRateRps) ? pitchRateRps : 0;
  g.yawRateRps = Number.isFinite(yawRateRps) ? yawRateRps : 0;
}

export function emitGimbalAttitude(v: Vehicle): void {
  const g = v.gimbal;
  const heading = eulerOf(v.plant.truth).yawRad;
  const yaw = g.lockYaw ? heading + g.panRad : g.panRad;
  const own = g.deviceId >= 7;
  // A mount on PX4's own outputs says nothing of its frame; the reader must know the rule (no flag: lock decides).
  const frame = !own ? 0 : g.lockYaw ? yawInEarthFrame : yawInVehicleFrame;
  const cp = Math.cos(g.pitchRad / 2);
  const sp = Math.sin(g.pitchRad / 2);
  const cy = Math.cos(yaw / 2);
  const sy = Math.sin(yaw / 2);
  v.emit(
    {
      name: "GIMBAL_DEVICE_ATTITUDE_STATUS",
      timeBootMs: bootTimeMs(v),
      q: [cy * cp, -sy * sp, cy * sp, sy * cp],
      flags: rollLock | pitchLock | (g.lockYaw ? yawLock : 0) | frame,
      angularVelocityX: Number.NaN,
      angularVelocityY: Number.NaN,
      angularVelocityZ: Number.NaN,
      failureFlags: 0,
      deltaYaw: own ? turnRad(0, heading) : 0,
      deltaYawVelocity: own ? Number.NaN : 0,
      gimbalDeviceId: own ? 0 : g.deviceId,
    },
    own ? g.deviceId : 1,
  );
}

export function emitGimbalManagerStatus(v: Vehicle): void {
  const g = v.gimbal;
  v.emit({
    name: "GIMBAL_MANAGER_STATUS",
    timeBootMs: bootTimeMs(v),
    flags: rollLock | pitchLock | (g.lockYaw ? yawLock : 0),
    gimbalDeviceId: g.deviceId,
    primaryControlSysid: g.primarySysid,
    primaryControlCompid: g.primaryCompid,
  });
}

export function emitGimbalManagerInformation(v: Vehicle): void {
  v.emit({
    name: "GIMBAL_MANAGER_INFORMATION",
    timeBootMs: bootTimeMs(v),
    capFlags: managerCapabilities,
    gimbalDeviceId: v.gimbal.deviceId,
    rollMin: 0,
    rollMax: 0,
    pitchMin: pitchMinRad,
    pitchMax: pitchMaxRad,
    yawMin: -Math.PI,
    yawMax: Math.PI,
  });
}
