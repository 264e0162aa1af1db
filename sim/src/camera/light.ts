import type { GeoPoint } from "@outrider/contract";
import { degOf, radOf } from "@outrider/geo";

/** Where the sun is. Below −6° it is night: street lamps, windows and headlights give the light. */
export type SceneLight = { readonly sunElevationDeg: number; readonly sunAzimuthDeg: number };

/** How the light reaches the picture, derived once a frame. Gains are in 1/256. */
export type Lighting = {
  readonly night: boolean;
  /** Gain of what the sky alone lights. */
  readonly ambient: number;
  /** Added gain where the light map says 255: full sun by day, under a lamp by night. */
  readonly direct: number;
  /** Tint added to chroma of everything lit by the sky. */
  readonly skyU: number;
  readonly skyV: number;
  /** Tint added under full direct light. */
  readonly directU: number;
  readonly directV: number;
  /** Part of the surface's own colour that is left, in 1/256. */
  readonly saturation: number;
  readonly hazeY: number;
  readonly hazeU: number;
  readonly hazeV: number;
  readonly zenithY: number;
  readonly zenithU: number;
  readonly zenithV: number;
  /** Unit vector towards the sun in the plane, and the tangent of its height. */
  readonly sunE: number;
  readonly sunN: number;
  readonly sunTan: number;
};

const nightBelowDeg = -3;

export function lightingOf(light: SceneLight): Lighting {
  const azimuth = radOf(light.sunAzimuthDeg);
  const sunE = Math.sin(azimuth);
  const sunN = Math.cos(azimuth);
  if (light.sunElevationDeg < nightBelowDeg) return { ...nightLighting, sunE, sunN, sunTan: 1 };
  const high = Math.min(1, Math.max(0, (light.sunElevationDeg + 3) / 25));
  return {
    night: false,
    ambient: 70 + 62 * high,
    direct: 40 + 96 * high,
    skyU: 5,
    skyV: -3,
    directU: -5 - 8 * (1 - high),
    directV: 4 + 9 * (1 - high),
    saturation: 235,
    hazeY: 120 + 62 * high,
    hazeU: 133,
    hazeV: 126,
    zenithY: 70 + 60 * high,
    zenithU: 154,
    zenithV: 112,
    sunE,
    sunN,
    sunTan: Math.tan(radOf(Math.max(4, light.sunElevationDeg))),
  };
}

const nightLighting = {
  night: true,
  ambient: 84,
  direct: 250,
  skyU: 3,
  skyV: -1,
  directU: -15,
  directV: 12,
  saturation: 190,
  hazeY: 40,
  hazeU: 132,
  hazeV: 127,
  zenithY: 20,
  zenithU: 132,
  zenithV: 127,
} as const;

/**
 * The sun at a Unix time and place, to about half a degree: low-precision formulae of the Astronomical Almanac.
 */
export function sunAt(tMs: number, point: GeoPoint): SceneLight {
  const days = tMs / 86_400_000 + 2_440_587.5 - 2_451_545;
  const mean = radOf((357.529 + 0.98560028 * days) % 360);
  const longitude = radOf((280.459 + 0.98564736 * days + 1.915 * Math.sin(mean) + 0.02 * Math.sin(2 * mean)) % 360);
  const tilt = radOf(23.439 - 0.00000036 * days);
  const rightAscension = Math.atan2(Math.cos(tilt) * Math.sin(longitude), Math.cos(longitude));
  const declination = Math.asin(Math.sin(tilt) * Math.sin(longitude));
  const siderealDeg = (280.46061837 + 360.98564736629 * days) % 360;
  const hour = radOf(siderealDeg + point.lonDeg) - rightAscension;
  const lat = radOf(point.latDeg);
  const sinHeight = Math.sin(lat) * Math.sin(declination) + Math.cos(lat) * Math.cos(declination) * Math.cos(hour);
  const azimuth = Math.atan2(
    -Math.sin(hour) * Math.cos(declination),
    Math.cos(lat) * Math.sin(declination) - Math.sin(lat) * Math.cos(declination) * Math.cos(hour),
  );
  return { sunElevationDeg: degOf(Math.asin(sinHeight)), sunAzimuthDeg: (degOf(azimuth) + 360) % 360 };
}
