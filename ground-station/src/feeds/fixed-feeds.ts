import type { CameraPose, FixedCameraConfig, GeoPoint } from "@outrider/contract";
import type { World } from "@outrider/geo";
import type { StationContext } from "../kernel/index.js";
import type { ByteDialer } from "./byte-dialer.js";
import { Feed } from "./feed.js";
import { FixedFeed } from "./fixed-feed.js";
import type { PoseSource } from "./ground-route.js";
import type { GroundView } from "./ground-view.js";
import type { AuthHashes, Login } from "./rtsp/rtsp-auth.js";

/** How fixed cameras are reached; without it none is opened. */
export type CameraNetwork = {
  readonly dialer: ByteDialer;
  readonly hashes: AuthHashes;
  /** By camera id. */
  readonly logins: ReadonlyMap<string, Login>;
};

export type FixedFeeds = {
  readonly byId: ReadonlyMap<string, FixedFeed>;
  readonly poses: ReadonlyMap<string, PoseSource>;
};

/**
 * The pictures of the cameras that have a stream and whose owner has shared it. What an owner keeps is not opened,
 * whoever asks.
 */
export function createFixedFeeds(
  context: StationContext,
  network: CameraNetwork | undefined,
  deps: {
    readonly firstHandle: number;
    readonly ground: GroundView;
    /** Where one that turns looked then; undefined where nobody knows. */
    readonly turnedPose: ((cameraId: string, capturedMs: number) => CameraPose | undefined) | undefined;
    onUnit(cameraId: string, bytes: Uint8Array): void;
  },
): FixedFeeds {
  const byId = new Map<string, FixedFeed>();
  const poses = new Map<string, PoseSource>();
  if (network === undefined) return { byId, poses };
  const { config, world, kernel, clocks, chance, count } = context;
  for (const camera of config.cameras) {
    const { cameraId, name, stream } = camera;
    if (stream === undefined || !camera.shared) continue;
    const pose = poseOf(camera, world);
    const poseAt = (capturedMs: number): CameraPose | undefined => pose ?? deps.turnedPose?.(cameraId, capturedMs);
    let corners: { readonly of: CameraPose; readonly at: readonly (GeoPoint | undefined)[] } | undefined;
    poses.set(cameraId, { at: poseAt, velocityAt: () => undefined });
    const feed = new Feed(
      { cameraId, name, uid: undefined, handle: deps.firstHandle + byId.size, port: undefined },
      {
        nowMs: () => kernel.nowMs(),
        poseAt,
        corners: (of) => {
          if (corners?.of !== of) corners = { of, at: deps.ground.corners(of) };
          return corners.at;
        },
        onUnit: (bytes) => deps.onUnit(cameraId, bytes),
        count: (metric) => count(metric),
      },
    );
    const { dialer, hashes, logins } = network;
    byId.set(
      cameraId,
      new FixedFeed(feed, {
        stream,
        login: logins.get(cameraId),
        dialer,
        hashes,
        wall: clocks.wall,
        chance,
        nowMs: () => kernel.nowMs(),
        count: (metric) => count(metric),
      }),
    );
  }
  return { byId, poses };
}

/** Undefined for a camera that can turn: where it looks it has to say itself, or a place read off it would be wrong. */
function poseOf(camera: FixedCameraConfig, world: World): CameraPose | undefined {
  if (camera.ptz) return undefined;
  const at = world.frame.toLocal(camera.point);
  return {
    point: camera.point,
    altAmslM: world.terrain.groundAmslM(at.eastM, at.northM) + camera.heightAglM,
    yawDeg: camera.azimuthDeg,
    pitchDeg: camera.pitchDeg,
    rollDeg: 0,
    hfovDeg: camera.hfovDeg,
  };
}
