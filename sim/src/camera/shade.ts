import { type FaceTable, faceFields, faceKinds } from "./faces.js";
import type { GroundTiles } from "./ground-tiles.js";
import type { Lighting } from "./light.js";
import type { Picture } from "./picture.js";
import type { Raster } from "./raster.js";
import { shadeGround } from "./shade-ground.js";
import { buildRamps, type Ramps } from "./shade-ramps.js";
import { shadeRoof } from "./shade-roof.js";
import { shadeWall } from "./shade-wall.js";
import type { View } from "./view.js";

/** Everything a run of pixels is shaded with. */
export type Shading = {
  readonly view: View;
  readonly picture: Picture;
  readonly raster: Raster;
  readonly faces: FaceTable;
  readonly tiles: GroundTiles;
  readonly lighting: Lighting;
  readonly ramps: Ramps;
};

/**
 * Colours each pixel once, from its face and depth, after all is drawn: hidden surfaces cost nothing. Works in runs of
 * one face so that what is the same along a run is computed once.
 */
export function shadePicture(
  view: View,
  picture: Picture,
  raster: Raster,
  faces: FaceTable,
  tiles: GroundTiles,
  lighting: Lighting,
  farM: number,
): void {
  const ramps = buildRamps(view, tiles, lighting, farM);
  const shading: Shading = { view, picture, raster, faces, tiles, lighting, ramps };
  picture.ids.fill(0);
  const { width, height } = picture;
  const map = raster.face;
  // Two pixels at a time where faces run on: widths are even.
  const pairs = raster.facePairs;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let from = 0;
    while (from < width) {
      const face = map[row + from] ?? 0;
      let to = from + 1;
      if ((to & 1) === 1 && to < width && map[row + to] === face) to++;
      if ((to & 1) === 0) {
        const both = (face << 16) | face;
        while (to < width && pairs[(row + to) >> 1] === both) to += 2;
      }
      while (to < width && map[row + to] === face) to++;
      const mended = face === 0 && y > 0 && mendCrack(raster, y, from, to);
      shadeRun(shading, mended ? 1 : face, y, from, to);
      from = to;
    }
  }
}

const groundFace = 1;
const widestCrack = 4;

/**
 * Where coarse and fine ground meet, a pixel may fall between them. Sky straight under ground cannot be: such a pixel
 * takes the ground from above it.
 */
export function mendCrack(raster: Raster, y: number, from: number, to: number): boolean {
  const { width, face, invDepth } = raster;
  if (to - from > widestCrack || face[(y - 1) * width + from] !== groundFace) return false;
  for (let i = y * width + from; i < y * width + to; i++) {
    face[i] = groundFace;
    invDepth[i] = invDepth[(y - 1) * width + from] ?? 0;
  }
  return true;
}

function shadeRun(s: Shading, face: number, y: number, from: number, to: number): void {
  switch (s.faces.kind[face]) {
    case faceKinds.ground:
      shadeGround(s, y, from, to);
      return;
    case faceKinds.wall:
      shadeWall(s, face, y, from, to);
      return;
    case faceKinds.roof:
      shadeRoof(s, face, y, from, to);
      return;
    case faceKinds.flat:
    case faceKinds.lamp:
      shadeFlat(s, face, y, from, to);
      return;
    default:
      shadeSky(s, y, from, to);
  }
}

function shadeFlat(s: Shading, face: number, y: number, from: number, to: number): void {
  const { picture, raster, faces, lighting, ramps } = s;
  const f = face * faceFields;
  const start = y * picture.width;
  const depthM = 1 / (raster.invDepth[start + from] ?? 1);
  const k = Math.min(1023, (depthM * 0.25) | 0);
  const haze = faces.kind[face] === faceKinds.lamp ? 0 : (ramps.haze[k] ?? 0);
  const luma = faces.fields[f] ?? 0;
  // Runs of a car are a few pixels long: a loop beats a call of fill.
  const value = luma + (((lighting.hazeY - luma) * haze) >> 8);
  for (let i = start + from; i < start + to; i++) picture.y[i] = value;
  const owner = faces.owner[face] ?? 0;
  if (owner > 0) for (let i = start + from; i < start + to; i++) picture.ids[i] = owner;
  if ((y & 1) !== 0) return;
  const u = faces.fields[f + 1] ?? 128;
  const v = faces.fields[f + 2] ?? 128;
  const outU = u + (((lighting.hazeU - u) * haze) >> 8);
  const outV = v + (((lighting.hazeV - v) * haze) >> 8);
  const half = (y >> 1) * (picture.width >> 1);
  const end = half + ((to + 1) >> 1);
  for (let i = half + ((from + 1) >> 1); i < end; i++) {
    picture.u[i] = outU;
    picture.v[i] = outV;
  }
}

function shadeSky(s: Shading, y: number, from: number, to: number): void {
  const { view, picture, lighting: l } = s;
  const perX = view.right.u / view.focalPx;
  const base = view.forward.u + ((y + 0.5 - view.cy) / view.focalPx) * view.down.u - perX * (view.cx - 0.5);
  const row = y * picture.width;
  const half = (y >> 1) * (picture.width >> 1);
  for (let x = from; x < to; x++) {
    const rise = base + perX * x;
    const up = rise <= 0 ? 0 : rise >= 0.5 ? 1 : rise * 2;
    const share = Math.sqrt(up);
    picture.y[row + x] = l.hazeY + (l.zenithY - l.hazeY) * share;
    if (((y | x) & 1) === 0) {
      picture.u[half + (x >> 1)] = l.hazeU + (l.zenithU - l.hazeU) * share;
      picture.v[half + (x >> 1)] = l.hazeV + (l.zenithV - l.hazeV) * share;
    }
  }
}
