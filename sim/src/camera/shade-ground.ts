import { groundLevels, halfArea, halfTexels, tileArea } from "./ground-tiles.js";
import type { Shading } from "./shade.js";

/** Ground pixels: the place follows from the pixel's ray and depth, the colour from the painted tiles. */
export function shadeGround(s: Shading, y: number, from: number, to: number): void {
  const { view, picture, raster, tiles, lighting: l, ramps } = s;
  const { right, down, forward } = view;
  const f = view.focalPx;
  const ky = (y + 0.5 - view.cy) / f;
  const kx = (from + 0.5 - view.cx) / f;
  let rayE = forward.e + down.e * ky + right.e * kx;
  let rayN = forward.n + down.n * ky + right.n * kx;
  const stepE = right.e / f;
  const stepN = right.n / f;
  const camE = view.eastM - tiles.eastMinM;
  const camN = view.northM - tiles.northMinM;
  const { luma, direct, chromaU, chromaV } = tiles;
  const inv = raster.invDepth;
  const outY = picture.y;
  const row = y * picture.width;
  const half = (y >> 1) * (picture.width >> 1);
  const chromaRow = (y & 1) === 0;
  const { ambient, hazeY } = l;
  const directGain = l.direct;
  let lastLevel = -1;
  let lastCol = -1;
  let lastRow = -1;
  let slot = -1;
  let shift = 0;
  for (let x = from; x < to; x++) {
    const depth = 1 / (inv[row + x] ?? 1);
    const k = depth < 4092 ? (depth * 0.25) | 0 : 1023;
    const level = ramps.level[k] ?? 0;
    const per = ramps.perTexel[level] ?? 1;
    const e = Math.floor((camE + depth * rayE) * per);
    const n = Math.floor((camN + depth * rayN) * per);
    rayE += stepE;
    rayN += stepN;
    const col = e >> 8;
    const tileRow = n >> 8;
    if (col !== lastCol || tileRow !== lastRow || level !== lastLevel) {
      lastCol = col;
      lastRow = tileRow;
      lastLevel = level;
      const found = findTile(s, level, col, tileRow);
      slot = found >> 4;
      shift = found & 15;
    }
    let lum = 96;
    let light = l.night ? 0 : 255;
    let at = -1;
    if (slot >= 0) {
      const te = (e >> shift) & 255;
      const tn = (n >> shift) & 255;
      lum = luma[slot * tileArea + (tn << 8) + te] ?? 0;
      at = slot * halfArea + (tn >> 1) * halfTexels + (te >> 1);
      light = direct[at] ?? 0;
    }
    const gain = ambient + ((directGain * light) >> 8);
    let value = 16 + (((lum - 16) * gain) >> 8);
    if (value > 235) value = 235;
    const haze = ramps.haze[k] ?? 0;
    outY[row + x] = value + (((hazeY - value) * haze) >> 8);
    if (chromaRow && (x & 1) === 0) {
      const colour = (gain * l.saturation) >> 8;
      const u = 128 + ((((at < 0 ? 126 : (chromaU[at] ?? 128)) - 128) * colour) >> 8) + l.skyU + ((l.directU * light) >> 8);
      const v = 128 + ((((at < 0 ? 129 : (chromaV[at] ?? 128)) - 128) * colour) >> 8) + l.skyV + ((l.directV * light) >> 8);
      picture.u[half + (x >> 1)] = u + (((l.hazeU - u) * haze) >> 8);
      picture.v[half + (x >> 1)] = v + (((l.hazeV - v) * haze) >> 8);
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
