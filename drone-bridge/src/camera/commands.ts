import { CameraCapFlags, MavCmd, messageId } from "@outrider/mavlink";
import type { CommandSpec } from "../command/index.js";
import { cameraCompid } from "./camera.js";
import type { CameraState } from "./capabilities.js";

/** What to ask of a camera that has said what it is: its streams, its zoom, its cards. */
export function cameraQuestions(state: CameraState): CommandSpec[] {
  const flags = state.flags ?? 0;
  const ask = (name: Parameters<typeof messageId>[0], param2 = 0): CommandSpec =>
    camera(`ask for ${name}`, MavCmd.REQUEST_MESSAGE, [messageId(name) ?? 0, param2, 0, 0, 0, 0, 0]);
  return [
    ...((flags & CameraCapFlags.HAS_VIDEO_STREAM) !== 0 ? [ask("VIDEO_STREAM_INFORMATION")] : []),
    ...((flags & (CameraCapFlags.HAS_BASIC_ZOOM | CameraCapFlags.HAS_MODES)) !== 0 ? [ask("CAMERA_SETTINGS")] : []),
    ...((flags & (CameraCapFlags.CAPTURE_VIDEO | CameraCapFlags.CAPTURE_IMAGE)) !== 0
      ? [ask("STORAGE_INFORMATION")]
      : []),
  ];
}

/** Follows what is at a point of the picture, 0 to 1 from the upper left. The camera turns, the aircraft does not. */
export const trackPoint = (x: number, y: number, radius: number): CommandSpec =>
  camera("track a point", MavCmd.CAMERA_TRACK_POINT, [unit(x), unit(y), unit(radius), 0, 0, 0, 0]);

/** Follows what is in a rectangle of the picture: upper left and lower right corner. */
export const trackRectangle = (left: number, top: number, right: number, bottom: number): CommandSpec =>
  camera("track a rectangle", MavCmd.CAMERA_TRACK_RECTANGLE, [
    unit(left),
    unit(top),
    unit(right),
    unit(bottom),
    0,
    0,
    0,
  ]);

export const stopTracking = (): CommandSpec =>
  camera("stop tracking", MavCmd.CAMERA_STOP_TRACKING, [0, 0, 0, 0, 0, 0, 0]);

const unit = (value: number): number => Math.min(1, Math.max(0, value));

const camera = (what: string, command: number, params: CommandSpec["params"]): CommandSpec => ({
  what,
  command,
  form: "long",
  params,
  compid: cameraCompid,
  tries: 3,
  answersTwice: false,
});
