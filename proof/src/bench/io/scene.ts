import { gridCity, LabelDirector, SceneEngine } from "@outrider/ui";
import { REVISION, Scene, WebGLRenderer } from "three";
import { type Bench, type BenchResult, quantile, round } from "../bench.js";
import { fullHouse, MovingPoses } from "../scene/full-house.js";
import { stubGl } from "../scene/stub-gl.js";
import { cpuMsOf } from "./in-turns.js";

const buildings = 14_000;
const aircraft = 200;
const cameras = 10_000;
const [width, height] = [1920, 1080];
const frames = 400;
const warmFrames = 100;
const frameMs = 1000 / 60;

const nothing = (): void => undefined;

/** What three asks of a page's canvas. */
function stubCanvas(): HTMLCanvasElement {
  const canvas: unknown = { width, height, style: {}, addEventListener: nothing, removeEventListener: nothing };
  return canvas as HTMLCanvasElement;
}

/** The names over the scene: placing them is part of a frame, and they are pages' elements, no draw calls. */
function labels(): LabelDirector {
  const painter = {
    measure: (text: { title: string; detail: string }) => ({
      w: text.title.length * 8 + 6,
      h: text.detail === "" ? 18 : 34,
    }),
    setLabels: nothing,
    move: nothing,
    setStreets: nothing,
    setMarks: nothing,
    showStreets: nothing,
    dispose: nothing,
  };
  const words = {
    height: (m: number) => `${Math.round(m / 0.3048)} ft`,
    age: (ms: number) => `${(ms / 1000).toFixed(1)} s`,
  };
  return new LabelDirector(painter, words);
}

async function run(): Promise<BenchResult> {
  const city = gridCity(buildings);
  const home = { xM: 0, yM: 0, upM: 1600, distanceM: 1400, bearingDeg: 160, pitchDeg: 35, fovDeg: 40 };
  const engine = new SceneEngine(city, { detail: "full", reducedMotion: false, home, requestFrame: nothing });
  const director = labels();
  engine.setLabels(director);
  const poses = new MovingPoses(city);
  engine.setPoses(poses);
  engine.resize(width, height, 1);
  engine.setModel(fullHouse(city, aircraft, cameras));
  const { gl, draws } = stubGl(width, height);
  const renderer = new WebGLRenderer({ canvas: stubCanvas(), context: gl });
  const world = new Scene();
  world.add(engine.parts.root);

  const spent: number[] = [];
  let most = 0;
  for (let i = 0; i < frames; i++) {
    poses.tMs = i * frameMs;
    // The camera turns in every second stretch of frames: moving and resting cost differently.
    const turning = Math.floor(i / 30) % 2 === 0;
    const before = draws();
    const ms = await cpuMsOf(() => {
      if (turning) engine.moveTo({ ...engine.pose, bearingDeg: (engine.pose.bearingDeg + 0.5) % 360 });
      engine.frame(i * frameMs);
      renderer.render(world, engine.camera);
    });
    most = Math.max(most, draws() - before);
    if (i >= warmFrames) spent.push(ms);
  }
  const calls = renderer.info.render.calls;
  engine.dispose();
  return {
    bench: "scene",
    metrics: { draw_calls: most, js_ms_per_frame: round(quantile(spent, 0.5)) },
    notes: [
      `three r${REVISION} over a WebGL 2 context that does nothing, in Node; ${buildings} buildings, ${aircraft} aircraft moving, ${cameras} cameras, ${width}x${height}, camera turning in every second half second`,
      `draw_calls: most of any frame, every pass (three itself counts ${calls}); names are page elements${director === undefined ? ", not placed in this run" : " and placed in the frame, without their painting"}`,
      `js_ms_per_frame: engine and renderer; p95 ${round(quantile(spent, 0.95))} ms`,
    ],
  };
}

export const scene: Bench = { name: "scene", run };
