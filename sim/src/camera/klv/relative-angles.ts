import { degOf, radOf } from "@outrider/geo";

/** Heading, pitch and roll of something in the world: clockwise from north, nose up, right side down positive. */
export type Attitude = { readonly headingDeg: number; readonly pitchDeg: number; readonly rollDeg: number };

type Matrix = readonly [Row, Row, Row];
type Row = readonly [number, number, number];

/**
 * How a camera is turned in its airframe (ST 0601 tags 18 to 20): azimuth from the nose, elevation from the body's
 * plane, roll. Turned by these after the platform's angles one has the camera's attitude in the world again.
 */
export function relativeAngles(platform: Attitude, camera: Attitude) {
  const p = matrixOf(platform);
  const c = matrixOf(camera);
  const at = (row: 0 | 1 | 2, col: 0 | 1 | 2): number =>
    p[0][row] * c[0][col] + p[1][row] * c[1][col] + p[2][row] * c[2][col];
  const down = Math.min(1, Math.max(-1, at(2, 0)));
  // Straight up or down azimuth and roll are one turn: it all goes to the azimuth.
  const locked = Math.abs(down) > 1 - 1e-9;
  return {
    azimuthDeg: (degOf(locked ? Math.atan2(-at(0, 1), at(1, 1)) : Math.atan2(at(1, 0), at(0, 0))) + 360) % 360,
    elevationDeg: degOf(Math.asin(-down)),
    rollDeg: locked ? 0 : (degOf(Math.atan2(at(2, 1), at(2, 2))) + 360) % 360,
  };
}

/** From body (forward, right, down) to north, east, down. */
export function matrixOf({ headingDeg, pitchDeg, rollDeg }: Attitude): Matrix {
  const [sh, ch] = [Math.sin(radOf(headingDeg)), Math.cos(radOf(headingDeg))];
  const [sp, cp] = [Math.sin(radOf(pitchDeg)), Math.cos(radOf(pitchDeg))];
  const [sr, cr] = [Math.sin(radOf(rollDeg)), Math.cos(radOf(rollDeg))];
  return [
    [ch * cp, ch * sp * sr - sh * cr, ch * sp * cr + sh * sr],
    [sh * cp, sh * sp * sr + ch * cr, sh * sp * cr - ch * sr],
    [-sp, cp * sr, cp * cr],
  ];
}
