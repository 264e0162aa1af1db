import { GimbalDeviceFlags, message } from "@outrider/mavlink";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gimbalAttitude } from "./index.js";

/** Quaternion of yaw then pitch, roll level. */
function status(yawDeg: number, pitchDeg: number, flags: number) {
  const [cy, sy] = [Math.cos((yawDeg * Math.PI) / 360), Math.sin((yawDeg * Math.PI) / 360)];
  const [cp, sp] = [Math.cos((pitchDeg * Math.PI) / 360), Math.sin((pitchDeg * Math.PI) / 360)];
  return message("GIMBAL_DEVICE_ATTITUDE_STATUS", { q: [cy * cp, -sy * sp, cy * sp, sy * cp], flags });
}

const apart = (a: number, b: number): number => Math.abs(((a - b + 540) % 360) - 180);

describe("where the camera looks", () => {
  it("is the yaw it tells in the earth's frame, and that plus heading in the vehicle's", () => {
    expect(gimbalAttitude(status(30, -45, GimbalDeviceFlags.YAW_IN_EARTH_FRAME), 200)?.azimuthDeg).toBeCloseTo(30);
    expect(gimbalAttitude(status(30, -45, GimbalDeviceFlags.YAW_IN_VEHICLE_FRAME), 200)?.azimuthDeg).toBeCloseTo(230);
    expect(gimbalAttitude(status(30, -45, GimbalDeviceFlags.YAW_LOCK), 200)?.azimuthDeg).toBeCloseTo(30);
    expect(gimbalAttitude(status(30, -45, 0), 200)?.azimuthDeg).toBeCloseTo(230);
  });

  it("is counted from the nose where the autopilot speaks for a mount on its own outputs, locked or not", () => {
    // As recorded: aimed at 30° with the nose at 90°, PX4 says -60° and "yaw locked".
    expect(gimbalAttitude(status(-60, -20, GimbalDeviceFlags.YAW_LOCK), 90, true)?.azimuthDeg).toBeCloseTo(30);
    expect(gimbalAttitude(status(30, -20, GimbalDeviceFlags.YAW_IN_EARTH_FRAME), 90, true)?.azimuthDeg).toBeCloseTo(30);
  });

  it("survives any attitude, straight down too", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -179, max: 179, noNaN: true }),
        fc.double({ min: -90, max: 30, noNaN: true }),
        (yawDeg, pitchDeg) => {
          const aim = gimbalAttitude(status(yawDeg, pitchDeg, GimbalDeviceFlags.YAW_IN_EARTH_FRAME), 77);
          expect(aim?.pitchDeg).toBeCloseTo(pitchDeg, 1);
          expect(apart(aim?.azimuthDeg ?? 0, yawDeg)).toBeLessThan(0.5);
        },
      ),
    );
  });

  it("is nothing where the device tells nothing", () => {
    expect(gimbalAttitude(message("GIMBAL_DEVICE_ATTITUDE_STATUS", {}), 0)).toBeUndefined();
    expect(gimbalAttitude(message("GIMBAL_DEVICE_ATTITUDE_STATUS", { q: [Number.NaN, 0, 0, 0] }), 0)).toBeUndefined();
  });
});
