import { randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { type CameraPose, parseCityFile, RunClock } from "@outrider/contract";
import { createAircraftCameras, createRenderer, ffmpegEncoder, sunAt } from "../../camera/index.js";
import type { CameraSetup, CameraTick } from "./camera-messages.js";
import { stderrLog, udp, wallClock } from "./platform.js";
import { poseTrack } from "./pose-track.js";

/** The thread that draws, encodes and sends: a slow picture must never hold up flight. */
const fps = 10;
// The parent made this object two lines before it started the thread.
const setup = workerData as CameraSetup;
const parsed = parseCityFile(JSON.parse(readFileSync(setup.cityFile, "utf8")));
if (parsed.kind === "refused") throw new Error(`${setup.cityFile}: ${parsed.reason}`);
const run = new RunClock(wallClock, setup.timing);
const tracks = new Map<string, ReturnType<typeof poseTrack>>();
let latest: CameraTick | undefined;

const cameras = createAircraftCameras({
  renderer: createRenderer(parsed.city),
  host: setup.host,
  fps,
  run,
  wall: wallClock,
  datagrams: udp,
  startEncoder: ffmpegEncoder(setup.ffmpeg),
  log: stderrLog,
  poseOf: (uid, tMs): CameraPose | undefined => tracks.get(uid)?.at(tMs),
  vehicles: () => latest?.vehicles ?? [],
  people: () => [],
  light: (tMs) => sunAt(tMs, parsed.city.origin),
  newSsrc: () => randomInt(1, 2 ** 32 - 1),
});

parentPort?.on("message", (tick: CameraTick) => {
  const { timing } = run;
  if (timing.runId !== tick.timing.runId || timing.rate !== tick.timing.rate || timing.paused !== tick.timing.paused)
    run.retime(tick.timing);
  latest = tick;
  for (const { uid, pose } of tick.poses) {
    const track = tracks.get(uid) ?? poseTrack();
    tracks.set(uid, track);
    track.add(tick.tMs, pose);
  }
  cameras.update(tick.states);
});
