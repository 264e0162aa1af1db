import { eulerOf } from "../air/index.js";
import {
  createMount,
  type Mount,
  mountFlags,
  mountReach,
  mountStatus,
  quaternionOf,
  steerMount,
  turnMount,
} from "./mount.js";
import { bootTimeMs, type Vehicle } from "./vehicle.js";

/** Flags of GIMBAL_MANAGER_INFORMATION as recorded, with retract, neutral, locks and pointing at a place. */
const managerCapabilities = 132530;

export type RegionOfInterest = { northM: number; eastM: number; altAmslM: number };

/** The mount, and what its manager in the autopilot knows of it. */
export type Gimbal = Mount & {
  /** 154: a MAVLink gimbal behind the autopilot; 1: one on the autopilot's own outputs. */
  readonly deviceId: number;
  primarySysid: number;
  primaryCompid: number;
  roi: RegionOfInterest | undefined;
};

export function createGimbal(deviceId: number): Gimbal {
  return { ...createMount(), deviceId, primarySysid: 0, primaryCompid: 0, roi: undefined };
}

/** Moves the mount for one tick, no faster than MNT_RATE_PITCH and MNT_RATE_YAW. */
export function moveGimbal(v: Vehicle, dtS: number): void {
  const g = v.gimbal;
  if (g.roi !== undefined) aimAt(v, g.roi);
  const { MNT_RATE_PITCH: pitchDps, MNT_RATE_YAW: yawDps } = v.params.now;
  turnMount(g, headingOf(v), dtS, { pitchRps: (pitchDps * Math.PI) / 180, yawRps: (yawDps * Math.PI) / 180 });
}

const headingOf = (v: Vehicle): number => eulerOf(v.plant.truth).yawRad;

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
  v.gimbal.roi = undefined;
  const lock = (flags & (mountFlags.yawLock | mountFlags.yawInEarthFrame)) !== 0;
  steerMount(v.gimbal, headingOf(v), { pitchRad, yawRad, pitchRateRps, yawRateRps, lock });
}

export function emitGimbalAttitude(v: Vehicle): void {
  const g = v.gimbal;
  const status = mountStatus(g, headingOf(v), bootTimeMs(v));
  if (g.deviceId >= 7) return v.emit(status, g.deviceId);
  // A mount on PX4's own outputs says nothing of its frame: where its motor stands, locked or not (MNT_DO_STAB 2, measured).
  const q = quaternionOf(g.pitchRad, g.panRad);
  v.emit({ ...status, q, flags: lockFlags(g), deltaYaw: 0, deltaYawVelocity: 0, gimbalDeviceId: g.deviceId }, 1);
}

const lockFlags = ({ lockYaw }: Mount): number =>
  mountFlags.rollLock | mountFlags.pitchLock | (lockYaw ? mountFlags.yawLock : 0);

export function emitGimbalManagerStatus(v: Vehicle): void {
  const g = v.gimbal;
  v.emit({
    name: "GIMBAL_MANAGER_STATUS",
    timeBootMs: bootTimeMs(v),
    flags: lockFlags(g),
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
    pitchMin: mountReach.pitchMinRad,
    pitchMax: mountReach.pitchMaxRad,
    yawMin: -Math.PI,
    yawMax: Math.PI,
  });
}
