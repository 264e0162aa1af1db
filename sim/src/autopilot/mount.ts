import type { MessageInit } from "@outrider/mavlink";
import { turnRad } from "./plant.js";

/** GIMBAL_DEVICE_FLAGS. */
export const mountFlags = {
  rollLock: 4,
  pitchLock: 8,
  yawLock: 16,
  yawInVehicleFrame: 32,
  yawInEarthFrame: 64,
} as const;

/** How far it tilts, elevation upwards. */
export const mountReach = { pitchMinRad: -Math.PI / 2, pitchMaxRad: Math.PI / 6 } as const;

/** A two-axis stabilised mount. Angles are earth-level; yaw counts from the nose, or from north when locked. */
export type Mount = {
  pitchRad: number;
  /** Always in the body's heading: where the mount's motor stands. */
  panRad: number;
  wantPitchRad: number;
  wantYawRad: number;
  lockYaw: boolean;
  pitchRateRps: number;
  yawRateRps: number;
};

export function createMount(): Mount {
  return { pitchRad: 0, panRad: 0, wantPitchRad: 0, wantYawRad: 0, lockYaw: false, pitchRateRps: 0, yawRateRps: 0 };
}

/** Moves the mount for one tick, no faster than its motors. */
export function turnMount(m: Mount, headingRad: number, dtS: number, most: { pitchRps: number; yawRps: number }): void {
  m.wantPitchRad += m.pitchRateRps * dtS;
  m.wantYawRad += m.yawRateRps * dtS;
  m.wantPitchRad = Math.max(mountReach.pitchMinRad, Math.min(mountReach.pitchMaxRad, m.wantPitchRad));
  const pan = m.lockYaw ? turnRad(headingRad, m.wantYawRad) : m.wantYawRad;
  const [mostPitch, mostYaw] = [most.pitchRps * dtS, most.yawRps * dtS];
  m.pitchRad += Math.max(-mostPitch, Math.min(mostPitch, m.wantPitchRad - m.pitchRad));
  m.panRad += Math.max(-mostYaw, Math.min(mostYaw, turnRad(m.panRad, pan)));
}

/** Angles and rates to turn to; NaN leaves an axis. A change of frame alone keeps it looking the same way. */
export function steerMount(
  m: Mount,
  headingRad: number,
  wish: { pitchRad: number; yawRad: number; pitchRateRps: number; yawRateRps: number; lock: boolean },
): void {
  if (wish.lock !== m.lockYaw) {
    m.wantYawRad = wish.lock ? m.panRad + headingRad : m.panRad;
    m.lockYaw = wish.lock;
  }
  if (Number.isFinite(wish.pitchRad)) m.wantPitchRad = wish.pitchRad;
  if (Number.isFinite(wish.yawRad)) m.wantYawRad = wish.yawRad;
  m.pitchRateRps = Number.isFinite(wish.pitchRateRps) ? wish.pitchRateRps : 0;
  m.yawRateRps = Number.isFinite(wish.yawRateRps) ? wish.yawRateRps : 0;
}

/** GIMBAL_DEVICE_ATTITUDE_STATUS of a MAVLink gimbal, which says in which frame its yaw is. */
export function mountStatus(
  m: Mount,
  headingRad: number,
  timeBootMs: number,
): MessageInit<"GIMBAL_DEVICE_ATTITUDE_STATUS"> {
  const { rollLock, pitchLock, yawLock, yawInEarthFrame, yawInVehicleFrame } = mountFlags;
  return {
    name: "GIMBAL_DEVICE_ATTITUDE_STATUS",
    timeBootMs,
    q: quaternionOf(m.pitchRad, m.lockYaw ? headingRad + m.panRad : m.panRad),
    flags: rollLock | pitchLock | (m.lockYaw ? yawLock | yawInEarthFrame : yawInVehicleFrame),
    angularVelocityX: Number.NaN,
    angularVelocityY: Number.NaN,
    angularVelocityZ: Number.NaN,
    failureFlags: 0,
    deltaYaw: turnRad(0, headingRad),
    deltaYawVelocity: Number.NaN,
    gimbalDeviceId: 0,
  };
}

/** Yaw, then pitch, level in roll: w, x, y, z. */
export function quaternionOf(pitchRad: number, yawRad: number): [number, number, number, number] {
  const [cp, sp] = [Math.cos(pitchRad / 2), Math.sin(pitchRad / 2)];
  const [cy, sy] = [Math.cos(yawRad / 2), Math.sin(yawRad / 2)];
  return [cy * cp, -sy * sp, cy * sp, sy * cp];
}
