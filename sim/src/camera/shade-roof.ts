import { faceFields } from "./faces.js";
import { stepLength } from "./shade-ground.js";
import { rays, type Shading } from "./shading.js";

/** Grains of roof to a metre, stepped in whole numbers of 1/16384. */
const perM = 0.4 * 16_384;
const grainFromM = 250;

/** Roof pixels: one paint with a little grain of some metres, so that a flat roof does not read as a hole. */
export function shadeRoof(s: Shading, face: number, y: number, from: number, to: number): void {
  const { view, picture, lighting: l, ramps, ray } = s;
  const { planes } = s.raster;
  const nearX = planes[3 * face] ?? 0;
  const near = (planes[3 * face + 1] ?? 0) * y + (planes[3 * face + 2] ?? 0);
  const rowE = ray[rays.east] ?? 0;
  const rowN = ray[rays.north] ?? 0;
  const perE = ray[rays.eastPerX] ?? 0;
  const perN = ray[rays.northPerX] ?? 0;
  const paintY = (s.faces.fields[face * faceFields] ?? 0) | 0;
  const { grain } = ramps;
  const out = picture.y;
  let n = 0;
  for (let x = from; x < to; x += n) {
    const near0 = near + nearX * x;
    n = stepLength(to - x, near0, nearX);
    const last = x + n - 1;
    const d0 = 1 / near0;
    const d1 = 1 / (near + nearX * last);
    const haze = ramps.haze[d0 < 4092 ? (d0 * 0.25) | 0 : 1023] ?? 0;
    const plain = (paintY * (256 - haze) + l.hazeY * haze) >> 8;
    const rough = d0 < grainFromM ? (paintY * (256 - haze)) >> 8 : 0;
    let e = ((view.eastM + d0 * (rowE + perE * x)) * perM) | 0;
    let north = ((view.northM + d0 * (rowN + perN * x)) * perM) | 0;
    const steps = Math.max(1, n - 1);
    const stepE = (((view.eastM + d1 * (rowE + perE * last)) * perM - e) / steps) | 0;
    const stepN = (((view.northM + d1 * (rowN + perN * last)) * perM - north) / steps) | 0;
    const end = y * picture.width + x + n;
    for (let i = y * picture.width + x; i < end; i++) {
      out[i] = plain + (((grain[(((north >> 14) & 63) << 6) | ((e >> 14) & 63)] ?? 0) * rough) >> 11);
      e += stepE;
      north += stepN;
    }
    if ((y & 1) === 0) roofChroma(s, face, y, x, x + n, haze);
  }
}

function roofChroma(s: Shading, face: number, y: number, from: number, to: number, haze: number): void {
  const { picture, lighting: l } = s;
  const { fields } = s.faces;
  const u = (((fields[face * faceFields + 1] ?? 128) | 0) * (256 - haze) + l.hazeU * haze) >> 8;
  const v = (((fields[face * faceFields + 2] ?? 128) | 0) * (256 - haze) + l.hazeV * haze) >> 8;
  const half = (y >> 1) * (picture.width >> 1);
  for (let i = half + ((from + 1) >> 1); i < half + ((to + 1) >> 1); i++) {
    picture.u[i] = u;
    picture.v[i] = v;
  }
}
