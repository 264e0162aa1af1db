import type { GeoPoint } from "@outrider/contract";
import { geoBearingDeg, geoDistanceM } from "@outrider/geo";

/** Where a camera looks: elevation upwards, true azimuth; degrees. */
export type Look = { readonly pitchDeg: number; readonly azimuthDeg: number };

/** How a camera at one place must look to see another; heights AMSL. */
export function lookFrom(at: GeoPoint & { readonly altAmslM: number }, point: GeoPoint, altAmslM: number): Look {
  const rise = Math.atan2(altAmslM - at.altAmslM, geoDistanceM(at, point));
  return { pitchDeg: (rise * 180) / Math.PI, azimuthDeg: geoBearingDeg(at, point) };
}

/** Angle between two directions, degrees: straight down, azimuth means nothing by itself. */
export function apartDeg(a: Look, b: Look): number {
  const [rise, otherRise] = [radOf(a.pitchDeg), radOf(b.pitchDeg)];
  const turn = Math.cos(radOf(a.azimuthDeg - b.azimuthDeg));
  const cos = Math.sin(rise) * Math.sin(otherRise) + Math.cos(rise) * Math.cos(otherRise) * turn;
  return (Math.acos(Math.max(-1, Math.min(1, cos))) * 180) / Math.PI;
}

const radOf = (deg: number): number => (deg * Math.PI) / 180;
