import { CameraZoomType, MavCmd, type MavMessage } from "@outrider/mavlink";
import type { CommandSpec } from "../command/index.js";

const deg = 180 / Math.PI;

/** First camera component (MAV_COMP_ID_CAMERA). */
export const cameraCompid = 100;

/** Horizontal field of view that a camera tells, degrees; undefined for any other message or an unset value. */
export function cameraHfovDeg(message: MavMessage): number | undefined {
  const hfovDeg = told(message);
  return hfovDeg !== undefined && hfovDeg > 0 && hfovDeg < 180 ? hfovDeg : undefined;
}

function told(message: MavMessage): number | undefined {
  switch (message.name) {
    case "CAMERA_FOV_STATUS":
    case "VIDEO_STREAM_INFORMATION":
    case "VIDEO_STREAM_STATUS":
      return message.hfov;
    case "CAMERA_INFORMATION":
      return 2 * Math.atan(message.sensorSizeH / (2 * message.focalLength)) * deg;
    default:
      return undefined;
  }
}

/** Zooms to a horizontal field of view. */
export const zoomTo = (hfovDeg: number): CommandSpec => ({
  what: "zoom the camera",
  command: MavCmd.SET_CAMERA_ZOOM,
  form: "long",
  params: [CameraZoomType.HORIZONTAL_FOV, hfovDeg, 0, 0, 0, 0, 0],
  compid: cameraCompid,
  tries: 3,
  answersTwice: false,
});
