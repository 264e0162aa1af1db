import type { FaceRuns } from "./face-runs.js";
import type { FaceTable } from "./faces.js";
import type { GroundTiles } from "./ground-tiles.js";
import type { Lighting } from "./light.js";
import type { Picture } from "./picture.js";
import type { Ramps } from "./shade-ramps.js";
import type { View } from "./view.js";
import type { WallPaint } from "./wall-pattern.js";

/** Places in `Shading.ray`. */
export const rays = {
  east: 0,
  north: 1,
  up: 2,
  eastPerX: 3,
  northPerX: 4,
  upPerX: 5,
  eastPerY: 6,
  northPerY: 7,
  upPerY: 8,
} as const;

/** What the shading of ground fetches: light or warmth, by tile. */
export type GroundTexture = Pick<
  GroundTiles,
  "litY" | "litU" | "litV" | "cols" | "rows" | "eastMinM" | "northMinM" | "ask"
>;

/** Everything the pixels of a face are shaded with. */
export type Shading = {
  readonly view: View;
  readonly picture: Picture;
  readonly runs: FaceRuns;
  /** 1/z of each face. */
  readonly planes: Float64Array;
  readonly faces: FaceTable;
  readonly tiles: GroundTexture;
  readonly lighting: Lighting;
  readonly ramps: Ramps;
  /** Where the first pixel's ray goes for each metre of depth, and how that changes by column and by row. */
  readonly ray: Float64Array;
  readonly wall: WallPaint;
  /** The tile looked up last: the next run of ground most often lies on it too. */
  readonly tile: { key: number; found: number };
};

export function raysOf({ right, down, forward, cx, cy, focalPx }: View): Float64Array {
  const kx = (0.5 - cx) / focalPx;
  const ky = (0.5 - cy) / focalPx;
  return Float64Array.of(
    forward.e + down.e * ky + right.e * kx,
    forward.n + down.n * ky + right.n * kx,
    forward.u + down.u * ky + right.u * kx,
    right.e / focalPx,
    right.n / focalPx,
    right.u / focalPx,
    down.e / focalPx,
    down.n / focalPx,
    down.u / focalPx,
  );
}
