import { degOf, wrap360Deg } from "../enu/index.js";

/** Covariance of a place on the ground, m². */
export type GroundCovariance = { readonly ee: number; readonly en: number; readonly nn: number };
/** One-sigma error ellipse; `bearingDeg` is the direction of the long axis, in [0, 180). */
export type ErrorEllipse = { readonly semiMajorM: number; readonly semiMinorM: number; readonly bearingDeg: number };

/** Factor from one sigma to the ellipse that holds 90 % (two dimensions): √4.605. */
export const SIGMA_TO_90 = 2.146;

export function ellipseOf({ ee, en, nn }: GroundCovariance): ErrorEllipse {
  const mean = (ee + nn) / 2;
  const swing = Math.hypot((ee - nn) / 2, en);
  const axisDeg = degOf(Math.atan2(2 * en, nn - ee)) / 2;
  return {
    semiMajorM: Math.sqrt(Math.max(0, mean + swing)),
    semiMinorM: Math.sqrt(Math.max(0, mean - swing)),
    bearingDeg: wrap360Deg(axisDeg) % 180,
  };
}
