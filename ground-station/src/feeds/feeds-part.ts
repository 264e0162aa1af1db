import type { Datagrams, OfficerPicture, StreamView } from "@outrider/contract";
import type { GetRoute, SamplePort, StationContext, StationPart } from "../kernel/index.js";
import type { AccessUnit } from "./depacketiser.js";
import { Feed, type FeedOf } from "./feed.js";
import { FeedPorts } from "./feed-ports.js";
import { groundRoute } from "./ground-route.js";
import { GroundView } from "./ground-view.js";
import { PoseTrack } from "./pose-track.js";

export type FeedsDeps = {
  readonly samples: SamplePort;
  readonly datagrams: Datagrams;
  /** Sends a unit to everyone who watches the camera; a viewer that just came takes nothing before a key picture. */
  readonly sendVideo: (cameraId: string, unit: Uint8Array) => void;
  /** Where RTP is taken from: 127.0.0.1 in the demo, the address of the camera network otherwise. */
  readonly host: string;
};

export type FeedsPart = StationPart & {
  readonly name: "feeds";
  /** Numbers of cameras in video units, for the live wire's `handles`. */
  readonly handles: readonly { readonly handle: number; readonly cameraId: string }[];
  streams(): readonly StreamView[];
  streamOfAircraft(uid: string): StreamView | undefined;
  /** What an officer's phone is told of the picture; undefined for no such camera. */
  pictureOf(cameraId: string): OfficerPicture | undefined;
  /** Told by the live wire whenever a camera's viewers change. */
  watchersChanged(cameraId: string, watchers: number): void;
  /** Every whole picture of a camera as it comes, until the returned function is called; undefined for no such camera. */
  tap(cameraId: string, take: (unit: AccessUnit) => void): (() => void) | undefined;
  close(): void;
};

/** The aircraft's pictures: in by RTP, out as video units tied to the pose at their capture time. */
export function createFeedsPart(context: StationContext, deps: FeedsDeps): FeedsPart {
  const { config } = context;
  const ground = new GroundView(context.world);
  const tracks = new Map<string, PoseTrack>(config.aircraft.map(({ uid }) => [uid, new PoseTrack()]));
  const watchers = new Map<string, number>();
  const feeds = new Map<string, Feed>();
  config.aircraft.forEach(({ uid, callSign, videoPort }, i) => {
    const of: FeedOf = { cameraId: uid, name: callSign, uid, handle: i + 1, port: videoPort };
    const feed = new Feed(of, {
      nowMs: () => context.kernel.nowMs(),
      poseAt: (capturedMs) => tracks.get(uid)?.at(capturedMs),
      corners: (pose) => ground.corners(pose),
      onUnit: (bytes) => {
        if ((watchers.get(uid) ?? 0) > 0) deps.sendVideo(uid, bytes);
      },
      count: (metric) => context.count(metric),
    });
    feeds.set(uid, feed);
  });
  const ports = new FeedPorts(context, deps, [...feeds.values()], (uid) => {
    const sample = deps.samples.latest(uid);
    if (sample !== undefined) tracks.get(uid)?.add(sample, context.kernel.nowMs());
  });
  const streams = (): StreamView[] => [...feeds.values()].map((feed) => feed.view());
  const list: GetRoute = {
    kind: "get",
    path: "/cameras",
    roles: ["pic", "rtcc", "trainer", "supervisor"],
    summary: "Aircraft cameras with the state of their pictures, and fixed cameras.",
    handle: (_call, reply) => reply.ok({ streams: streams(), fixed: config.cameras }),
  };
  return {
    name: "feeds",
    rooms: [],
    handles: [...feeds.values()].map(({ of }) => ({ handle: of.handle, cameraId: of.cameraId })),
    streams,
    streamOfAircraft: (uid) => feeds.get(uid)?.view(),
    onStart: () => ports.open(),
    pictureOf(cameraId) {
      const feed = feeds.get(cameraId);
      if (feed === undefined) return undefined;
      const { state, why, ageMs } = feed.view();
      return { state, why, ageMs, mark: feed.mark };
    },
    tap: (cameraId, take) => feeds.get(cameraId)?.tap(take),
    watchersChanged(cameraId, count) {
      const before = watchers.get(cameraId) ?? 0;
      watchers.set(cameraId, count);
      // Only for the first viewer: the kept pictures would throw those who already watch two seconds back.
      const kept = before === 0 && count > 0 ? (feeds.get(cameraId)?.catchUp() ?? []) : [];
      for (const bytes of kept) deps.sendVideo(cameraId, bytes);
    },
    routes: [list, groundRoute((cameraId) => feeds.get(cameraId), tracks, ground)],
    close: () => ports.close(),
  };
}
