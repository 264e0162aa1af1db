import type { GeoPoint } from "@outrider/contract";
import { GimbalManagerFlags, MavCmd } from "@outrider/mavlink";
import { autopilotCompid, e7 } from "../autopilot/index.js";
import type { CommandSpec } from "../command/index.js";

/** Takes primary control of the gimbal manager (the autopilot): PX4 denies everything else before it. -1 leaves secondary. */
export const takeGimbal = (sysid: number, compid: number): CommandSpec =>
  camera("take the camera", MavCmd.DO_GIMBAL_MANAGER_CONFIGURE, "long", [sysid, compid, -1, -1, 0, 0, 0]);

/** Aims at an elevation and a true azimuth: yaw is locked to the earth, so it stays while the aircraft turns. */
export function aimGimbal(pitchDeg: number, azimuthDeg: number): CommandSpec {
  const yawDeg = ((((azimuthDeg + 180) % 360) + 360) % 360) - 180;
  const flags =
    GimbalManagerFlags.PITCH_LOCK |
    GimbalManagerFlags.ROLL_LOCK |
    GimbalManagerFlags.YAW_LOCK |
    GimbalManagerFlags.YAW_IN_EARTH_FRAME;
  return camera("aim the camera", MavCmd.DO_GIMBAL_MANAGER_PITCHYAW, "long", [
    pitchDeg,
    yawDeg,
    Number.NaN,
    Number.NaN,
    flags,
    0,
    0,
  ]);
}

/** Ahead and level, following the aircraft: how it flies away from the scene, by policy. */
export const levelGimbal = (): CommandSpec =>
  camera("level the camera", MavCmd.DO_GIMBAL_MANAGER_PITCHYAW, "long", [
    0,
    0,
    Number.NaN,
    Number.NaN,
    GimbalManagerFlags.PITCH_LOCK | GimbalManagerFlags.ROLL_LOCK | GimbalManagerFlags.YAW_IN_VEHICLE_FRAME,
    0,
    0,
  ]);

/** Looks at a place; its height is AMSL (PX4 aimed underground when given a height over home). */
export const lookAt = (point: GeoPoint, altAmslM: number): CommandSpec =>
  camera("look at", MavCmd.DO_SET_ROI_LOCATION, "int", [0, 0, 0, 0, e7(point.latDeg), e7(point.lonDeg), altAmslM]);

/** Ends `lookAt`, which would else pull the gimbal back. */
export const lookAway = (): CommandSpec =>
  camera("stop looking at", MavCmd.DO_SET_ROI_NONE, "long", [0, 0, 0, 0, 0, 0, 0]);

function camera(what: string, command: number, form: "long" | "int", params: CommandSpec["params"]): CommandSpec {
  return { what, command, form, params, compid: autopilotCompid, tries: 3, answersTwice: false };
}
