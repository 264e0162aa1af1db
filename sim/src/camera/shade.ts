import type { FaceRuns } from "./face-runs.js";
import { type FaceTable, faceFields, faceKinds } from "./faces.js";
import type { Lighting } from "./light.js";
import type { Picture } from "./picture.js";
import type { Raster } from "./raster.js";
import { shadeGround } from "./shade-ground.js";
import type { Ramps } from "./shade-ramps.js";
import { shadeRoof } from "./shade-roof.js";
import { shadeWall } from "./shade-wall.js";
import { type GroundTexture, rays, raysOf, type Shading } from "./shading.js";
import type { View } from "./view.js";

/**
 * Colours each pixel once, from its face and depth, after all is drawn: hidden surfaces cost nothing. Works face by face
 * and in runs, so that what is the same along a run or all over a face is computed once.
 */
export function shadePicture(
  view: View,
  picture: Picture,
  raster: Raster,
  runs: FaceRuns,
  faces: FaceTable,
  tiles: GroundTexture,
  lighting: Lighting,
  ramps: Ramps,
): void {
  const shading: Shading = {
    view,
    picture,
    runs,
    planes: raster.rows.planes,
    faces,
    tiles,
    lighting,
    ramps,
    ray: raysOf(view),
    wall: ramps.wall,
    tile: { key: -1, found: -1 },
  };
  runs.gather(raster.rows, faces);
  picture.clearIds();
  for (let face = 0; face < faces.count; face++) if (runs.last[face] !== 0) shadeFace(shading, face);
}

function shadeFace(s: Shading, face: number): void {
  switch (s.faces.kind[face]) {
    case faceKinds.ground:
      shadeGround(s, face);
      return;
    case faceKinds.wall:
      shadeWall(s, face);
      return;
    case faceKinds.roof:
      shadeRoof(s, face);
      return;
    case faceKinds.flat:
    case faceKinds.lamp:
      shadeFlat(s, face);
      return;
    default:
      shadeSky(s, face);
  }
}

function shadeFlat(s: Shading, face: number): void {
  const { picture, planes, faces, lighting, ramps, runs } = s;
  const f = face * faceFields;
  const luma = faces.fields[f] ?? 0;
  const u = faces.fields[f + 1] ?? 128;
  const v = faces.fields[f + 2] ?? 128;
  const lamp = faces.kind[face] === faceKinds.lamp;
  const owner = faces.owner[face] ?? 0;
  for (let r = runs.last[face] ?? 0; r !== 0; r = runs.before[r] ?? 0) {
    const y = runs.row[r] ?? 0;
    const both = runs.ends[r] ?? 0;
    const from = both >> 16;
    const to = both & 0xffff;
    const start = Math.imul(y, picture.width);
    const near = (planes[3 * face] ?? 0) * from + (planes[3 * face + 1] ?? 0) * y + (planes[3 * face + 2] ?? 0);
    const haze = lamp ? 0 : (ramps.haze[Math.min(1023, (0.25 / near) | 0)] ?? 0);
    // Runs of a car are a few pixels long: a loop beats a call of fill.
    const value = luma + (((lighting.hazeY - luma) * haze) >> 8);
    for (let i = start + from; i < start + to; i++) picture.y[i] = value;
    if (owner > 0) picture.markIds(start + from, start + to, owner);
    if ((y & 1) !== 0) continue;
    const outU = u + (((lighting.hazeU - u) * haze) >> 8);
    const outV = v + (((lighting.hazeV - v) * haze) >> 8);
    const half = Math.imul(y >> 1, picture.width >> 1);
    const endHalf = half + ((to + 1) >> 1);
    for (let i = half + ((from + 1) >> 1); i < endHalf; i++) {
      picture.u[i] = outU;
      picture.v[i] = outV;
    }
  }
}

function shadeSky(s: Shading, face: number): void {
  const { picture, lighting: l, ray, runs } = s;
  const perX = ray[rays.upPerX] ?? 0;
  for (let r = runs.last[face] ?? 0; r !== 0; r = runs.before[r] ?? 0) {
    const y = runs.row[r] ?? 0;
    const both = runs.ends[r] ?? 0;
    const to = both & 0xffff;
    const base = (ray[rays.up] ?? 0) + (ray[rays.upPerY] ?? 0) * y;
    const row = Math.imul(y, picture.width);
    const half = Math.imul(y >> 1, picture.width >> 1);
    let share = skyShare(base);
    for (let x = both >> 16; x < to; x = (x + 1) | 0) {
      // A camera that is held level sees one colour along a row.
      if (perX !== 0) share = skyShare(base + perX * x);
      picture.y[row + x] = l.hazeY + (l.zenithY - l.hazeY) * share;
      if (((y | x) & 1) !== 0) continue;
      picture.u[half + (x >> 1)] = l.hazeU + (l.zenithU - l.hazeU) * share;
      picture.v[half + (x >> 1)] = l.hazeV + (l.zenithV - l.hazeV) * share;
    }
  }
}

/** Share of the zenith's colour by a ray's rise for each metre of depth. */
const skyShare = (rise: number): number => Math.sqrt(rise <= 0 ? 0 : rise >= 0.5 ? 1 : rise * 2);
