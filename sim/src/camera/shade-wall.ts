import { hash8 } from "./colour.js";
import { faceFields } from "./faces.js";
import type { Picture } from "./picture.js";
import type { Shading } from "./shade.js";
import { shadeStep } from "./shade-ground.js";

const bayM = 2.9;
const storeyM = 3.3;
/** Of 256 windows this many are lit at night. */
const litOf256 = 58;
const one = 65_536;
const windowLow = Math.round(0.3 * one);
const windowHigh = Math.round(0.8 * one);
const windowLeft = Math.round(0.26 * one);
const windowRight = Math.round(0.74 * one);
const windowRightFar = Math.round(0.88 * one);

/** Wall pixels: bays and storeys of windows, dark by day, some lit by night, the foot lit by street lamps. */
export function shadeWall(s: Shading, face: number, y: number, from: number, to: number): void {
  const { view, picture, raster } = s;
  const { right, down, forward } = view;
  const p = s.faces.fields;
  const f = face * faceFields;
  const dirE = p[f + 2] ?? 0;
  const dirN = p[f + 3] ?? 0;
  const lengthM = p[f + 11] ?? 0;
  // Whole bays, so that no window is cut by a corner.
  const perBay = (Math.max(1, Math.floor(lengthM / bayM)) / Math.max(0.1, lengthM)) * one;
  const perStorey = one / storeyM;
  const ky = (y + 0.5 - view.cy) / view.focalPx;
  const stepA = (right.e * dirE + right.n * dirN) / view.focalPx;
  const stepU = right.u / view.focalPx;
  const offset = 0.5 - view.cx;
  const baseA = forward.e * dirE + forward.n * dirN + (down.e * dirE + down.n * dirN) * ky + stepA * offset;
  const baseU = forward.u + down.u * ky + stepU * offset;
  const along0 = (view.eastM - (p[f] ?? 0)) * dirE + (view.northM - (p[f + 1] ?? 0)) * dirN;
  const up0 = view.upM - (p[f + 4] ?? 0);
  const inv = raster.invDepth;
  const row = y * picture.width;
  for (let x = from; x < to; x += shadeStep) {
    const n = Math.min(to - x, shadeStep);
    const d0 = 1 / (inv[row + x] ?? 1);
    const bay0 = ((along0 + d0 * (baseA + stepA * x)) * perBay) | 0;
    const up = ((up0 + d0 * (baseU + stepU * x)) * perStorey) | 0;
    let bayStep = 0;
    let upStep = 0;
    if (n > 1) {
      const last = x + n - 1;
      const d1 = 1 / (inv[row + last] ?? 1);
      bayStep = (((along0 + d1 * (baseA + stepA * last)) * perBay - bay0) / (n - 1)) | 0;
      upStep = (((up0 + d1 * (baseU + stepU * last)) * perStorey - up) / (n - 1)) | 0;
    }
    wallStep(s, f, y, x, n, d0, bay0, up, bayStep, upStep);
  }
}

function wallStep(
  s: Shading,
  f: number,
  y: number,
  x0: number,
  count: number,
  depthM: number,
  bay0: number,
  up0: number,
  bayStep: number,
  upStep: number,
): void {
  const { picture, lighting: l, ramps } = s;
  const p = s.faces.fields;
  const wallY = (p[f + 6] ?? 0) | 0;
  const wallU = (p[f + 7] ?? 128) | 0;
  const wallV = (p[f + 8] ?? 128) | 0;
  const seed = (p[f + 9] ?? 0) | 0;
  const glow = (p[f + 10] ?? 0) | 0;
  const top = (((p[f + 5] ?? 0) - 0.7) * (one / storeyM)) | 0;
  const { night } = l;
  const k = depthM < 4092 ? (depthM * 0.25) | 0 : 1023;
  const haze = ramps.haze[k] ?? 0;
  const clear = 256 - haze;
  const hazeY = (l.hazeY * haze + 16 * clear) >> 8;
  const rightEdge = depthM / s.view.focalPx > 0.7 ? windowRightFar : windowRight;
  const chromaRow = (y & 1) === 0;
  const half = (y >> 1) * (picture.width >> 1);
  const row = y * picture.width;
  const storeyUp = (up0 * storeyM) >> 16;
  const lamp = glow > 0 ? (glow * (ramps.glow[storeyUp < 0 ? 0 : Math.min(storeyUp, 63)] ?? 0)) >> 8 : 0;
  const litWall = (wallY + ((wallY * lamp) >> 6)) | 0;
  const glass = (litWall * 0.35 + (night ? wallY * 0.27 : wallY * 0.3 + 4)) | 0;
  const litU = wallU + ((l.directU * lamp) >> 8);
  const litV = wallV + ((l.directV * lamp) >> 8);
  const upEnd = up0 + upStep * (count - 1);
  if (up0 >> 16 === upEnd >> 16 && offWindows(up0, upEnd, top)) {
    const luma = Math.min(219, up0 > top + 5_000 ? (litWall * 9) >> 3 : litWall);
    plainStep(
      picture,
      y,
      x0,
      count,
      ((luma * clear) >> 8) + hazeY,
      (litU * clear + l.hazeU * haze) >> 8,
      (litV * clear + l.hazeV * haze) >> 8,
    );
    return;
  }
  let bay = bay0;
  let up = up0;
  for (let x = x0; x < x0 + count; x++) {
    const inStorey = up & 0xffff;
    const inBay = bay & 0xffff;
    let luma = up > top + 5_000 ? (litWall * 9) >> 3 : litWall;
    let u = litU;
    let v = litV;
    if (
      inStorey > windowLow &&
      inStorey < windowHigh &&
      inBay > windowLeft &&
      inBay < rightEdge &&
      up < top &&
      up > 0
    ) {
      const h = hash8(bay >> 16, up >> 16, seed);
      if (night && h < litOf256) {
        luma = 100 + (h & 31) * 3;
        u = 98 + (h & 7);
        v = 149 - (h & 7);
      } else {
        luma = night ? glass : glass + (h & 15);
        u += 3;
      }
    }
    bay += bayStep;
    up += upStep;
    if (luma > 219) luma = 219;
    picture.y[row + x] = ((luma * clear) >> 8) + hazeY;
    if (chromaRow && (x & 1) === 0) {
      picture.u[half + (x >> 1)] = (u * clear + l.hazeU * haze) >> 8;
      picture.v[half + (x >> 1)] = (v * clear + l.hazeV * haze) >> 8;
    }
  }
}

/** Whether a step within one storey lies wholly above, below or over its windows: half of all wall does. */
function offWindows(up0: number, upEnd: number, top: number): boolean {
  const a = up0 & 0xffff;
  const b = upEnd & 0xffff;
  if (up0 > top + 5_000 && upEnd > top + 5_000) return true;
  if (up0 > top - 5_000 || upEnd > top - 5_000) return false;
  return (a <= windowLow && b <= windowLow) || (a >= windowHigh && b >= windowHigh);
}

function plainStep(picture: Picture, y: number, x0: number, count: number, luma: number, u: number, v: number): void {
  const from = y * picture.width + x0;
  for (let i = from; i < from + count; i++) picture.y[i] = luma;
  if ((y & 1) !== 0) return;
  const half = (y >> 1) * (picture.width >> 1);
  const end = half + ((x0 + count + 1) >> 1);
  for (let i = half + ((x0 + 1) >> 1); i < end; i++) {
    picture.u[i] = u;
    picture.v[i] = v;
  }
}
