import type { CameraPose, RunTiming } from "@outrider/contract";
import type { SceneVehicle } from "../../camera/index.js";

/** What the flight tells the thread that draws. */
export type CameraSetup = {
  readonly cityFile: string;
  readonly host: string;
  readonly ffmpeg: string;
  readonly timing: RunTiming;
};
export type CameraTick = {
  readonly tMs: number;
  readonly timing: RunTiming;
  readonly states: readonly { uid: string; videoPort: number; on: boolean }[];
  readonly poses: readonly { uid: string; pose: CameraPose }[];
  readonly vehicles: readonly SceneVehicle[];
};
