import { localFrame } from "./frame.js";
import { bearingDeg, destination, distanceM } from "./planar.js";
import type { LatLon } from "./point.js";

const ORIGIN = { eastM: 0, northM: 0 } as const;

const farDeg = 2;
const meanRadiusM = 6_371_008.8;
const rad = Math.PI / 180;

/** Great circle on the mean sphere, within 0.6 %: for what is so far apart that only "far" matters. */
function greatCircleM(from: LatLon, to: LatLon): number {
  const [a, b] = [from.latDeg * rad, to.latDeg * rad];
  const across = Math.sin(((to.lonDeg - from.lonDeg) * rad) / 2) ** 2;
  const chord = Math.sin((b - a) / 2) ** 2 + Math.cos(a) * Math.cos(b) * across;
  return 2 * meanRadiusM * Math.asin(Math.sqrt(Math.min(1, Math.max(0, chord))));
}

/**
 * Distance over the ground between two positions, from the tangent plane half way: within 0.1 m up to 50 km. Further than
 * 2° apart (a receiver that says 0, 0) the plane has no half way, and the great circle is given.
 */
export function geoDistanceM(from: LatLon, to: LatLon): number {
  if (Math.abs(to.latDeg - from.latDeg) > farDeg || Math.abs(to.lonDeg - from.lonDeg) > farDeg)
    return greatCircleM(from, to);
  const there = localFrame(from).toLocal(to);
  const middle = localFrame(localFrame(from).toGeo({ eastM: there.eastM / 2, northM: there.northM / 2 }));
  return distanceM(middle.toLocal(from), middle.toLocal(to));
}

/** True bearing at `from` towards `to`. */
export function geoBearingDeg(from: LatLon, to: LatLon): number {
  return bearingDeg(ORIGIN, localFrame(from).toLocal(to));
}

/** Position `lengthM` away from `from` in a true direction; meant for at most 50 km. */
export function geoDestination(from: LatLon, trackDeg: number, lengthM: number): LatLon {
  return localFrame(from).toGeo(destination(ORIGIN, trackDeg, lengthM));
}
