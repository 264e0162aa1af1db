import type { CameraPose, Clock, Log } from "@outrider/contract";
import { listenOnvif, OnvifCamera, PtzHead, tokenDigest } from "../../sensors/index.js";
import type { ServedCamera } from "./camera-messages.js";

export type OnvifCamerasDeps = {
  readonly cameras: readonly ServedCamera[];
  readonly host: string;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly run: Clock;
  readonly wall: Clock;
  readonly log: Log;
};

/** The fixed cameras' ONVIF services, and the heads that they turn; each camera at its configured address. */
export function onvifCameras(deps: OnvifCamerasDeps) {
  const { cameras, run, wall, log, host } = deps;
  const startMs = run.nowMs();
  const heads = new Map(
    cameras.flatMap(({ cameraId, pose, ptz }) => (ptz ? [[cameraId, new PtzHead(pose, startMs)] as const] : [])),
  );
  const byAddress = new Map<string, OnvifCamera>();
  for (const one of cameras) if (one.onvif !== undefined) byAddress.set(key(one.onvif), serviceOf(one));
  const ports = new Set(cameras.flatMap(({ onvif }) => (onvif === undefined ? [] : [onvif.port])));
  const closes = [...ports].map((port) =>
    listenOnvif(
      { host, port },
      {
        cameraAt: (path) => byAddress.get(key({ port, path })),
        runMs: () => run.nowMs(),
        wallMs: () => wall.nowMs(),
      },
      (result) => {
        if (result.kind === "error")
          log("error", "fixed cameras have no ONVIF port: nobody turns them", { port, error: result.error.message });
      },
    ),
  );
  function serviceOf({ cameraId, name, port, path, login }: ServedCamera): OnvifCamera {
    const { width, height, fps } = deps;
    const streamUri = `rtsp://${host}:${port}${path}`;
    const head = heads.get(cameraId);
    return new OnvifCamera({ cameraId, name, streamUri, width, height, fps, login, head, digest: tokenDigest });
  }
  return {
    poseOf: (cameraId: string, tMs: number): CameraPose | undefined => heads.get(cameraId)?.poseAt(tMs),
    close(): void {
      for (const close of closes) close();
    },
  };
}

const key = ({ port, path }: { readonly port: number; readonly path: string }): string => `${port}${path}`;
