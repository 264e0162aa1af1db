import { faceFields } from "./faces.js";
import { stepLength } from "./shade-ground.js";
import { rays, type Shading } from "./shading.js";
import { corniceUp, one, paletteSize, perStoreyM, storeyM, wallParts } from "./wall-pattern.js";

/** Metres of wall to a pixel from which on windows are drawn as from far. */
const farPixelM = 0.7;

/** Wall pixels: bays and storeys of windows, dark by day, some lit by night, the foot lit by street lamps. */
export function shadeWall(s: Shading, face: number): void {
  const { view, wall, ray, planes, runs, ramps } = s;
  const nearX = planes[3 * face] ?? 0;
  const nearY = planes[3 * face + 1] ?? 0;
  const nearAt = planes[3 * face + 2] ?? 0;
  const p = s.faces.fields;
  const f = face * faceFields;
  const perBay = p[f + 11] ?? 0;
  const dirE = (p[f + 2] ?? 0) * perBay;
  const dirN = (p[f + 3] ?? 0) * perBay;
  const baseA = (ray[rays.east] ?? 0) * dirE + (ray[rays.north] ?? 0) * dirN;
  const stepA = (ray[rays.eastPerX] ?? 0) * dirE + (ray[rays.northPerX] ?? 0) * dirN;
  const rowA = (ray[rays.eastPerY] ?? 0) * dirE + (ray[rays.northPerY] ?? 0) * dirN;
  const baseU = (ray[rays.up] ?? 0) * perStoreyM;
  const stepU = (ray[rays.upPerX] ?? 0) * perStoreyM;
  const rowU = (ray[rays.upPerY] ?? 0) * perStoreyM;
  const camA = (view.eastM - (p[f] ?? 0)) * dirE + (view.northM - (p[f + 1] ?? 0)) * dirN;
  const camU = (view.upM - (p[f + 4] ?? 0)) * perStoreyM;
  const topUp = (((p[f + 5] ?? 0) - 0.7) * perStoreyM) | 0;
  const farFromM = farPixelM * view.focalPx;
  const pattern = wall.patterns(s.lighting.night);
  // Another wall shows another stretch of the pattern, moved by whole bays and storeys.
  const seed = ((p[f + 9] ?? 0) | 0) * 5;
  const moveBay = (seed & 15) * one;
  const moveUp = ((seed >> 4) & 15) * one;
  const glow = (p[f + 10] ?? 0) | 0;
  wall.mixedFor = -1;
  for (let r = runs.last[face] ?? 0; r !== 0; r = runs.before[r] ?? 0) {
    const y = runs.row[r] ?? 0;
    const both = runs.ends[r] ?? 0;
    const to = both & 0xffff;
    const near = nearY * y + nearAt;
    const rowBaseA = baseA + rowA * y;
    const rowBaseU = baseU + rowU * y;
    let n = 0;
    for (let x = both >> 16; x < to; x += n) {
      const near0 = near + nearX * x;
      const d0 = 1 / near0;
      n = stepLength(to - x, near0, nearX);
      const last = x + n - 1;
      const d1 = 1 / (near + nearX * last);
      const bay = camA + d0 * (rowBaseA + stepA * x);
      const up = camU + d0 * (rowBaseU + stepU * x);
      const upLast = camU + d1 * (rowBaseU + stepU * last);
      const haze = ramps.haze[d0 < 4092 ? (d0 * 0.25) | 0 : 1023] ?? 0;
      const lamp = glow > 0 ? (glow * (ramps.glow[Math.min(63, Math.max(0, (up * storeyM) >> 16))] ?? 0)) >> 8 : 0;
      if (((lamp << 9) | haze) !== wall.mixedFor) mixPaints(s, f, lamp, haze);
      const share = n > 1 ? 1 / (n - 1) : 0;
      const bayStep = ((camA + d1 * (rowBaseA + stepA * last) - bay) * share) | 0;
      const upStep = ((upLast - up) * share) | 0;
      const packed = packed16(moveUp + (up | 0), moveBay + (bay | 0));
      const step = ((upStep >> 4) << 16) + (bayStep >> 4);
      if (up < topUp && upLast < topUp) paintWindows(s, pattern[d0 > farFromM ? 1 : 0], y, x, n, packed, step);
      else paintTop(s, pattern[d0 > farFromM ? 1 : 0], y, x, n, packed, step, (topUp - up) | 0, upStep);
    }
  }
}

/**
 * A place in the pattern in one number, 1/512 texels: storeys in the upper half, bays in the lower, each from where it
 * begins to repeat. What bays carry over into storeys is less than can be seen.
 */
