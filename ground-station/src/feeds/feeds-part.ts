import type { CameraPose, Datagrams, FixedCameraConfig, OfficerPicture, StreamView } from "@outrider/contract";
import type { GetRoute, SamplePort, StationContext, StationPart } from "../kernel/index.js";
import type { AccessUnit } from "./depacketiser.js";
import { Feed, type FeedOf } from "./feed.js";
import { FeedPorts } from "./feed-ports.js";
import type { FixedFeed } from "./fixed-feed.js";
import { type CameraNetwork, createFixedFeeds, type FixedFeeds } from "./fixed-feeds.js";
import { groundRoute, type PoseSource } from "./ground-route.js";
import { GroundView } from "./ground-view.js";
import { HeatFeeds } from "./heat-feeds.js";
import { heatRoom } from "./heat-room.js";
import { PoseTrack } from "./pose-track.js";

export type FeedsDeps = {
  readonly samples: SamplePort;
  readonly datagrams: Datagrams;
  /** Sends a unit to everyone who watches the camera; a viewer that just came takes nothing before a key picture. */
  readonly sendVideo: (cameraId: string, unit: Uint8Array) => void;
  /** Where RTP is taken from: 127.0.0.1 in the demo, the address of the camera network otherwise. */
  readonly host: string;
  /** How fixed cameras are opened; absent where there are no sockets. */
  readonly cameras?: CameraNetwork;
  /** Where a camera that turns looked when a picture was taken. */
  readonly turnedPose?: (cameraId: string, capturedMs: number) => CameraPose | undefined;
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
  /** Whether a fixed camera's picture is open for anybody, by whatever way. */
  isOpen(cameraId: string): boolean;
  close(): void;
};

/**
 * Pictures as video units tied to the pose at their capture time: aircraft's come in by RTP, fixed cameras' are fetched
 * by RTSP while somebody looks.
 */
export function createFeedsPart(context: StationContext, deps: FeedsDeps): FeedsPart {
  const { config, kernel } = context;
  const ground = new GroundView(context.world);
  const tracks = new Map<string, PoseTrack>(config.aircraft.map(({ uid }) => [uid, new PoseTrack()]));
  const watchers = new Map<string, number>();
  const onUnit = (cameraId: string, bytes: Uint8Array): void => {
    if ((watchers.get(cameraId) ?? 0) > 0) deps.sendVideo(cameraId, bytes);
  };
  const feeds = aircraftFeeds(context, tracks, ground, onUnit);
  const { turnedPose } = deps;
  const firstHandle = config.aircraft.length + 1;
  const fixed = createFixedFeeds(context, deps.cameras, { firstHandle, ground, turnedPose, onUnit });
  const look = (uid: string): void => {
    const sample = deps.samples.latest(uid);
    if (sample !== undefined) tracks.get(uid)?.add(sample, kernel.nowMs());
  };
  const heatFirst = config.aircraft.length + fixed.byId.size + 1;
  const heat = new HeatFeeds(context, deps.cameras, { firstHandle: heatFirst, ground, tracks, look, onUnit });
  const openedOf = (cameraId: string): FixedFeed | undefined => fixed.byId.get(cameraId) ?? heat.get(cameraId);
  const feedOf = (cameraId: string): Feed | undefined => feeds.get(cameraId) ?? openedOf(cameraId)?.feed;
  const ports = new FeedPorts(context, deps, [...feeds.values()], look);
  const lightOf = (uid: string): StreamView | undefined => {
    const feed = feeds.get(uid);
    return feed && { ...feed.view(), ...heat.offerOf(uid) };
  };
  const lights = (): StreamView[] => [...feeds.keys()].flatMap((uid) => lightOf(uid) ?? []);
  const streams = (): StreamView[] => [...lights(), ...openedViews(fixed, heat)];
  const poses = posesOf(tracks, fixed.poses, heat.all);
  return {
    name: "feeds",
    rooms: [heatRoom],
    handles: handlesOf([...feeds.values(), ...[...fixed.byId.values()].map(({ feed }) => feed), ...heat.all]),
    streams,
    streamOfAircraft: lightOf,
    onStart: () => ports.open(),
    onFact(fact) {
      if (fact.type === "CameraIdentified") heat.announced(fact.data.uid);
    },
    pictureOf: (cameraId) => officerPicture(feedOf(cameraId), openedOf(cameraId)),
    isOpen: (cameraId) => fixed.byId.get(cameraId)?.active === true,
    tap: (cameraId, take) => (feeds.get(cameraId) ?? openedOf(cameraId))?.tap(take),
    watchersChanged(cameraId, count) {
      const before = watchers.get(cameraId) ?? 0;
      watchers.set(cameraId, count);
      fixed.byId.get(cameraId)?.watch(count);
      heat.watch(cameraId, count);
      // Only for the first viewer: the kept pictures would throw those who already watch two seconds back.
      const kept = before === 0 && count > 0 ? (feedOf(cameraId)?.catchUp() ?? []) : [];
      for (const bytes of kept) deps.sendVideo(cameraId, bytes);
    },
    routes: [listRoute(config, streams), groundRoute(feedOf, poses, ground)],
    close() {
      ports.close();
      for (const one of fixed.byId.values()) one.close();
      heat.close();
    },
  };
}

