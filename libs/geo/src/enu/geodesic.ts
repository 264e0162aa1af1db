import { localFrame } from "./frame.js";
import { bearingDeg, destination, distanceM } from "./planar.js";
import type { LatLon } from "./point.js";

const ORIGIN = { eastM: 0, northM: 0 } as const;

/** Distance over the ground between two positions, from the tangent plane half way: within 0.1 m up to 50 km. */
export function geoDistanceM(from: LatLon, to: LatLon): number {
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
