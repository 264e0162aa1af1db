import { type FaceTable, faceFields, faceKinds } from "./faces.js";
import type { Lighting } from "./light.js";
import type { Picture } from "./picture.js";
import type { Raster } from "./raster.js";
import { shadeGround } from "./shade-ground.js";
import type { Ramps } from "./shade-ramps.js";
import { shadeRoof } from "./shade-roof.js";
import { shadeWall } from "./shade-wall.js";
import { aimRow, type GroundTexture, rays, type Shading } from "./shading.js";
import type { View } from "./view.js";
import { wallPaint } from "./wall-pattern.js";

/**
 * Colours each pixel once, from its face and depth, after all is drawn: hidden surfaces cost nothing. Works in runs of
 * one face so that what is the same along a run is computed once.
 */
export function shadePicture(
  view: View,
  picture: Picture,
  raster: Raster,
  faces: FaceTable,
  tiles: GroundTexture,
  lighting: Lighting,
  ramps: Ramps,
): void {
  const ray = new Float64Array(Object.keys(rays).length);
  const shading: Shading = {
    view,
    picture,
    raster,
    faces,
    tiles,
    lighting,
    ramps,
    ray,
    wall: wallPaint(),
    tile: { key: -1, found: -1 },
  };
  picture.ids.fill(0);
  const { width, height } = picture;
  const map = raster.face;
  // Two pixels at a time, widths being even, and with few branches: a wrong guess costs as much as a dozen pixels.
  const pairs = raster.facePairs;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const lastPair = (row + width) >> 1;
    let from = 0;
    aimRow(shading, y);
    while (from < width) {
      const face = map[row + from] ?? 0;
      const both = (face << 16) | face;
      let pair = (row + from + 1) >> 1;
      while (pair < lastPair && pairs[pair] === both) pair++;
      const to = (pair << 1) - row + (pair < lastPair && map[pair << 1] === face ? 1 : 0);
      const mended = face === 0 && y > 0 ? mendCrack(raster, faces, y, from, to) : 0;
      shadeRun(shading, face | mended, y, from, to);
      from = to;
    }
  }
}

const widestCrack = 4;

/**
 * Where coarse and fine ground meet, a pixel may fall between them. Sky straight under ground cannot be: such a pixel
 * takes the ground from above it. Gives that ground's face, 0 where it is sky indeed.
 */
export function mendCrack(raster: Raster, faces: FaceTable, y: number, from: number, to: number): number {
  const { width, face } = raster;
  if (to - from > widestCrack) return 0;
  const above = face[(y - 1) * width + from] ?? 0;
  if (above === 0 || faces.kind[above] !== faceKinds.ground) return 0;
  for (let i = y * width + from; i < y * width + to; i++) face[i] = above;
  return above;
}

function shadeRun(s: Shading, face: number, y: number, from: number, to: number): void {
  switch (s.faces.kind[face]) {
    case faceKinds.ground:
      shadeGround(s, face, y, from, to);
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
  const depthM = 1 / raster.nearness(face, from, y);
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
  const { picture, lighting: l, ray } = s;
  const base = ray[rays.up] ?? 0;
  const perX = ray[rays.upPerX] ?? 0;
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
