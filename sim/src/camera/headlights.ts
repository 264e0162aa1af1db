import { faceKinds } from "./faces.js";
import type { SceneVehicle } from "./paint-vehicles.js";
import type { Picture } from "./picture.js";
import type { Stage } from "./stage.js";
import { project } from "./view.js";

const longM = 22;

/** Light that a vehicle throws on the road before it, added to the finished picture where that shows ground. */
export function throwHeadlights(stage: Stage, picture: Picture, vehicle: SceneVehicle): void {
  const { view, terrain } = stage;
  const sin = Math.sin((vehicle.headingDeg * Math.PI) / 180);
  const cos = Math.cos((vehicle.headingDeg * Math.PI) / 180);
  const box = { left: picture.width, right: -1, top: picture.height, bottom: -1 };
  for (const [ahead, side] of [
    [2, -4],
    [2, 4],
    [longM + 2, -5],
    [longM + 2, 5],
  ] as const) {
    const e = vehicle.eastM + ahead * sin + side * cos;
    const n = vehicle.northM + ahead * cos - side * sin;
    const at = project(view, e, n, terrain.groundAmslM(e, n));
    if (!at) return;
    box.left = Math.min(box.left, Math.floor(at.x));
    box.right = Math.max(box.right, Math.ceil(at.x));
    box.top = Math.min(box.top, Math.floor(at.y));
    box.bottom = Math.max(box.bottom, Math.ceil(at.y));
  }
  const left = Math.max(0, box.left);
  const right = Math.min(picture.width - 1, box.right);
  const bottom = Math.min(picture.height - 1, box.bottom);
  for (let y = Math.max(0, box.top); y <= bottom; y++) {
    lightRow(stage, picture, vehicle, sin, cos, y, left, right);
  }
}

function lightRow(
  stage: Stage,
  picture: Picture,
  vehicle: SceneVehicle,
  sin: number,
  cos: number,
  y: number,
  left: number,
  right: number,
): void {
  const { view, raster, faces } = stage;
  const { entries, starts } = raster.rows;
  let k = starts[y] ?? 0;
  const ky = (y + 0.5 - view.cy) / view.focalPx;
  for (let x = left; x <= right; x++) {
    while ((entries[k + 1] ?? 0) >> 16 <= x) k++;
    const face = (entries[k] ?? 0) & 0xffff;
    if (faces.kind[face] !== faceKinds.ground) continue;
    const depth = 1 / raster.nearness(face, x, y);
    const kx = (x + 0.5 - view.cx) / view.focalPx;
    const e = view.eastM + depth * (view.forward.e + view.down.e * ky + view.right.e * kx) - vehicle.eastM;
    const n = view.northM + depth * (view.forward.n + view.down.n * ky + view.right.n * kx) - vehicle.northM;
    const ahead = (e * sin + n * cos - 2) / longM;
    if (ahead <= 0 || ahead >= 1) continue;
    const side = Math.abs(e * cos - n * sin) / (1.6 + 3 * ahead);
    if (side >= 1) continue;
    const light = (1 - ahead) * Math.min(1, ahead * 8) * (1 - side * side);
    const i = y * picture.width + x;
    picture.y[i] = Math.min(235, (picture.y[i] ?? 0) + 74 * light);
  }
}
