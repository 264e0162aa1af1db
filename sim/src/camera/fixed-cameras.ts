import type { CameraPose } from "@outrider/contract";
import type { CameraLogin } from "./rtsp/digest.js";
import type { PacketViewer } from "./rtsp/packet-viewer.js";
import type { Playable } from "./rtsp/rtsp-camera.js";
import { type CameraStream, type CameraStreamDeps, createCameraStream } from "./stream.js";

export type FixedCameraSetup = {
  readonly cameraId: string;
  readonly pose: CameraPose;
  readonly login: CameraLogin | undefined;
};

/** A camera without a pose of its own moves: `poseOf` alone says where it is, if anywhere. */
type PlayedCamera = Omit<FixedCameraSetup, "pose"> & { readonly pose?: FixedCameraSetup["pose"] };

export type FixedCamerasDeps = Omit<CameraStreamDeps, "name" | "openOut" | "poseAt" | "ssrc"> & {
  readonly cameras: readonly PlayedCamera[];
  /** Pose of a camera that turns; undefined for one that does not. */
  readonly poseOf?: (cameraId: string, tMs: number) => CameraPose | undefined;
  readonly newSsrc: () => number;
  /** How many are drawn now; told at each change, so that traffic is handed over only where someone looks. */
  readonly onPlaying: (count: number) => void;
};

/** The street's cameras: drawn and encoded only while someone plays them, once for all who do. */
export function createFixedCameras(deps: FixedCamerasDeps) {
  const playing = new Map<string, { readonly stream: CameraStream; readonly viewers: Set<PacketViewer> }>();
  const begin = (camera: PlayedCamera) => {
    const viewers = new Set<PacketViewer>();
    const stream = createCameraStream({
      ...deps,
      name: camera.cameraId,
      ssrc: deps.newSsrc(),
      poseAt: (tMs) => deps.poseOf?.(camera.cameraId, tMs) ?? camera.pose,
      openOut: () => ({
        send: (report, packets, key) => {
          for (const viewer of viewers) viewer.send(report, packets, key);
        },
        close: () => undefined,
      }),
    });
    const begun = { stream, viewers };
    playing.set(camera.cameraId, begun);
    stream.start();
    deps.onPlaying(playing.size);
    return begun;
  };
  const play = (camera: PlayedCamera, viewer: PacketViewer): (() => void) => {
    const { stream, viewers } = playing.get(camera.cameraId) ?? begin(camera);
    viewers.add(viewer);
    return () => {
      viewers.delete(viewer);
      if (viewers.size > 0 || playing.get(camera.cameraId)?.stream !== stream) return;
      stream.stop();
      playing.delete(camera.cameraId);
      deps.onPlaying(playing.size);
    };
  };
  const byId = new Map<string, Playable>(
    deps.cameras.map((camera) => [
      camera.cameraId,
      { cameraId: camera.cameraId, login: camera.login, play: (viewer) => play(camera, viewer) },
    ]),
  );
  return {
    byId: byId as ReadonlyMap<string, Playable>,
    counts: (cameraId: string) => playing.get(cameraId)?.stream.counts,
    close(): void {
      for (const { stream } of playing.values()) stream.stop();
      playing.clear();
    },
  };
}
