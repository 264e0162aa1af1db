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

/** One shape of object and whole numbers for day and night alike, or the engine would compile the inner loops anew. */
export function lightingOf(light: SceneLight): Lighting {
  const azimuth = radOf(light.sunAzimuthDeg);
  const night = light.sunElevationDeg < nightBelowDeg;
  const high = Math.min(1, Math.max(0, (light.sunElevationDeg + 3) / 25));
  const pick = (dark: number, bright: number): number => Math.round(night ? dark : bright);
  return {
    night,
    ambient: pick(84, 70 + 62 * high),
    direct: pick(250, 40 + 96 * high),
    skyU: pick(3, 5),
    skyV: pick(-1, -3),
    directU: pick(-15, -5 - 8 * (1 - high)),
    directV: pick(12, 4 + 9 * (1 - high)),
    saturation: pick(190, 235),
    hazeY: pick(40, 120 + 62 * high),
    hazeU: pick(132, 133),
    hazeV: pick(127, 126),
    zenithY: pick(20, 70 + 60 * high),
    zenithU: pick(132, 154),
    zenithV: pick(127, 112),
    sunE: Math.sin(azimuth),
    sunN: Math.cos(azimuth),
    sunTan: Math.tan(radOf(Math.max(4, light.sunElevationDeg))),
  };
}

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
