import { type Yuv, yuvOf } from "./colour.js";
import { faceKinds } from "./faces.js";
import { ballHidden } from "./occlusion.js";
import { standOf } from "./paint-vehicles.js";
import { block, plate, type Slab } from "./shapes.js";
import type { Stage } from "./stage.js";
import { ballInView, project } from "./view.js";

/** Lamps of a head from the top down: a lamp that is lit is told by its place here. */
export const signalLamps = ["red", "amber", "green"] as const;

/** The heads of a city's traffic lights: poles stay where they are, lamps change. */
export type SceneSignals = {
  /** East, north of each pole's foot, and the heading of the traffic that it is for, degrees clockwise from north. */
  readonly places: Float64Array;
  /** The lit lamp of each, as its place in `signalLamps`. */
  readonly lit: Uint8Array;
};

/** A lit lamp that the picture shows: where, how large, and its colour. */
export type ShownLamp = {
  readonly x: number;
  readonly y: number;
  readonly halfPx: number;
  /** How squarely it looks at the camera, 0…1. */
  readonly facing: number;
  readonly colour: Yuv;
};

const colours: readonly Yuv[] = [yuvOf(255, 44, 34), yuvOf(255, 168, 24), yuvOf(44, 232, 150)];
const housing = yuvOf(34, 37, 35);
const pole = yuvOf(82, 84, 82);
const head = { widthM: 0.35, lowM: 4, highM: 5, deepM: 0.12 } as const;
/** Half of a lens, and from one lens to the next. */
const lensM = 0.15;
const nextLensM = 0.33;
/** Below so many pixels of a head's width its pole is thinner than what a pixel shows. */
const polePx = 1.6;

const slab = (halfM: number, upM: number): Slab => ({ backM: -halfM, frontM: halfM, halfM, upM });
const poleFoot = slab(0.08, 0);
const poleTop = slab(0.06, head.lowM);
const box = (upM: number): Slab => ({ backM: -head.deepM, frontM: head.deepM, halfM: head.widthM / 2, upM });
const headFoot = box(head.lowM);
const headTop = box(head.highM);

/**
 * Heads that are at least a pixel wide. Painted after everything else, so that a lamp of which pixels were drawn is one
 * that the picture shows: those are given back.
 */
export function paintSignals(stage: Stage, { places, lit }: SceneSignals, farM: number): readonly ShownLamp[] {
  const { view } = stage;
  const reachM = Math.min(farM, head.widthM * view.focalPx);
  const shown: ShownLamp[] = [];
  for (let i = 0; i < lit.length; i++) {
    const e = (places[3 * i] ?? 0) - view.eastM;
    const n = (places[3 * i + 1] ?? 0) - view.northM;
    const flat2 = e * e + n * n;
    if (flat2 > reachM * reachM) continue;
    const lamp = paintHead(stage, places, i, lit[i] ?? 0, flat2, reachM);
    if (lamp !== undefined) shown.push(lamp);
  }
  return shown;
}

function paintHead(
  stage: Stage,
  places: Float64Array,
  i: number,
  lamp: number,
  flat2: number,
  reachM: number,
): ShownLamp | undefined {
  const { view, raster, terrain } = stage;
  const eastM = places[3 * i] ?? 0;
  const northM = places[3 * i + 1] ?? 0;
  const middleM = terrain.groundAmslM(eastM, northM) + head.highM / 2;
  const downM = view.upM - middleM;
  const awayM = Math.sqrt(flat2 + downM * downM);
  if (awayM > reachM || !ballInView(view, eastM, northM, middleM, head.highM / 2, reachM)) return undefined;
  if (ballHidden(raster, view, eastM, northM, middleM, head.highM / 2)) return undefined;
  const headingRad = ((places[3 * i + 2] ?? 0) * Math.PI) / 180;
  const stand = standOf(stage, eastM, northM, headingRad, 0, 0);
  if (head.widthM * view.focalPx > polePx * awayM) block(stage, stand, poleFoot, poleTop, pole, pole);
  block(stage, stand, headFoot, headTop, housing, housing);
  const upM = (head.lowM + head.highM) / 2 + (1 - lamp) * nextLensM;
  const backM = head.deepM + 0.02;
  const colour = colours[lamp] ?? housing;
  // Its lamps look back at the traffic that comes: what it shows is dark from everywhere else.
  const front = { forwardM: -backM, sign: -1, middleM: 0, halfM: lensM, lowM: upM - lensM, highM: upM + lensM };
  if (!plate(stage, stand, front, stage.faces.count)) return undefined;
  stage.faces.flat(faceKinds.lamp, 0, colour.y, colour.u, colour.v);
  const groundM = middleM - head.highM / 2;
  const at = project(view, eastM - backM * stand.sin, northM - backM * stand.cos, groundM + upM);
  return (
    at && { x: at.x, y: at.y, halfPx: (lensM * view.focalPx) / at.depthM, facing: -stand.eyeForwardM / awayM, colour }
  );
}