function officerPicture(feed: Feed | undefined, opened: FixedFeed | undefined): OfficerPicture | undefined {
  if (feed === undefined) return undefined;
  const { state, why, ageMs } = (opened ?? feed).view();
  return { state, why, ageMs, mark: feed.mark };
}

/**
 * Pictures that are opened on demand, while they are open. Those that nobody looks at are left out: a city has thousands
 * of cameras, and this list goes to every desk each second.
 */
function openedViews(fixed: FixedFeeds, heat: HeatFeeds): readonly StreamView[] {
  const streets = [...fixed.byId.values()].filter((one) => one.active).map((one) => one.view());
  return [...streets, ...heat.views()];
}

const handlesOf = (feeds: readonly Feed[]): FeedsPart["handles"] =>
  feeds.map(({ of }) => ({ handle: of.handle, cameraId: of.cameraId }));

/** Both sensors of an aircraft sit in one gimbal and look the same way. */
function posesOf(
  tracks: ReadonlyMap<string, PoseTrack>,
  fixed: ReadonlyMap<string, PoseSource>,
  heat: readonly Feed[],
): ReadonlyMap<string, PoseSource> {
  const poses = new Map<string, PoseSource>([...tracks, ...fixed]);
  for (const { of } of heat) {
    const track = of.uid === undefined ? undefined : tracks.get(of.uid);
    if (track !== undefined) poses.set(of.cameraId, track);
  }
  return poses;
}

function aircraftFeeds(
  { config, kernel, count }: StationContext,
  tracks: ReadonlyMap<string, PoseTrack>,
  ground: GroundView,
  onUnit: (cameraId: string, bytes: Uint8Array) => void,
): ReadonlyMap<string, Feed> {
  return new Map(
    config.aircraft.map(({ uid, callSign, videoPort }, i) => {
      const of: FeedOf = { cameraId: uid, name: callSign, uid, handle: i + 1, port: videoPort };
      const feed = new Feed(of, {
        nowMs: () => kernel.nowMs(),
        poseAt: (capturedMs) => tracks.get(uid)?.at(capturedMs),
        corners: (pose) => ground.corners(pose),
        onUnit: (bytes) => onUnit(uid, bytes),
        count: (metric) => count(metric),
      });
      return [uid, feed];
    }),
  );
}

function listRoute(config: StationContext["config"], streams: () => readonly StreamView[]): GetRoute {
  return {
    kind: "get",
    path: "/cameras",
    roles: ["pic", "rtcc", "trainer", "supervisor"],
    summary: "Aircraft cameras with the state of their pictures, and fixed cameras.",
    handle: (_call, reply) => reply.ok({ streams: streams(), fixed: config.cameras.map(publicCamera) }),
  };
}

/** Where a camera's stream is and how it is opened is nobody's business outside the station. */
const publicCamera = ({ stream, login: _, onvif: __, ...camera }: FixedCameraConfig) => ({
  ...camera,
  picture: stream !== undefined && camera.shared,
});
