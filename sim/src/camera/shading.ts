import type { FaceTable } from "./faces.js";
import type { GroundTiles } from "./ground-tiles.js";
import type { Lighting } from "./light.js";
import type { Picture } from "./picture.js";
import type { Raster } from "./raster.js";
import type { Ramps } from "./shade-ramps.js";
import type { View } from "./view.js";
import type { WallPaint } from "./wall-pattern.js";

/** Places in `Shading.ray`. */
export const rays = { east: 0, north: 1, up: 2, eastPerX: 3, northPerX: 4, upPerX: 5 } as const;

/** What the shading of ground fetches: light or warmth, by tile. */
export type GroundTexture = Pick<
  GroundTiles,
  "litY" | "litU" | "litV" | "cols" | "rows" | "eastMinM" | "northMinM" | "ask"
>;

/** Everything a run of pixels is shaded with. */
export type Shading = {
  readonly view: View;
  readonly picture: Picture;
  readonly raster: Raster;
  readonly faces: FaceTable;
  readonly tiles: GroundTexture;
  readonly lighting: Lighting;
  readonly ramps: Ramps;
  /** Where the ray of this row's first pixel goes for each metre of depth, and how that changes from pixel to pixel. */
  readonly ray: Float64Array;
  readonly wall: WallPaint;
  /** The tile looked up last: the next run of ground most often lies on it too. */
  readonly tile: { key: number; found: number };
};

/** Sets the rays of a row of pixels. */
export function aimRow(s: Shading, y: number): void {
  const { view, ray } = s;
  const { right, down, forward } = view;
  const f = view.focalPx;
  const ky = (y + 0.5 - view.cy) / f;
  const kx = (0.5 - view.cx) / f;
  ray[rays.east] = forward.e + down.e * ky + right.e * kx;
  ray[rays.north] = forward.n + down.n * ky + right.n * kx;
  ray[rays.up] = forward.u + down.u * ky + right.u * kx;
  ray[rays.eastPerX] = right.e / f;
  ray[rays.northPerX] = right.n / f;
  ray[rays.upPerX] = right.u / f;
}
