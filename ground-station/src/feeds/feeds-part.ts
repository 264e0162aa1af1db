import type { AircraftSample, CameraPose, DatagramSocket, Datagrams, Peer, StreamView } from "@outrider/contract";
import type { GetRoute, Reply, SamplePort, StationContext, StationPart } from "../kernel/index.js";
import type { AccessUnit } from "./depacketiser.js";
import { Feed, type FeedOf } from "./feed.js";
import { GroundView } from "./ground-view.js";
import { PoseTrack } from "./pose-track.js";
import { isRtcp } from "./rtp-packet.js";
import { parseSenderReports } from "./sender-report.js";

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
  /** Told by the live wire whenever a camera's viewers change. */
  watchersChanged(cameraId: string, watchers: number): void;
  /** Every whole picture of a camera as it comes, until the returned function is called; undefined for no such camera. */
  tap(cameraId: string, take: (unit: AccessUnit) => void): (() => void) | undefined;
  close(): void;
};

const viewerRoles = ["pic", "rtcc", "trainer", "supervisor"] as const;

/** The aircraft's pictures: in by RTP, out as video units tied to the pose at their capture time. */
export function createFeedsPart(context: StationContext, deps: FeedsDeps): FeedsPart {
  const { kernel, config, world } = context;
  const ground = new GroundView(world);
  const tracks = new Map<string, PoseTrack>(config.aircraft.map(({ uid }) => [uid, new PoseTrack()]));
  const watchers = new Map<string, number>();
  const feeds = new Map<string, Feed>();
  const sockets: DatagramSocket[] = [];
  const nowMs = (): number => kernel.nowMs();

  const look = (uid: string): void => {
    const sample: AircraftSample | undefined = deps.samples.latest(uid);
    if (sample !== undefined) tracks.get(uid)?.add(sample, nowMs());
  };
  config.aircraft.forEach((aircraft, i) => {
    const of: FeedOf = {
      cameraId: aircraft.uid,
      name: aircraft.callSign,
      uid: aircraft.uid,
      handle: i + 1,
      port: aircraft.videoPort,
    };
    feeds.set(
      of.cameraId,
      new Feed(of, {
        nowMs,
        poseAt: (capturedMs) => tracks.get(aircraft.uid)?.at(capturedMs),
        corners: (pose: CameraPose) => ground.corners(pose),
        onUnit: (bytes) => {
          if ((watchers.get(of.cameraId) ?? 0) > 0) deps.sendVideo(of.cameraId, bytes);
        },
        count: (metric) => context.count(metric),
      }),
    );
  });

  const onDatagram = (feed: Feed, bytes: Uint8Array, from: Peer): void => {
    // Samples are dated as pictures come in: between two pictures nobody asks for a pose.
    if (feed.of.uid !== undefined) look(feed.of.uid);
    if (isRtcp(bytes)) {
      const previous = [...feeds.values()].find((other) => other.of.port === feed.of.port - 1);
      for (const report of parseSenderReports(bytes)) if (previous?.offerReport(report, from)) return;
    }
    feed.onDatagram(bytes, from);
  };
  const openReports = (feed: Feed): void => {
    const port = feed.of.port + 1;
    // RTCP's place of old (RFC 3550, 11) is the next port; a neighbour's pictures may already come in there.
    if (feed.of.port === 0 || [...feeds.values()].some((other) => other.of.port === port)) return;
    sockets.push(
      deps.datagrams.bind(
        { port, host: deps.host },
        {
          onDatagram: (bytes, from) => {
            if (isRtcp(bytes)) feed.onDatagram(bytes, from);
          },
          onBound: () => undefined,
          onError: (error) => context.log("warn", "report port failed", { port, error: error.message }),
        },
      ),
    );
  };
  const open = (feed: Feed): void => {
    sockets.push(
      deps.datagrams.bind(
        { port: feed.of.port, host: deps.host },
        {
          onDatagram: (bytes, from) => onDatagram(feed, bytes, from),
          onBound: () => {
            feed.bound = true;
          },
          onError: (error) => {
            feed.portProblem = error.message;
            context.log("error", "video port failed", { port: feed.of.port, error: error.message });
          },
        },
      ),
    );
  };

  return {
    name: "feeds",
    rooms: [],
    handles: [...feeds.values()].map(({ of }) => ({ handle: of.handle, cameraId: of.cameraId })),
    streams: () => [...feeds.values()].map((feed) => feed.view()),
    streamOfAircraft: (uid) => feeds.get(uid)?.view(),
    onStart() {
      for (const feed of feeds.values()) {
        open(feed);
        openReports(feed);
      }
    },
    tap: (cameraId, take) => feeds.get(cameraId)?.tap(take),
    watchersChanged(cameraId, count) {
      const before = watchers.get(cameraId) ?? 0;
      watchers.set(cameraId, count);
      // Only for the first viewer: the kept pictures would throw those who already watch two seconds back.
      if (before === 0 && count > 0)
        for (const bytes of feeds.get(cameraId)?.catchUp() ?? []) deps.sendVideo(cameraId, bytes);
    },
    routes: [
      {
        kind: "get",
        path: "/cameras",
        roles: viewerRoles,
        summary: "Aircraft cameras with the state of their pictures, and fixed cameras.",
        handle: (_call, reply) =>
          reply.ok({ streams: [...feeds.values()].map((feed) => feed.view()), fixed: config.cameras }),
      },
      groundRoute((cameraId) => feeds.get(cameraId), tracks, ground),
    ],
    close() {
      for (const socket of sockets) socket.close();
    },
  };
}

