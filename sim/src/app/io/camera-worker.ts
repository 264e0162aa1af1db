import { createHash, randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { type CameraPose, parseCityFile, RunClock } from "@outrider/contract";
import {
  createAircraftCameras,
  createFixedCameras,
  createHeatCameras,
  createRenderers,
  ffmpegEncoder,
  listenRtsp,
  type SceneSignals,
  sunAt,
} from "../../camera/index.js";
import { withNews } from "../signal-news.js";
import type { CameraNews, CameraSetup, CameraTick } from "./camera-messages.js";
import { onvifCameras } from "./onvif-cameras.js";
import { stderrLog, systemChance, udp, wallClock } from "./platform.js";
import { poseTrack } from "./pose-track.js";
import { tsFeeds } from "./ts-feeds.js";

/** The thread that draws, encodes and sends: a slow picture must never hold up flight. */
const fps = 15;
/** A street camera's sub-stream, as it is fetched for a tile: four at once must cost next to nothing. */
const fixedFps = 5;
const fixedSize = { width: 480, height: 270 } as const;
// The parent made this object two lines before it started the thread.
const setup = workerData as CameraSetup;
const parsed = parseCityFile(JSON.parse(readFileSync(setup.cityFile, "utf8")));
if (parsed.kind === "refused") throw new Error(`${setup.cityFile}: ${parsed.reason}`);
const run = new RunClock(wallClock, setup.timing);
const tracks = new Map<string, ReturnType<typeof poseTrack>>();
let latest: CameraTick | undefined;
let signals: SceneSignals | undefined;

const renderers = createRenderers(parsed.city, { tileSlots: 400 });
const common = {
  run,
  wall: wallClock,
  startEncoder: ffmpegEncoder(setup.ffmpeg),
  log: stderrLog,
  newSsrc: () => randomInt(1, 2 ** 32 - 1),
};

const aerial = { width: 640, height: 360 } as const;
const tsFeedOf = tsFeeds({
  cameras: setup.mpegts,
  city: parsed.city,
  host: setup.host,
  missionId: setup.timing.runId,
  aspect: aerial.width / aerial.height,
  datagrams: udp,
  log: stderrLog,
  platformOf: (uid) => latest?.poses.find((one) => one.uid === uid)?.platform,
});
const scene = {
  renderer: renderers.sized(aerial.width, aerial.height),
  vehicles: () => latest?.vehicles ?? [],
  people: () => latest?.people ?? [],
  signals: () => signals,
  light: (tMs: number) => sunAt(tMs, parsed.city.origin),
};
const poseAt = (uid: string, tMs: number): CameraPose | undefined => tracks.get(uid)?.at(tMs);
const cameras = createAircraftCameras({
  ...common,
  ...scene,
  tsFeedOf,
  host: setup.host,
  fps,
  datagrams: udp,
  poseOf: poseAt,
  // Its visible picture is sent to whoever listens: while somebody plays the heat, that one comes at half the pace.
  easedOf: (uid) => (heat.byId.has(uid) ? () => heat.counts(uid) !== undefined : undefined),
});
/** A camera that is off shows heat no more than light. */
const heat = createHeatCameras({
  ...common,
  ...scene,
  uids: setup.heat.map(({ uid }) => uid),
  poseOf: (uid, tMs) => (latest?.states.some((one) => one.uid === uid && one.on) ? poseAt(uid, tMs) : undefined),
});

const street = renderers.sized(fixedSize.width, fixedSize.height);
const onvif = onvifCameras({
  ...fixedSize,
  cameras: setup.fixed,
  host: setup.host,
  fps: fixedFps,
  run,
  wall: wallClock,
  log: stderrLog,
});
const fixed = createFixedCameras({
  ...common,
  ...fixedSize,
  fps: fixedFps,
  cameras: setup.fixed,
  poseOf: onvif.poseOf,
  render: (pose, tMs) => street.render(pose, scene.vehicles(), scene.people(), scene.light(tMs), "light", signals).yuv,
  onPlaying: (fixedPlaying) => parentPort?.postMessage({ fixedPlaying } satisfies CameraNews),
});
const served = [
  ...setup.fixed.map(({ port, path, cameraId }) => ({ port, path, camera: fixed.byId.get(cameraId) })),
  ...setup.heat.map(({ port, path, uid }) => ({ port, path, camera: heat.byId.get(uid) })),
];
for (const port of new Set(served.map((one) => one.port))) {
  const byPath = new Map(served.flatMap((one) => (one.port === port ? [[one.path, one.camera] as const] : [])));
  listenRtsp(
    { host: setup.host, port },
    {
      cameraAt: (path) => byPath.get(path),
      datagrams: udp,
      wall: wallClock,
      md5: (text) => createHash("md5").update(text, "utf8").digest("hex"),
      newId: () => systemChance.id("s"),
    },
    (result) => {
      if (result.kind === "error")
        stderrLog("error", "cameras have no port: their pictures stay dark", {
          port,
          error: result.error.message,
        });
    },
  );
}

/** Further behind than this is no delay of a message. */
const behindMs = 3;

/**
 * Takes over the flight's pace and time. This thread starts seconds after the time it was given, as it reads a city
 * first: a picture dated by that clock would be tied to a pose of seconds ago.
 */
function keepTime({ timing: told }: CameraTick): void {
  const { runId, rate, paused } = run.timing;
  const behind = told.epochMs - run.nowMs() > behindMs * rate;
  if (runId !== told.runId || rate !== told.rate || paused !== told.paused || behind) run.retime(told);
}

parentPort?.on("message", (tick: CameraTick) => {
  keepTime(tick);
  latest = tick;
  signals = withNews(signals, tick.signals);
  for (const { uid, pose } of tick.poses) {
    const track = tracks.get(uid) ?? poseTrack();
    tracks.set(uid, track);
    track.add(tick.tMs, pose);
  }
  cameras.update(tick.states);
});
