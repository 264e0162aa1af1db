import { groundLevels, halfArea, halfTexels, tileArea } from "./ground-tiles.js";
import type { Shading } from "./shade.js";

/** Pixels between exact divisions: between them places run straight, which is off by far less than a texel. */
export const shadeStep = 16;
/** Places are stepped in whole numbers of 1/16384 texel: 32 km at the finest level. */
const fine = 14;

/** Ground pixels: the place follows from the pixel's ray and depth, the colour from the painted tiles. */
export function shadeGround(s: Shading, y: number, from: number, to: number): void {
  const { view, picture, raster, tiles, ramps } = s;
  const { right, down, forward } = view;
  const f = view.focalPx;
  const ky = (y + 0.5 - view.cy) / f;
  const baseE = forward.e + down.e * ky + (right.e * (0.5 - view.cx)) / f;
  const baseN = forward.n + down.n * ky + (right.n * (0.5 - view.cx)) / f;
  const stepE = right.e / f;
  const stepN = right.n / f;
  const camE = view.eastM - tiles.eastMinM;
  const camN = view.northM - tiles.northMinM;
  const inv = raster.invDepth;
  const row = y * picture.width;
  let lastKey = -1;
  let found = -1;
  let x = from;
  while (x < to) {
    let n = Math.min(to - x, shadeStep);
    const d0 = 1 / (inv[row + x] ?? 1);
    const k = d0 < 4092 ? (d0 * 0.25) | 0 : 1023;
    const level = ramps.level[k] ?? 0;
    const scale = (ramps.perTexel[level] ?? 1) * (1 << fine);
    const e0 = ((camE + d0 * (baseE + stepE * x)) * scale) | 0;
    const n0 = ((camN + d0 * (baseN + stepN * x)) * scale) | 0;
    let stepFineE = 0;
    let stepFineN = 0;
    if (n > 1) {
      const last = x + n - 1;
      const d1 = 1 / (inv[row + last] ?? 1);
      const e1 = ((camE + d1 * (baseE + stepE * last)) * scale) | 0;
      const n1 = ((camN + d1 * (baseN + stepN * last)) * scale) | 0;
      // A step that crosses into another tile is taken pixel by pixel.
      if (e1 >> (fine + 8) !== e0 >> (fine + 8) || n1 >> (fine + 8) !== n0 >> (fine + 8)) n = 1;
      else {
        stepFineE = ((e1 - e0) / (n - 1)) | 0;
        stepFineN = ((n1 - n0) / (n - 1)) | 0;
      }
    }
    const col = e0 >> (fine + 8);
    const tileRow = n0 >> (fine + 8);
    const key = (level << 26) ^ (col << 13) ^ tileRow;
    if (key !== lastKey) {
      lastKey = key;
      found = findTile(s, level, col, tileRow);
    }
    if (found < 0) plainGround(s, y, x, x + n, k);
    else texturedGround(s, y, x, n, k, found, e0, n0, stepFineE, stepFineN);
    x += n;
  }
}

function texturedGround(
  s: Shading,
  y: number,
  x0: number,
  count: number,
  k: number,
  found: number,
  e0: number,
  n0: number,
  stepE: number,
  stepN: number,
): void {
  const { picture, tiles, lighting: l } = s;
  const { luma, direct, chromaU, chromaV } = tiles;
  const outY = picture.y;
  const shift = fine + (found & 15);
  const at = (found >> 4) * tileArea;
  const atHalf = (found >> 4) * halfArea;
  const haze = s.ramps.haze[k] ?? 0;
  const clear = 256 - haze;
  const hazeY = l.hazeY * haze;
  const gains = s.ramps.gain;
  const { saturation, skyU, skyV, directU, directV } = l;
  const hazeU = l.hazeU * haze;
  const hazeV = l.hazeV * haze;
  const outU = picture.u;
  const outV = picture.v;
  const chromaRow = (y & 1) === 0;
  const half = (y >> 1) * (picture.width >> 1);
  const row = y * picture.width;
  let e = e0;
  let n = n0;
  for (let x = x0; x < x0 + count; x++) {
    const te = (e >> shift) & 255;
    const tn = (n >> shift) & 255;
    e += stepE;
    n += stepN;
    const h = atHalf + (tn >> 1) * halfTexels + (te >> 1);
    const light = direct[h] ?? 0;
    const gain = gains[light] ?? 0;
    let value = 16 + ((((luma[at + (tn << 8) + te] ?? 16) - 16) * gain) >> 8);
    if (value > 235) value = 235;
    outY[row + x] = (value * clear + hazeY) >> 8;
    if (chromaRow && (x & 1) === 0) {
      const colour = (gain * saturation) >> 8;
      const u = 128 + ((((chromaU[h] ?? 128) - 128) * colour) >> 8) + skyU + ((directU * light) >> 8);
      const v = 128 + ((((chromaV[h] ?? 128) - 128) * colour) >> 8) + skyV + ((directV * light) >> 8);
      outU[half + (x >> 1)] = (u * clear + hazeU) >> 8;
      outV[half + (x >> 1)] = (v * clear + hazeV) >> 8;
    }
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
