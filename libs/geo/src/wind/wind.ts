import { bearingDeg, degOf, distanceM, type EnuPoint, radOf, wrap360Deg } from "../enu/index.js";

/** Wind as reported: the true direction it blows FROM. */
export type Wind = { readonly speedMps: number; readonly fromDeg: number };
export const CALM: Wind = { speedMps: 0, fromDeg: 0 };

/** The vector the air moves along (blowing TO). */
export function windVector(wind: Wind): { readonly eastMps: number; readonly northMps: number } {
  const from = radOf(wind.fromDeg);
  return { eastMps: -wind.speedMps * Math.sin(from), northMps: -wind.speedMps * Math.cos(from) };
}

/** Wind from the vector the air moves along. */
export function windFromVector(eastMps: number, northMps: number): Wind {
  return { speedMps: Math.hypot(eastMps, northMps), fromDeg: wrap360Deg(degOf(Math.atan2(-eastMps, -northMps))) };
}

/** Parts of the wind along a track (positive: tailwind) and across it (positive: pushes to the left of the track). */
export function windAlongTrack(wind: Wind, trackDeg: number): { readonly alongMps: number; readonly crossMps: number } {
  const { eastMps, northMps } = windVector(wind);
  const sin = Math.sin(radOf(trackDeg));
  const cos = Math.cos(radOf(trackDeg));
  return { alongMps: eastMps * sin + northMps * cos, crossMps: sin * northMps - cos * eastMps };
}

export type TriangleResult =
  | { readonly kind: "flies"; readonly groundSpeedMps: number; readonly headingDeg: number }
  | { readonly kind: "infeasible" };

/**
 * Wind triangle: ground speed and heading to hold a track at an airspeed (flight.md 1.4). Infeasible where the
 * crosswind is at least the airspeed, or the aircraft would not make way forward.
 */
export function windTriangle(airspeedMps: number, wind: Wind, trackDeg: number): TriangleResult {
  const { alongMps, crossMps } = windAlongTrack(wind, trackDeg);
  if (Math.abs(crossMps) >= airspeedMps) return { kind: "infeasible" };
  const groundSpeedMps = alongMps + Math.sqrt(airspeedMps * airspeedMps - crossMps * crossMps);
  if (groundSpeedMps <= 1e-9) return { kind: "infeasible" };
  const headingDeg = wrap360Deg(trackDeg + degOf(Math.asin(crossMps / airspeedMps)));
  return { kind: "flies", groundSpeedMps, headingDeg };
}

/** The speeds of a leg: PX4 holds the commanded GROUND speed as long as the airspeed allows it. */
export type LegSpeeds = { readonly commandedMps: number; readonly airspeedMaxMps: number };

/** Ground speed along a track, at most the commanded one; 0 where the wind does not let it make way. */
export function legSpeedMps(speeds: LegSpeeds, wind: Wind, trackDeg: number): number {
  const triangle = windTriangle(speeds.airspeedMaxMps, wind, trackDeg);
  return triangle.kind === "infeasible" ? 0 : Math.min(speeds.commandedMps, triangle.groundSpeedMps);
}

/** Airspeed that a ground speed along a track asks for. */
export function airspeedForMps(groundSpeedMps: number, wind: Wind, trackDeg: number): number {
  const { alongMps, crossMps } = windAlongTrack(wind, trackDeg);
  return Math.hypot(groundSpeedMps - alongMps, crossMps);
}

/** Seconds along the straight line; Infinity where the wind does not let it. In uniform wind no path is faster. */
export function straightTimeS(from: EnuPoint, to: EnuPoint, speeds: LegSpeeds, wind: Wind): number {
  const lengthM = distanceM(from, to);
  if (lengthM === 0) return 0;
  const speedMps = legSpeedMps(speeds, wind, bearingDeg(from, to));
  return speedMps > 0 ? lengthM / speedMps : Number.POSITIVE_INFINITY;
}