/** A click in a picture becomes a place on the ground, for the very frame that was clicked. */
function groundRoute(
  feedOf: (cameraId: string) => Feed | undefined,
  tracks: ReadonlyMap<string, PoseTrack>,
  ground: GroundView,
): GetRoute {
  return {
    kind: "get",
    path: "/cameras/{cameraId}/ground",
    roles: viewerRoles,
    summary: "Place on the ground under a picture point: u, v from 0 to 1, capturedMs of the frame.",
    handle: ({ params, request }, reply) => {
      const feed = feedOf(params["cameraId"] ?? "");
      if (feed === undefined) {
        reply.problem(404, "No such camera", "There is no picture of that name.", "Take an id from /cameras.");
        return;
      }
      const [u, v, capturedMs] = ["u", "v", "capturedMs"].map((name) => Number(request.query[name] ?? Number.NaN));
      answerGround(feed, tracks, ground, u ?? Number.NaN, v ?? Number.NaN, capturedMs ?? Number.NaN, reply);
    },
  };
}

function answerGround(
  feed: Feed,
  tracks: ReadonlyMap<string, PoseTrack>,
  ground: GroundView,
  u: number,
  v: number,
  capturedMs: number,
  reply: Reply,
): void {
  if (!(u >= 0 && u <= 1 && v >= 0 && v <= 1)) {
    reply.problem(400, "Not a picture point", "u and v must lie between 0 and 1.");
    return;
  }
  const refused = (why: string): void =>
    reply.problem(409, "No place for this point", why, "Choose the place on the map.");
  if (!feed.timeKnown || !Number.isFinite(capturedMs)) {
    refused("Time unknown: it is not known when this picture was taken, so neither where the camera was.");
    return;
  }
  const track = tracks.get(feed.of.uid ?? "");
  const pose = track?.at(capturedMs);
  if (pose === undefined) {
    refused("It is not known where the camera was and looked at that moment.");
    return;
  }
  const place = ground.place(pose, u, v, track?.velocityAt(capturedMs));
  if (place.kind === "refused") refused(place.why);
  else reply.ok({ point: place.point, altAmslM: place.altAmslM, slantM: place.slantM, error: place.error });
}
