import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type CameraPose, type CityFile, parseCityFile } from "@outrider/contract";
import { localFrame, worldFromCity } from "@outrider/geo";
import { airStepS, createRenderer, type Renderer, type SceneVehicle } from "@outrider/sim";
import { root } from "../../rig/io/demo-rig.js";
import { type Bench, type BenchResult, median, quantile, round } from "../bench.js";
import { FleetRun } from "../sim/fleet-run.js";
import { hoveringFleet, stepFleet } from "../sim/hovering.js";
import { cpuMsOf } from "./in-turns.js";

const rounds = 7;
const fleetSize = 200;
const airborneAtMs = 60_000;
const spanMs = 10_000;
const cityFile = join(root, "data/city/san-francisco.json");

async function aircraftPerCore(): Promise<number> {
  const fleet = hoveringFleet(fleetSize, 1);
  const steps = 500;
  stepFleet(fleet, steps);
  const spent: number[] = [];
  for (let i = 0; i < rounds; i++) spent.push(await cpuMsOf(() => stepFleet(fleet, steps)));
  const msPerStep = median(spent) / (fleetSize * steps);
  return (airStepS * 1000) / msPerStep;
}

async function realtimeOf200(): Promise<{ factor: number; flying: number; framesPerS: number }> {
  let frames = 0;
  const run = new FleetRun(fleetSize, 1, () => {
    frames++;
  });
  run.runTo(airborneAtMs);
  const flying = run.flying;
  frames = 0;
  const spent: number[] = [];
  for (let i = 0; i < rounds; i++) spent.push(await cpuMsOf(() => run.runTo(run.tMs + spanMs)));
  return { factor: spanMs / median(spent), flying, framesPerS: frames / ((rounds * spanMs) / 1000) / fleetSize };
}

function runHash(seed: number): string {
  const hash = createHash("sha256");
  const run = new FleetRun(4, seed, (bytes) => hash.update(bytes));
  run.runTo(120_000);
  return hash.update(JSON.stringify(run.places())).digest("hex");
}

/** 1 when the same seed gives the same bytes and another seed others; a hash that never changes proves nothing. */
function replayEqual(): number {
  const first = runHash(5);
  return first === runHash(5) && first !== runHash(6) ? 1 : 0;
}

async function cameraFrames(): Promise<{ readonly medianMs: number; readonly p95Ms: number } | undefined> {
  if (!existsSync(cityFile)) return undefined;
  const parsed = parseCityFile(JSON.parse(readFileSync(cityFile, "utf8")));
  if (parsed.kind !== "city") return undefined;
  return flyCamera(createRenderer(parsed.city), parsed.city);
}

/** One camera on an orbit at 60 m about the city's middle, a hundred cars about, by day. */
async function flyCamera(
  renderer: Renderer,
  city: CityFile,
): Promise<{ readonly medianMs: number; readonly p95Ms: number }> {
  const frame = localFrame(city.origin);
  const { terrain } = worldFromCity(city);
  const cars = Array.from({ length: 100 }, (_, i): SceneVehicle => {
    const place = { eastM: (i % 10) * 35 - 160, northM: Math.floor(i / 10) * 35 - 160 };
    return { vehicleId: `v${i}`, ...place, headingDeg: (i * 37) % 360, body: "sedan", colour: "red" };
  });
  const spent: number[] = [];
  for (let i = 0; i < 400; i++) {
    const angle = (i / 400) * 2 * Math.PI;
    const at = { eastM: 120 * Math.sin(angle), northM: 120 * Math.cos(angle) };
    const pose: CameraPose = {
      point: frame.toGeo(at),
      altAmslM: terrain.groundAmslM(at.eastM, at.northM) + 60,
      yawDeg: ((((angle * 180) / Math.PI + 180) % 360) + 360) % 360,
      pitchDeg: -35,
      rollDeg: 0,
      hfovDeg: 62,
    };
    const ms = await cpuMsOf(() => void renderer.render(pose, cars, [], { sunElevationDeg: 40, sunAzimuthDeg: 200 }));
    // The first frames paint the ground's tiles and compile: every real stream has them behind it after seconds.
    if (i >= 100) spent.push(ms);
  }
  return { medianMs: median(spent), p95Ms: quantile(spent, 0.95) };
}

async function run(): Promise<BenchResult> {
  const perCore = await aircraftPerCore();
  const realtime = await realtimeOf200();
  const camera = await cameraFrames();
  return {
    bench: "sim",
    metrics: {
      aircraft_per_core: Math.round(perCore),
      realtime_x_200: round(realtime.factor, 1),
      ...(camera === undefined ? {} : { camera_frame_ms: round(camera.medianMs) }),
      replay_equal: replayEqual(),
    },
    notes: [
      `aircraft_per_core: stepAir at 250 Hz, ${fleetSize} aircraft airborne in gusts, median of ${rounds}`,
      `realtime_x_200: ${realtime.flying} of ${fleetSize} whole aircraft flying, ${Math.round(realtime.framesPerS)} MAVLink frames a second each at PX4's default rates, median of ${rounds} spans of ${spanMs / 1000} s`,
      camera === undefined
        ? "camera_frame_ms: no city file, not measured"
        : `camera_frame_ms: 640x360, the demonstration's city from an orbit at 60 m, 100 cars, day; p95 ${round(camera.p95Ms)} ms`,
      "replay_equal: 4 aircraft, 120 s, every byte sent and every place, twice from one seed; another seed differs",
    ],
  };
}

export const sim: Bench = { name: "sim", run };
