import type { CameraPose, RunTiming } from "@outrider/contract";
import type { FixedCameraSetup, SceneVehicle } from "../../camera/index.js";

/** A fixed camera at the address of its stream. */
export type ServedCamera = FixedCameraSetup & { readonly port: number; readonly path: string };

/** What the flight tells the thread that draws. */
export type CameraSetup = {
  readonly cityFile: string;
  readonly host: string;
  readonly ffmpeg: string;
  readonly timing: RunTiming;
  readonly fixed: readonly ServedCamera[];
};
export type CameraTick = {
  readonly tMs: number;
  readonly timing: RunTiming;
  readonly states: readonly { uid: string; videoPort: number; on: boolean }[];
  readonly poses: readonly { uid: string; pose: CameraPose }[];
  readonly vehicles: readonly SceneVehicle[];
};
/** What the thread that draws tells back: how many fixed cameras somebody plays now. */
export type CameraNews = { readonly fixedPlaying: number };
