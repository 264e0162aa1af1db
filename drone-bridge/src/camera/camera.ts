import { CameraZoomType, MavCmd, type MavMessage, VideoStreamStatusFlags } from "@outrider/mavlink";
import type { CommandSpec } from "../command/index.js";

const deg = 180 / Math.PI;

/** First camera component (MAV_COMP_ID_CAMERA). */
export const cameraCompid = 100;
/** Last one (MAV_COMP_ID_CAMERA6). */
const lastCameraCompid = 105;

export const isCameraCompid = (compid: number): boolean => compid >= cameraCompid && compid <= lastCameraCompid;

/**
 * One camera of an aircraft. `cameraId` is MAVLink's: the component of one that speaks for itself, 1 to 6 for one that
 * its autopilot speaks for.
 */
export type CameraAddress = { readonly cameraId: number; readonly compid: number };

export const firstCamera: CameraAddress = { cameraId: cameraCompid, compid: cameraCompid };

/** Horizontal field of view that a camera tells, degrees; undefined for any other message or an unset value. */
export function cameraHfovDeg(message: MavMessage): number | undefined {
  const hfovDeg = told(message);
  return hfovDeg !== undefined && hfovDeg > 0 && hfovDeg < 180 ? hfovDeg : undefined;
}

function told(message: MavMessage): number | undefined {
  switch (message.name) {
    case "CAMERA_FOV_STATUS":
      return message.hfov;
    case "VIDEO_STREAM_INFORMATION":
    case "VIDEO_STREAM_STATUS":
      // The heat sensor beside it has a lens of its own.
      return (message.flags & VideoStreamStatusFlags.THERMAL) === 0 ? message.hfov : undefined;
    case "CAMERA_INFORMATION":
      return 2 * Math.atan(message.sensorSizeH / (2 * message.focalLength)) * deg;
    default:
      return undefined;
  }
}

/** Zooms to a horizontal field of view. */
export const zoomTo = (hfovDeg: number, { cameraId, compid }: CameraAddress): CommandSpec => ({
  what: "zoom the camera",
  command: MavCmd.SET_CAMERA_ZOOM,
  form: "long",
  // Which of those that the autopilot speaks for; a camera of its own is addressed by its component.
  params: [CameraZoomType.HORIZONTAL_FOV, hfovDeg, cameraId === compid ? 0 : cameraId, 0, 0, 0, 0],
  compid,
  tries: 3,
  answersTwice: false,
});
