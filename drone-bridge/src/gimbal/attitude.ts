import { GimbalDeviceFlags, type MessageOf } from "@outrider/mavlink";
import type { Look } from "./look.js";

const deg = 180 / Math.PI;

/**
 * Where the camera looks. The yaw of GIMBAL_DEVICE_ATTITUDE_STATUS is in the vehicle's or the earth's frame by its flags
 * (MAVLink gimbal protocol v2); taking the wrong one turns every place by the heading. Undefined for a quaternion that
 * is none. `ofAutopilot`: the autopilot itself speaks for a mount on its own outputs.
 */
export function gimbalAttitude(
  status: MessageOf<"GIMBAL_DEVICE_ATTITUDE_STATUS">,
  headingDeg: number,
  ofAutopilot = false,
): Look | undefined {
  const [w = 0, x = 0, y = 0, z = 0] = status.q;
  const norm = Math.hypot(w, x, y, z);
  if (!Number.isFinite(norm) || norm < 0.5) return undefined;
  const pitchDeg = Math.asin(Math.max(-1, Math.min(1, (2 * (w * y - z * x)) / (norm * norm)))) * deg;
  // Straight down, yaw and roll turn about one axis; what is left of yaw is then in the roll terms.
  const steep = Math.abs(pitchDeg) > 89.9;
  const yawDeg = steep ? 2 * Math.atan2(z, w) * deg : Math.atan2(2 * (w * z + x * y), 1 - 2 * (y * y + z * z)) * deg;
  const offsetDeg = yawInEarthFrame(status.flags, ofAutopilot) ? 0 : headingDeg;
  return { pitchDeg, azimuthDeg: (((yawDeg + offsetDeg) % 360) + 360) % 360 };
}

/**
 * By the flag that says so; where neither does, yaw lock means earth (the rule for older devices). Not for a mount on the
 * autopilot's own outputs: PX4 says there where its motor stands, counted from the nose, with the lock's flag as with
 * none (measured, MNT_MODE_OUT 0 with MNT_DO_STAB 2), and so does ArduPilot.
 */
export function yawInEarthFrame(flags: number, ofAutopilot: boolean): boolean {
  if ((flags & GimbalDeviceFlags.YAW_IN_EARTH_FRAME) !== 0) return true;
  if ((flags & GimbalDeviceFlags.YAW_IN_VEHICLE_FRAME) !== 0 || ofAutopilot) return false;
  return (flags & GimbalDeviceFlags.YAW_LOCK) !== 0;
}
