import type { CityScene, SceneCell } from "./city-scene.js";
import { hash8, paintOf, yuvOf } from "./colour.js";
import { faceKinds, materials } from "./faces.js";
import { ballHidden } from "./occlusion.js";
import { paintParked, standOf } from "./paint-vehicles.js";
import { block } from "./shapes.js";
import type { Stage } from "./stage.js";
import { ballInView } from "./view.js";

const leaf = [yuvOf(58, 84, 42), yuvOf(70, 94, 50), yuvOf(52, 74, 46)] as const;
const trunk = yuvOf(78, 62, 46);
const pole = yuvOf(96, 98, 96);
const parkedPaints = ["silver", "white", "black", "gray", "gray", "blue", "red", "white", "beige", "green"] as const;

/** A tree is four or five pixels tall from here on: one block shows that as well as two. */
const oneBlockFromM = 500;

export function paintFurniture(stage: Stage, scene: CityScene, cell: SceneCell, awayM: number): void {
  const { trees, parked, lamps } = scene.furniture;
  if (awayM < 900) {
    stage.faces.madeOf = materials.leaf;
    for (const i of cell.trees) {
      const r = trees[3 * i + 2] ?? 2;
      if (inSight(stage, trees[3 * i] ?? 0, trees[3 * i + 1] ?? 0, r * 1.25, r * 1.8)) tree(stage, scene, i, awayM);
    }
    stage.faces.madeOf = materials.plain;
  }
  if (awayM < 420) {
    for (const i of cell.parked) {
      if (inSight(stage, parked[4 * i] ?? 0, parked[4 * i + 1] ?? 0, 1, 3.2)) parkedCar(stage, scene, i, awayM);
    }
  }
  if (awayM < 320) {
    for (const i of cell.lamps) {
      if (inSight(stage, lamps[2 * i] ?? 0, lamps[2 * i + 1] ?? 0, 3.6, 4)) streetLamp(stage, scene, i, awayM);
    }
  }
}

/** Whether a ball over the ground may be seen: most things of a cell stand behind its buildings or beside the picture. */
function inSight(stage: Stage, eastM: number, northM: number, middleM: number, radiusM: number): boolean {
  const upM = stage.terrain.groundAmslM(eastM, northM) + middleM;
  const { view, raster } = stage;
  return ballInView(view, eastM, northM, upM, radiusM, 1_000) && !ballHidden(raster, view, eastM, northM, upM, radiusM);
}

function tree(stage: Stage, scene: CityScene, i: number, awayM: number): void {
  const { trees } = scene.furniture;
  const e = trees[3 * i] ?? 0;
  const n = trees[3 * i + 1] ?? 0;
  const r = trees[3 * i + 2] ?? 2;
  const stand = standOf(stage, e, n, i, 0, 0);
  const paint = leaf[i % 3] ?? leaf[0];
  const slab = (halfM: number, upM: number) => ({ backM: -halfM, frontM: halfM, halfM, upM });
  if (awayM > oneBlockFromM) {
    block(stage, stand, slab(r * 0.75, r * 0.8), slab(r * 0.6, r * 2.4), paint, paint);
    return;
  }
  if (awayM < 200) block(stage, stand, slab(0.16, 0), slab(0.14, r), trunk, trunk);
  block(stage, stand, slab(r * 0.5, r * 0.8), slab(r * 0.95, r * 1.5), paint, paint);
  block(stage, stand, slab(r * 0.95, r * 1.5), slab(r * 0.42, r * 2.5), paint, paint);
  if (awayM < 300) {
    const turned = standOf(stage, e, n, i + 0.8, 0, 0);
    block(stage, turned, slab(r * 0.9, r * 1.4), slab(r * 0.5, r * 2.3), paint, paint);
  }
}

function parkedCar(stage: Stage, scene: CityScene, i: number, awayM: number): void {
  const { parked } = scene.furniture;
  const paint = paintOf(parkedPaints[hash8(i, parked[4 * i + 3] ?? 0, 5) % parkedPaints.length] ?? "gray");
  paintParked(stage, parked[4 * i] ?? 0, parked[4 * i + 1] ?? 0, parked[4 * i + 2] ?? 0, paint, awayM < 220);
}

function streetLamp(stage: Stage, scene: CityScene, i: number, awayM: number): void {
  const { lamps } = scene.furniture;
  const stand = standOf(stage, lamps[2 * i] ?? 0, lamps[2 * i + 1] ?? 0, 0, 0, 0);
  const slab = (halfM: number, upM: number) => ({ backM: -halfM, frontM: halfM, halfM, upM });
  if (awayM < 160) block(stage, stand, slab(0.09, 0), slab(0.06, 7), pole, pole);
  if (!stage.lighting.night) return;
  const before = stage.faces.count;
  block(stage, stand, slab(0.2, 6.9), slab(0.28, 7.3), pole, pole);
  // The head shines by itself: its faces were made a moment ago as painted ones.
  for (let face = before; face < stage.faces.count; face++) {
    stage.faces.kind[face] = faceKinds.lamp;
    stage.faces.fields.set([228, 112, 140], face * 12);
  }
}
