import { groundLevels, halfArea, tileArea } from "./ground-tiles.js";
import { rays, type Shading } from "./shading.js";

/** Pixels between exact divisions where depth changes much along a run. */
const shortStep = 16;
/** And where it changes little: places are stepped in 1/256 texels, which add up to less than a quarter of one. */
const longStep = 64;

/** Pixels to the next exact division: between divisions places run straight, which is off by less than a texel. */
export function stepLength(left: number, near: number, nearX: number): number {
  if (left <= shortStep) return left;
  return Math.abs(nearX) * left > near * 0.04 ? shortStep : Math.min(left, longStep);
}

/** Places are stepped in whole numbers of 1/16384 texel: 32 km at the finest level. */
const fine = 14;
const tileShift = fine + 8;
/** A pixel that was taken for ground to close a crack may lie past its horizon. */
const leastNear = 1e-5;

/** Ground pixels: the place follows from the pixel's ray and depth, the colour from the painted tiles. */
export function shadeGround(s: Shading, face: number): void {
  const { runs, planes } = s;
  const nearX = planes[3 * face] ?? 0;
  const nearY = planes[3 * face + 1] ?? 0;
  const nearAt = planes[3 * face + 2] ?? 0;
  for (let r = runs.last[face] ?? 0; r !== 0; r = runs.before[r] ?? 0) {
    const y = runs.row[r] ?? 0;
    const both = runs.ends[r] ?? 0;
    groundRun(s, y, both >> 16, both & 0xffff, nearX, nearY * y + nearAt);
  }
}

function groundRun(s: Shading, y: number, from: number, to: number, nearX: number, near: number): void {
  const { ramps, ray } = s;
  const rowE = (ray[rays.east] ?? 0) + (ray[rays.eastPerY] ?? 0) * y;
  const rowN = (ray[rays.north] ?? 0) + (ray[rays.northPerY] ?? 0) * y;
  const perE = ray[rays.eastPerX] ?? 0;
  const perN = ray[rays.northPerX] ?? 0;
  const camE = s.view.eastM - s.tiles.eastMinM;
  const camN = s.view.northM - s.tiles.northMinM;
  const { tile } = s;
  let x = from;
  while (x < to) {
    const near0 = Math.max(leastNear, near + nearX * x);
    const d0 = 1 / near0;
    const k = d0 < 4092 ? (d0 * 0.25) | 0 : 1023;
    const level = ramps.level[k] ?? 0;
    const scale = (ramps.perTexel[level] ?? 1) * (1 << fine);
    const e0 = ((camE + d0 * (rowE + perE * x)) * scale) | 0;
    const n0 = ((camN + d0 * (rowN + perN * x)) * scale) | 0;
    let n = stepLength(to - x, near0, nearX);
    let stepE = 0;
    let stepN = 0;
    while (n > 1) {
      const last = x + n - 1;
      const d1 = 1 / Math.max(leastNear, near + nearX * last);
      const e1 = ((camE + d1 * (rowE + perE * last)) * scale) | 0;
      const n1 = ((camN + d1 * (rowN + perN * last)) * scale) | 0;
      // A step stays within one tile.
      if (((e1 ^ e0) | (n1 ^ n0)) >> tileShift === 0) {
        stepE = ((e1 - e0) / (n - 1)) | 0;
        stepN = ((n1 - n0) / (n - 1)) | 0;
        break;
      }
      n >>= 1;
    }
    const col = e0 >> tileShift;
    const tileRow = n0 >> tileShift;
    const key = (level << 26) ^ (col << 13) ^ tileRow;
    if (key !== tile.key) {
      tile.key = key;
      tile.found = findTile(s, level, col, tileRow);
    }
    const { found } = tile;
    if (found < 0) plainGround(s, y, x, x + n, k);
    else {
      const shift = fine - 8 + (found & 15);
      const packed = ((n0 >> shift) << 16) | ((e0 >> shift) & 0xffff);
      const step = ((stepN >> shift) << 16) + (stepE >> shift);
      textured(s, y, x, x + n, ramps.haze[k] ?? 0, found >> 4, packed, step);
    }
    x += n;
  }
}

/** `packed` is the first pixel's place in the tile in 1/256 texels: north in the upper half, east in the lower. */
function textured(
  s: Shading,
  y: number,
  from: number,
  to: number,
  haze: number,
  slot: number,
  packed: number,
  step: number,
): void {
  const { picture, tiles, lighting: l } = s;
  const { litY, litU, litV } = tiles;
  const { y: outY, u: outU, v: outV } = picture;
  const clear = 256 - haze;
  const addY = l.hazeY * haze;
  const at = slot * tileArea;
  let p = packed;
  const row = Math.imul(y, picture.width);
  const end = row + to;
  for (let i = row + from; i < end; i = (i + 1) | 0) {
    outY[i] = (Math.imul(litY[at | ((p >> 16) & 0xff00) | ((p >> 8) & 0xff)] ?? 16, clear) + addY) >> 8;
    p = (p + step) | 0;
  }
  if ((y & 1) !== 0) return;
  p = (packed + (from & 1) * step) | 0;
  const twice = step << 1;
  const atHalf = slot * halfArea;
  const addU = l.hazeU * haze;
  const addV = l.hazeV * haze;
  const half = Math.imul(y >> 1, picture.width >> 1);
  const endHalf = half + ((to + 1) >> 1);
  for (let i = half + ((from + 1) >> 1); i < endHalf; i = (i + 1) | 0) {
    const texel = atHalf | ((p >> 18) & 0x3f80) | ((p >> 9) & 0x7f);
    outU[i] = (Math.imul(litU[texel] ?? 128, clear) + addU) >> 8;
    outV[i] = (Math.imul(litV[texel] ?? 128, clear) + addV) >> 8;
    p = (p + twice) | 0;
  }
}

/** Beyond the edge of the city file nothing is known: bare ground. */
function plainGround(s: Shading, y: number, from: number, to: number, k: number): void {
  const { picture, lighting: l } = s;
  const haze = s.ramps.haze[k] ?? 0;
  const gain = l.night ? l.ambient : l.ambient + l.direct;
  const value = 16 + ((80 * gain) >> 8);
  const row = y * picture.width;
  const half = (y >> 1) * (picture.width >> 1);
  for (let x = from; x < to; x++) {
    picture.y[row + x] = value + (((l.hazeY - value) * haze) >> 8);
    if (((y | x) & 1) === 0) {
      picture.u[half + (x >> 1)] = 127 + (((l.hazeU - 127) * haze) >> 8);
      picture.v[half + (x >> 1)] = 129 + (((l.hazeV - 129) * haze) >> 8);
    }
  }
}

/** Slot × 16 + how many levels coarser it is than asked; negative outside the city. */
function findTile(s: Shading, level: number, col: number, row: number): number {
  const { tiles } = s;
  for (let coarser = 0; level + coarser < groundLevels; coarser++) {
    const c = col >> coarser;
    const r = row >> coarser;
    const cols = tiles.cols[level + coarser] ?? 0;
    if (c < 0 || r < 0 || c >= cols || r >= (tiles.rows[level + coarser] ?? 0)) return -1;
    const slot = tiles.ask(level + coarser, r * cols + c);
    if (slot >= 0) return slot * 16 + coarser;
  }
  return -1;
}
