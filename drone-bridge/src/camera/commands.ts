import { CameraCapFlags, MavCmd, type MessageName, messageId } from "@outrider/mavlink";
import type { CommandSpec } from "../command/index.js";
import type { CameraState } from "./capabilities.js";

/** Asks a component what camera it is, or which ones it speaks for. */
export const askCamera = (compid: number): CommandSpec => ask("CAMERA_INFORMATION", compid);

/** What to ask of a camera that has said what it is: its streams, its cards. */
export function cameraQuestions(state: CameraState, compid: number): { streams?: CommandSpec; cards?: CommandSpec } {
  const flags = state.flags ?? 0;
  const records = (flags & (CameraCapFlags.CAPTURE_VIDEO | CameraCapFlags.CAPTURE_IMAGE)) !== 0;
  return {
    ...((flags & CameraCapFlags.HAS_VIDEO_STREAM) === 0 ? {} : { streams: ask("VIDEO_STREAM_INFORMATION", compid) }),
    ...(records ? { cards: ask("STORAGE_INFORMATION", compid) } : {}),
  };
}

/** How often a camera tells its field of view. */
export const fovRate = (compid: number): CommandSpec => ({
  ...ask("CAMERA_FOV_STATUS", compid),
  what: "set the rate of CAMERA_FOV_STATUS",
  command: MavCmd.SET_MESSAGE_INTERVAL,
  params: [messageId("CAMERA_FOV_STATUS"), 1e6 / 5, 0, 0, 0, 0, 0],
});

const ask = (name: MessageName, compid: number): CommandSpec => ({
  what: `ask for ${name}`,
  command: MavCmd.REQUEST_MESSAGE,
  form: "long",
  params: [messageId(name), 0, 0, 0, 0, 0, 0],
  compid,
  tries: 3,
  answersTwice: false,
});
