import { hash8 } from "./colour.js";
import { faceFields } from "./faces.js";
import type { Shading } from "./shade.js";
import { shadeStep } from "./shade-ground.js";

/** Roof pixels: one paint with a little grain of some metres, so that a flat roof does not read as a hole. */
export function shadeRoof(s: Shading, face: number, y: number, from: number, to: number): void {
  const { view, picture, raster, faces, lighting: l, ramps } = s;
  const { right, down, forward } = view;
  const f = face * faceFields;
  const paintY = (faces.fields[f] ?? 0) | 0;
  const u = (faces.fields[f + 1] ?? 128) | 0;
  const v = (faces.fields[f + 2] ?? 128) | 0;
  const ky = (y + 0.5 - view.cy) / view.focalPx;
  const row = y * picture.width;
  const half = (y >> 1) * (picture.width >> 1);
  const chromaRow = (y & 1) === 0;
  for (let x = from; x < to; ) {
    const depthM = 1 / (raster.invDepth[row + x] ?? 1);
    const end = Math.min(to, x + (depthM < 60 ? shadeStep >> 1 : shadeStep));
    const k = depthM < 4092 ? (depthM * 0.25) | 0 : 1023;
    const haze = ramps.haze[k] ?? 0;
    const clear = 256 - haze;
    let luma = paintY;
    if (depthM < 250) {
      const kx = (x + 0.5 - view.cx) / view.focalPx;
      const e = Math.floor((view.eastM + depthM * (forward.e + down.e * ky + right.e * kx)) * 0.4);
      const n = Math.floor((view.northM + depthM * (forward.n + down.n * ky + right.n * kx)) * 0.4);
      luma += ((hash8(e, n, 9) - 128) * paintY) >> 11;
    }
    const value = (luma * clear + l.hazeY * haze) >> 8;
    for (let i = row + x; i < row + end; i++) picture.y[i] = value;
    if (chromaRow) {
      const outU = (u * clear + l.hazeU * haze) >> 8;
      const outV = (v * clear + l.hazeV * haze) >> 8;
      for (let i = half + ((x + 1) >> 1); i < half + ((end + 1) >> 1); i++) {
        picture.u[i] = outU;
        picture.v[i] = outV;
      }
    }
    x = end;
  }
}
