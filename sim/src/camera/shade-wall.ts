import { hash8 } from "./colour.js";
import { faceFields } from "./faces.js";
import { stepLength } from "./shade-ground.js";
import { rays, type Shading } from "./shading.js";
import { corniceUp, offWindow, perStoreyM, storeyM, windowRight, windowRightFar } from "./wall-pattern.js";

/** Wall pixels: bays and storeys of windows, dark by day, some lit by night, the foot lit by street lamps. */
export function shadeWall(s: Shading, face: number, y: number, from: number, to: number): void {
  const { view, wall, ray } = s;
  const { planes } = s.raster;
  const nearX = planes[3 * face] ?? 0;
  const near = (planes[3 * face + 1] ?? 0) * y + (planes[3 * face + 2] ?? 0);
  const p = s.faces.fields;
  const f = face * faceFields;
  const perBay = p[f + 11] ?? 0;
  const dirE = (p[f + 2] ?? 0) * perBay;
  const dirN = (p[f + 3] ?? 0) * perBay;
  const baseA = (ray[rays.east] ?? 0) * dirE + (ray[rays.north] ?? 0) * dirN;
  const stepA = (ray[rays.eastPerX] ?? 0) * dirE + (ray[rays.northPerX] ?? 0) * dirN;
  const baseU = (ray[rays.up] ?? 0) * perStoreyM;
  const stepU = (ray[rays.upPerX] ?? 0) * perStoreyM;
  const camA = (view.eastM - (p[f] ?? 0)) * dirE + (view.northM - (p[f + 1] ?? 0)) * dirN;
  const camU = (view.upM - (p[f + 4] ?? 0)) * perStoreyM;
  wall.topUp = (((p[f + 5] ?? 0) - 0.7) * perStoreyM) | 0;
  wall.seed = (p[f + 9] ?? 0) | 0;
  let n = 0;
  for (let x = from; x < to; x += n) {
    const near0 = near + nearX * x;
    const d0 = 1 / near0;
    n = stepLength(to - x, near0, nearX);
    const bay = (camA + d0 * (baseA + stepA * x)) | 0;
    const up = (camU + d0 * (baseU + stepU * x)) | 0;
    lightWall(s, f, d0, up);
    wall.bayStep = 0;
    wall.upStep = 0;
    if (n > 1) {
      const last = x + n - 1;
      const d1 = 1 / (near + nearX * last);
      wall.bayStep = ((camA + d1 * (baseA + stepA * last) - bay) / (n - 1)) | 0;
      wall.upStep = ((camU + d1 * (baseU + stepU * last) - up) / (n - 1)) | 0;
    }
    wallLuma(s, y, x, n, bay, up);
    if ((y & 1) === 0) wallChroma(s, y, x, n, bay, up);
  }
}

/** What the pixels of a step have in common: paint, glass, lamps at the foot and haze. */
function lightWall(s: Shading, f: number, depthM: number, up: number): void {
  const { lighting: l, ramps, wall } = s;
  const p = s.faces.fields;
  const wallY = (p[f + 6] ?? 0) | 0;
  const glow = (p[f + 10] ?? 0) | 0;
  let luma = wallY;
  let u = (p[f + 7] ?? 128) | 0;
  let v = (p[f + 8] ?? 128) | 0;
  if (glow > 0) {
    const upM = (up * storeyM) >> 16;
    const lamp = (glow * (ramps.glow[upM < 0 ? 0 : Math.min(upM, 63)] ?? 0)) >> 8;
    luma += (wallY * lamp) >> 6;
    u += (l.directU * lamp) >> 8;
    v += (l.directV * lamp) >> 8;
  }
  const haze = ramps.haze[depthM < 4092 ? (depthM * 0.25) | 0 : 1023] ?? 0;
  const clear = 256 - haze;
  wall.clear = clear;
  wall.hazeY = (l.hazeY * haze + 16 * clear) >> 8;
  wall.hazeU = l.hazeU * haze;
  wall.hazeV = l.hazeV * haze;
  wall.glass = (luma * 0.35 + (l.night ? wallY * 0.27 : wallY * 0.3 + 4)) | 0;
  wall.litOf256 = l.night ? litOf256 : 0;
  wall.sheen = l.night ? 0 : 15;
  wall.plainY = ((Math.min(219, luma) * clear) >> 8) + wall.hazeY;
  wall.topY = ((Math.min(219, (luma * 9) >> 3) * clear) >> 8) + wall.hazeY;
  wall.u = (u * clear + wall.hazeU) >> 8;
  wall.glassU = ((u + 3) * clear + wall.hazeU) >> 8;
  wall.v = (v * clear + wall.hazeV) >> 8;
  wall.right = depthM / s.view.focalPx > 0.7 ? windowRightFar : windowRight;
}

/** Of 256 windows this many are lit at night. */
const litOf256 = 58;

/**
 * Wall, window, lit window or cornice, told apart by masks: −1 where a thing is so, 0 where not. Branches would be
 * guessed wrong at the edge of every window.
 */
function wallLuma(s: Shading, y: number, x: number, count: number, bay0: number, up0: number): void {
  const out = s.picture.y;
  const { bayStep, upStep, plainY, topY, topUp, right, seed, glass, sheen, litOf256: lit, clear, hazeY } = s.wall;
  const end = y * s.picture.width + x + count;
  let bay = bay0;
  let up = up0;
  for (let i = end - count; i < end; i++) {
    const hash = hash8(bay >> 16, up >> 16, seed);
    const dark = glass + (hash & sheen);
    const pane = dark ^ ((dark ^ (100 + (hash & 31) * 3)) & ((hash - lit) >> 31));
    const paneY = ((pane * clear) >> 8) + hazeY;
    const wallY = plainY ^ ((plainY ^ topY) & ((topUp + corniceUp - up) >> 31));
    out[i] = paneY ^ ((paneY ^ wallY) & offWindow(bay, up, topUp, right));
    bay += bayStep;
    up += upStep;
  }
}

function wallChroma(s: Shading, y: number, x: number, count: number, bay0: number, up0: number): void {
  const { picture } = s;
  const outU = picture.u;
  const outV = picture.v;
  const { bayStep, upStep, u, v, glassU, topUp, right, seed, litOf256: lit, clear, hazeU, hazeV } = s.wall;
  const half = (y >> 1) * (picture.width >> 1);
  const end = half + ((x + count + 1) >> 1);
  let bay = bay0 + (x & 1) * bayStep;
  let up = up0 + (x & 1) * upStep;
  for (let i = half + ((x + 1) >> 1); i < end; i++) {
    const hash = hash8(bay >> 16, up >> 16, seed);
    const off = offWindow(bay, up, topUp, right);
    const shines = (hash - lit) >> 31;
    const paneU = glassU ^ ((glassU ^ (((98 + (hash & 7)) * clear + hazeU) >> 8)) & shines);
    const paneV = v ^ ((v ^ (((149 - (hash & 7)) * clear + hazeV) >> 8)) & shines);
    outU[i] = paneU ^ ((paneU ^ u) & off);
    outV[i] = paneV ^ ((paneV ^ v) & off);
    bay += bayStep << 1;
    up += upStep << 1;
  }
}
