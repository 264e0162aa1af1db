import { createFixedCameras, type FixedCamerasDeps } from "./fixed-cameras.js";
import type { SceneLight } from "./light.js";
import type { ScenePerson } from "./paint-people.js";
import type { SceneSignals } from "./paint-signals.js";
import type { SceneVehicle } from "./paint-vehicles.js";
import type { Renderer } from "./renderer.js";

/** Just under 9 Hz, as uncooled sensors that may be exported freely are. */
export const heatFps = 8.5;

export type HeatCamerasDeps = Omit<
  FixedCamerasDeps,
  "cameras" | "fps" | "width" | "height" | "render" | "poseOf" | "onPlaying"
> & {
  /** Aircraft that have a heat sensor. */
  readonly uids: readonly string[];
  readonly renderer: Renderer;
  /** Pose of an aircraft's camera; undefined while the camera is off. */
  readonly poseOf: (uid: string, tMs: number) => ReturnType<NonNullable<FixedCamerasDeps["poseOf"]>>;
  readonly vehicles: () => readonly SceneVehicle[];
  readonly people: () => readonly ScenePerson[];
  readonly signals?: () => SceneSignals | undefined;
  readonly light: (tMs: number) => SceneLight;
  readonly onPlaying?: FixedCamerasDeps["onPlaying"];
};

/** The aircraft's second sensor: drawn and encoded only while someone plays it. By uid. */
export function createHeatCameras(deps: HeatCamerasDeps) {
  const { renderer, uids, vehicles, people, light, signals } = deps;
  return createFixedCameras({
    ...deps,
    fps: heatFps,
    width: renderer.width,
    height: renderer.height,
    cameras: uids.map((uid) => ({ cameraId: uid, login: undefined })),
    render: (pose, tMs) => renderer.render(pose, vehicles(), people(), light(tMs), "heat", signals?.()).yuv,
    onPlaying: deps.onPlaying ?? (() => undefined),
  });
}
