import { hash8 } from "./colour.js";
import { faceFields } from "./faces.js";
import type { Shading } from "./shade.js";

const bayM = 2.9;
const storeyM = 3.3;
/** Of 256 windows this many are lit at night. */
const litOf256 = 58;

/** Wall pixels: bays and storeys of windows, dark by day, some lit by night, the foot lit by street lamps. */
export function shadeWall(s: Shading, face: number, y: number, from: number, to: number): void {
  const { view, picture, raster, faces, lighting: l, ramps } = s;
  const { right, down, forward } = view;
  const p = faces.fields;
  const f = face * faceFields;
  const dirE = p[f + 2] ?? 0;
  const dirN = p[f + 3] ?? 0;
  const tallM = p[f + 5] ?? 0;
  const wallY = p[f + 6] ?? 0;
  const wallU = p[f + 7] ?? 128;
  const wallV = p[f + 8] ?? 128;
  const seed = p[f + 9] ?? 0;
  const glow = p[f + 10] ?? 0;
  const lengthM = p[f + 11] ?? 0;
  // Whole bays, so that no window is cut by a corner.
  const bays = Math.max(1, Math.floor(lengthM / bayM));
  const perBay = bays / Math.max(0.1, lengthM);
  const ky = (y + 0.5 - view.cy) / view.focalPx;
  const kx = (from + 0.5 - view.cx) / view.focalPx;
  let rayE = (forward.e + down.e * ky + right.e * kx) * dirE + (forward.n + down.n * ky + right.n * kx) * dirN;
  let rayU = forward.u + down.u * ky + right.u * kx;
  const stepE = (right.e * dirE + right.n * dirN) / view.focalPx;
  const stepU = right.u / view.focalPx;
  const along0 = (view.eastM - (p[f] ?? 0)) * dirE + (view.northM - (p[f + 1] ?? 0)) * dirN;
  const up0 = view.upM - (p[f + 4] ?? 0);
  const inv = raster.invDepth;
  const row = y * picture.width;
  const half = (y >> 1) * (picture.width >> 1);
  const chromaRow = (y & 1) === 0;
  const glassY = l.night ? wallY * 0.45 : wallY * 0.5 + 6;
  const topM = tallM - 0.7;
  const pixelsM = 1 / view.focalPx;
  for (let x = from; x < to; x++) {
    const depth = 1 / (inv[row + x] ?? 1);
    const upM = up0 + depth * rayU;
    const bay = (along0 + depth * rayE) * perBay;
    const storey = upM / storeyM;
    rayE += stepE;
    rayU += stepU;
    const b = Math.floor(bay);
    const w = Math.floor(storey);
    const inBay = bay - b;
    const inStorey = storey - w;
    let luma = wallY;
    let u = wallU;
    let v = wallV;
    let lamp = 0;
    const far = depth * pixelsM > 0.9;
    const window =
      upM < topM && upM > 0 && inStorey > 0.3 && inStorey < 0.8 && inBay > 0.26 && inBay < (far ? 0.86 : 0.74);
    if (upM > topM + 0.25) luma = wallY * 1.18;
    if (glow > 0) {
      lamp = (glow * (ramps.glow[upM < 63 ? (upM > 0 ? upM | 0 : 0) : 63] ?? 0)) >> 8;
      luma += (luma * lamp) >> 6;
    }
    if (window) {
      const h = hash8(b, w, seed);
      if (l.night && h < litOf256) {
        luma = 104 + (h & 31) * 3;
        u = 96 + (h & 7);
        v = 150 - (h & 7);
        lamp = 0;
      } else {
        luma = luma * 0.35 + glassY * 0.6 + (l.night ? 0 : (h & 15));
        u += 3;
      }
    }
    const k = depth < 4092 ? (depth * 0.25) | 0 : 1023;
    const haze = ramps.haze[k] ?? 0;
    const value = luma > 219 ? 235 : 16 + luma;
    picture.y[row + x] = value + (((l.hazeY - value) * haze) >> 8);
    if (chromaRow && (x & 1) === 0) {
      const outU = u + ((l.directU * lamp) >> 8);
      const outV = v + ((l.directV * lamp) >> 8);
      picture.u[half + (x >> 1)] = outU + (((l.hazeU - outU) * haze) >> 8);
      picture.v[half + (x >> 1)] = outV + (((l.hazeV - outV) * haze) >> 8);
    }
  }
}

/** Roof pixels: one paint with a little grain of two metres, so that a flat roof does not read as a hole. */
export function shadeRoof(s: Shading, face: number, y: number, from: number, to: number): void {
  const { view, picture, raster, faces, lighting: l, ramps } = s;
  const { right, down, forward } = view;
  const f = face * faceFields;
  const paintY = faces.fields[f] ?? 0;
  const u = faces.fields[f + 1] ?? 128;
  const v = faces.fields[f + 2] ?? 128;
  const ky = (y + 0.5 - view.cy) / view.focalPx;
  const row = y * picture.width;
  const half = (y >> 1) * (picture.width >> 1);
  for (let x = from; x < to; x++) {
    const depth = 1 / (raster.invDepth[row + x] ?? 1);
    const kx = (x + 0.5 - view.cx) / view.focalPx;
    let luma = paintY;
    if (depth < 320) {
      const e = Math.floor((view.eastM + depth * (forward.e + down.e * ky + right.e * kx)) * 0.4);
      const n = Math.floor((view.northM + depth * (forward.n + down.n * ky + right.n * kx)) * 0.4);
      luma += ((hash8(e, n, 9) - 128) * paintY) >> 11;
    }
    const k = depth < 4092 ? (depth * 0.25) | 0 : 1023;
    const haze = ramps.haze[k] ?? 0;
    picture.y[row + x] = luma + (((l.hazeY - luma) * haze) >> 8);
    if (((y | x) & 1) === 0) {
      picture.u[half + (x >> 1)] = u + (((l.hazeU - u) * haze) >> 8);
      picture.v[half + (x >> 1)] = v + (((l.hazeV - v) * haze) >> 8);
    }
  }
}
