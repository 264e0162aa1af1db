import { faceFields } from "./faces.js";
import { stepLength } from "./shade-ground.js";
import { rays, type Shading } from "./shading.js";

/** Grains of roof to a metre, stepped in whole numbers of 1/16384. */
const perM = 0.4 * 16_384;
const grainFromM = 250;

/** Roof pixels: one paint with a little grain of some metres, so that a flat roof does not read as a hole. */
export function shadeRoof(s: Shading, face: number): void {
  const { view, lighting: l, ramps, ray, planes, runs } = s;
  const nearX = planes[3 * face] ?? 0;
  const nearY = planes[3 * face + 1] ?? 0;
  const nearAt = planes[3 * face + 2] ?? 0;
  const perE = ray[rays.eastPerX] ?? 0;
  const perN = ray[rays.northPerX] ?? 0;
  const paintY = (s.faces.fields[face * faceFields] ?? 0) | 0;
  for (let r = runs.last[face] ?? 0; r !== 0; r = runs.before[r] ?? 0) {
    const y = runs.row[r] ?? 0;
    const both = runs.ends[r] ?? 0;
    const to = both & 0xffff;
    const near = nearY * y + nearAt;
    const rowE = (ray[rays.east] ?? 0) + (ray[rays.eastPerY] ?? 0) * y;
    const rowN = (ray[rays.north] ?? 0) + (ray[rays.northPerY] ?? 0) * y;
    let n = 0;
    for (let x = both >> 16; x < to; x += n) {
      const near0 = near + nearX * x;
      n = stepLength(to - x, near0, nearX);
      const last = x + n - 1;
      const d0 = 1 / near0;
      const d1 = 1 / (near + nearX * last);
      const haze = ramps.haze[d0 < 4092 ? (d0 * 0.25) | 0 : 1023] ?? 0;
      const plain = (paintY * (256 - haze) + l.hazeY * haze) >> 8;
      const rough = d0 < grainFromM ? (paintY * (256 - haze)) >> 8 : 0;
      const e = ((view.eastM + d0 * (rowE + perE * x)) * perM) | 0;
      const north = ((view.northM + d0 * (rowN + perN * x)) * perM) | 0;
      const steps = Math.max(1, n - 1);
      const stepE = (((view.eastM + d1 * (rowE + perE * last)) * perM - e) / steps) | 0;
      const stepN = (((view.northM + d1 * (rowN + perN * last)) * perM - north) / steps) | 0;
      roofLuma(s, y, x, n, plain, rough, e, north, stepE, stepN);
      if ((y & 1) === 0) roofChroma(s, face, y, x, x + n, haze);
    }
  }
}

/** Grain is coarser than two pixels: it is looked up for two at a time. */
function roofLuma(
  s: Shading,
  y: number,
  x: number,
  count: number,
  plain: number,
  rough: number,
  e0: number,
  n0: number,
  stepE: number,
  stepN: number,
): void {
  const out = s.picture.y;
  const { grain } = s.ramps;
  let e = e0;
  let n = n0;
  let i = (Math.imul(y, s.picture.width) + x) | 0;
  const last = (i + count - 1) | 0;
  for (; i < last; i = (i + 2) | 0) {
    const value = plain + (((grain[((n >> 8) & 0xfc0) | ((e >> 14) & 63)] ?? 0) * rough) >> 11);
    out[i] = value;
    out[i + 1] = value;
    e = (e + (stepE << 1)) | 0;
    n = (n + (stepN << 1)) | 0;
  }
  if (i === last) out[i] = plain + (((grain[((n >> 8) & 0xfc0) | ((e >> 14) & 63)] ?? 0) * rough) >> 11);
}

function roofChroma(s: Shading, face: number, y: number, from: number, to: number, haze: number): void {
  const { picture, lighting: l } = s;
  const { fields } = s.faces;
  const u = (((fields[face * faceFields + 1] ?? 128) | 0) * (256 - haze) + l.hazeU * haze) >> 8;
  const v = (((fields[face * faceFields + 2] ?? 128) | 0) * (256 - haze) + l.hazeV * haze) >> 8;
  const half = Math.imul(y >> 1, picture.width >> 1);
  const end = half + ((to + 1) >> 1);
  for (let i = half + ((from + 1) >> 1); i < end; i = (i + 1) | 0) {
    picture.u[i] = u;
    picture.v[i] = v;
  }
}
