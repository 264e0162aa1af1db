import type { Terrain } from "@outrider/geo";
import type { Yuv } from "./colour.js";
import { type FaceTable, faceKinds } from "./faces.js";
import type { GroundTiles } from "./ground-tiles.js";
import { halfArea, halfTexels, texelMOf } from "./ground-tiles.js";
import type { Lighting } from "./light.js";
import type { Raster } from "./raster.js";
import type { View } from "./view.js";

/** What every painter of one frame works with. */
export type Stage = {
  readonly view: View;
  readonly raster: Raster;
  readonly faces: FaceTable;
  readonly lighting: Lighting;
  readonly terrain: Terrain;
  readonly tiles: GroundTiles;
};

/** Adds a corner of the polygon under work, given in the city's frame. */
export function corner(stage: Stage, eastM: number, northM: number, upM: number): void {
  const { view, raster } = stage;
  const e = eastM - view.eastM;
  const n = northM - view.northM;
  const u = upM - view.upM;
  raster.corner(
    e * view.right.e + n * view.right.n + u * view.right.u,
    e * view.down.e + n * view.down.n + u * view.down.u,
    e * view.forward.e + n * view.forward.n + u * view.forward.u,
  );
}

/** Draws the polygon under work with its normal taken from the first three corners. False where nothing was drawn. */
export function drawPolygon(stage: Stage, face: number): boolean {
  const { px, py, pz } = stage.raster;
  const ax = (px[1] ?? 0) - (px[0] ?? 0);
  const ay = (py[1] ?? 0) - (py[0] ?? 0);
  const az = (pz[1] ?? 0) - (pz[0] ?? 0);
  const bx = (px[2] ?? 0) - (px[1] ?? 0);
  const by = (py[2] ?? 0) - (py[1] ?? 0);
  const bz = (pz[2] ?? 0) - (pz[1] ?? 0);
  return stage.raster.draw(ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx, face);
}

/** A face of one colour, lit: `lean` is how squarely it faces the sky (1 a roof, 0.5 a wall), `direct` 0…255. */
export function litFace(stage: Stage, owner: number, paint: Yuv, lean: number, sun: number, direct: number): number {
  const l = stage.lighting;
  const share = l.night ? direct * (0.45 + 0.55 * lean) : direct * sun;
  const gain = l.ambient * (0.55 + 0.45 * lean) + (l.direct * share) / 255;
  const y = 16 + ((paint.y - 16) * gain) / 256;
  const colour = (gain * l.saturation) / 65536;
  return stage.faces.flat(
    faceKinds.flat,
    owner,
    Math.min(235, y),
    128 + (paint.u - 128) * colour + l.skyU + (l.directU * share) / 255,
    128 + (paint.v - 128) * colour + l.skyV + (l.directV * share) / 255,
  );
}

/** Direct light at a place on the ground, 0…255, from whichever tile is there. */
export function directAt(stage: Stage, eastM: number, northM: number): number {
  const { tiles } = stage;
  for (let level = 0; level < tiles.slots.length; level++) {
    const texelM = texelMOf(level) * 2;
    const col = Math.floor((eastM - tiles.eastMinM) / texelM);
    const row = Math.floor((northM - tiles.northMinM) / texelM);
    const cols = tiles.cols[level] ?? 0;
    if (col < 0 || row < 0 || col >= cols * halfTexels || row >= (tiles.rows[level] ?? 0) * halfTexels) return 0;
    const slot = tiles.slots[level]?.[Math.floor(row / halfTexels) * cols + Math.floor(col / halfTexels)] ?? -1;
    if (slot < 0) continue;
    return tiles.direct[slot * halfArea + (row % halfTexels) * halfTexels + (col % halfTexels)] ?? 0;
  }
  return 0;
}