const packed16 = (up: number, bay: number): number => ((up >> 4) << 16) | ((bay >> 4) & 0xffff);

/** The paints of a wall, lit by lamps at its foot and seen through haze. */
function mixPaints(s: Shading, f: number, lamp: number, haze: number): void {
  const { lighting: l, wall } = s;
  const p = s.faces.fields;
  wall.mixedFor = (lamp << 9) | haze;
  const wallY = (p[f + 6] ?? 0) | 0;
  const luma = wallY + ((wallY * lamp) >> 6);
  const u = ((p[f + 7] ?? 128) | 0) + ((l.directU * lamp) >> 8);
  const v = ((p[f + 8] ?? 128) | 0) + ((l.directV * lamp) >> 8);
  const clear = 256 - haze;
  const hazeY = (l.hazeY * haze + 16 * clear) >> 8;
  const hazeU = l.hazeU * haze;
  const hazeV = l.hazeV * haze;
  const glass = (luma * 0.35 + (l.night ? wallY * 0.27 : wallY * 0.3 + 4)) | 0;
  for (let part = 0; part < paletteSize; part++) {
    wall.y[part] = ((glass * clear) >> 8) + hazeY;
    wall.u[part] = ((u + 3) * clear + hazeU) >> 8;
    wall.v[part] = (v * clear + hazeV) >> 8;
  }
  wall.y[wallParts.plain] = ((Math.min(219, luma) * clear) >> 8) + hazeY;
  wall.y[wallParts.cornice] = ((Math.min(219, (luma * 9) >> 3) * clear) >> 8) + hazeY;
  wall.u[wallParts.plain] = (u * clear + hazeU) >> 8;
  wall.u[wallParts.cornice] = wall.u[wallParts.plain] ?? 128;
  for (let part = wallParts.pane; part < paletteSize; part++) {
    const which = part - wallParts.pane;
    wall.y[part] = (((l.night ? 100 + which * 12 : glass + which * 2) * clear) >> 8) + hazeY;
    if (!l.night) continue;
    wall.u[part] = ((98 + which) * clear + hazeU) >> 8;
    wall.v[part] = ((149 - which) * clear + hazeV) >> 8;
  }
}

function paintWindows(
  s: Shading,
  pattern: Uint8Array,
  y: number,
  x: number,
  count: number,
  packed: number,
  step: number,
): void {
  const { picture, wall } = s;
  const { y: paintY, u: paintU, v: paintV } = wall;
  const { y: outY, u: outU, v: outV } = picture;
  const start = Math.imul(y, picture.width) + x;
  const end = start + count;
  let p = packed;
  for (let i = start; i < end; i = (i + 1) | 0) {
    outY[i] = paintY[pattern[((p >> 18) & 0x3f80) | ((p >> 9) & 0x7f)] ?? 0] ?? 16;
    p = (p + step) | 0;
  }
  if ((y & 1) !== 0) return;
  const half = Math.imul(y >> 1, picture.width >> 1);
  const endHalf = half + ((x + count + 1) >> 1);
  p = (packed + (x & 1) * step) | 0;
  const twice = step << 1;
  for (let i = half + ((x + 1) >> 1); i < endHalf; i = (i + 1) | 0) {
    const part = pattern[((p >> 18) & 0x3f80) | ((p >> 9) & 0x7f)] ?? 0;
    outU[i] = paintU[part] ?? 128;
    outV[i] = paintV[part] ?? 128;
    p = (p + twice) | 0;
  }
}

/** Where a wall ends: what lies above the windows is told by masks, as branches would be guessed wrong. */
function paintTop(
  s: Shading,
  pattern: Uint8Array,
  y: number,
  x: number,
  count: number,
  packed: number,
  step: number,
  toTop: number,
  upStep: number,
): void {
  const { picture, wall } = s;
  const { y: paintY, u: paintU, v: paintV } = wall;
  const { y: outY, u: outU, v: outV } = picture;
  const row = Math.imul(y, picture.width);
  const half = Math.imul(y >> 1, picture.width >> 1);
  const odd = y & 1;
  let p = packed;
  let left = toTop;
  for (let k = x; k < x + count; k = (k + 1) | 0) {
    const pane = (pattern[((p >> 18) & 0x3f80) | ((p >> 9) & 0x7f)] ?? 0) & ~(left >> 31);
    outY[row + k] = paintY[pane | (wallParts.cornice & ((left + corniceUp) >> 31))] ?? 16;
    if (((odd | k) & 1) === 0) {
      outU[half + (k >> 1)] = paintU[pane] ?? 128;
      outV[half + (k >> 1)] = paintV[pane] ?? 128;
    }
    p = (p + step) | 0;
    left = (left - upStep) | 0;
  }
}
