import type { CameraPose, Clock, Datagrams, Log } from "@outrider/contract";
import type { SceneLight } from "./light.js";
import type { ScenePerson } from "./paint-people.js";
import type { SceneSignals } from "./paint-signals.js";
import type { SceneVehicle } from "./paint-vehicles.js";
import type { Renderer } from "./renderer.js";
import { type CameraStream, createCameraStream, type StartEncoder, udpOut } from "./stream.js";
import type { TsFeed } from "./ts/ts-feed.js";

export type AircraftCamerasDeps = {
  readonly renderer: Renderer;
  readonly host: string;
  readonly fps: number;
  readonly run: Clock;
  readonly wall: Clock;
  readonly datagrams: Datagrams;
  readonly startEncoder: StartEncoder;
  readonly log: Log;
  /** Pose of the camera of an aircraft at a moment of run time. */
  readonly poseOf: (uid: string, tMs: number) => CameraPose | undefined;
  readonly vehicles: () => readonly SceneVehicle[];
  readonly people: () => readonly ScenePerson[];
  readonly signals?: () => SceneSignals | undefined;
  readonly light: (tMs: number) => SceneLight;
  /** The transport stream of an aircraft that sends one in place of RTP. */
  readonly tsFeedOf?: (uid: string, port: number) => TsFeed | undefined;
  /** For an aircraft with another sensor: whether that one is what is looked at now. */
  readonly easedOf?: (uid: string) => (() => boolean) | undefined;
  /** Any number that differs by aircraft and run: a receiver must notice a restarted sender. */
  readonly newSsrc: () => number;
};

/** The pictures of all aircraft: one renderer, one encoder for each camera that is on. */
export function createAircraftCameras(deps: AircraftCamerasDeps) {
  const streams = new Map<string, CameraStream>();
  const streamOf = (uid: string, port: number): CameraStream => {
    const feed = deps.tsFeedOf?.(uid, port);
    const eased = deps.easedOf?.(uid);
    return createCameraStream({
      ...deps,
      name: uid,
      openOut: feed?.openOut ?? (() => udpOut({ ...deps, port })),
      ...(feed === undefined ? {} : { onFrame: (frame, tMs) => feed.onFrame(frame, tMs) }),
      // At half the pace a key picture still comes every two seconds: a lost packet must not freeze the picture longer.
      ...(eased === undefined ? {} : { eased, keyEvery: deps.fps }),
      width: deps.renderer.width,
      height: deps.renderer.height,
      ssrc: deps.newSsrc(),
      poseAt: (tMs) => deps.poseOf(uid, tMs),
      render: (pose, tMs) => {
        feed?.drawn(pose, tMs);
        const { renderer, vehicles, people, light, signals } = deps;
        return renderer.render(pose, vehicles(), people(), light(tMs), "light", signals?.()).yuv;
      },
    });
  };
  return {
    /** Starts what is on and stops what is off; call it as often as it suits. */
    update(states: readonly { uid: string; videoPort: number; on: boolean }[]): void {
      for (const { uid, videoPort, on } of states) {
        const known = streams.get(uid);
        if (on && known === undefined) {
          const fresh = streamOf(uid, videoPort);
          streams.set(uid, fresh);
          fresh.start();
        }
        if (!on && known !== undefined) {
          known.stop();
          streams.delete(uid);
        }
      }
    },
    counts: (uid: string) => streams.get(uid)?.counts,
    close(): void {
      for (const stream of streams.values()) stream.stop();
      streams.clear();
    },
  };
}
