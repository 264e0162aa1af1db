import type { AircraftTypeConfig } from "@outrider/contract";
import {
  airspeedForMps,
  bearingDeg,
  constantPowerWh,
  distanceM,
  type EnuPoint,
  type HomeLeg,
  type LegSpeeds,
  legEnergyWh,
  legSpeedMps,
  returnEnergyWh,
  type Wind,
} from "@outrider/geo";
import type { PowerOfType } from "./power.js";

export type WindAloft = { readonly wind: Wind; readonly sigmaMps: number; readonly known: boolean };

/** Nobody has measured it: a breeze from nowhere in particular, and a wide error. */
export const WIND_UNKNOWN: WindAloft = { wind: { speedMps: 0, fromDeg: 0 }, sigmaMps: 4, known: false };

const LANDING_HOVER_S = 45;

/** The autopilot holds the commanded ground speed; the airspeed is what that takes. */
export const speedsOf = (type: AircraftTypeConfig): LegSpeeds => ({
  commandedMps: type.cruiseMps,
  airspeedMaxMps: type.maxMps,
});

export function outEnergyWh(
  way: readonly EnuPoint[],
  climbM: number,
  type: AircraftTypeConfig,
  power: PowerOfType,
  wind: Wind,
): number {
  let wh = constantPowerWh(power.climbW, Math.max(0, climbM) / type.climbMps);
  way.forEach((to, i) => {
    const from = way[i - 1];
    if (from === undefined) return;
    const trackDeg = bearingDeg(from, to);
    const groundMps = legSpeedMps(speedsOf(type), wind, trackDeg);
    if (groundMps <= 0) wh = Number.POSITIVE_INFINITY;
    else
      wh += legEnergyWh(
        { lengthM: distanceM(from, to), trackDeg },
        airspeedForMps(groundMps, wind, trackDeg),
        power.level,
        wind,
      );
  });
  return wh;
}

/** Energy of the straight way home with the wind at a quantile, landing hover included; Infinity where it cannot. */
export function homeEnergyWh(
  from: EnuPoint,
  home: EnuPoint,
  climbM: number,
  type: AircraftTypeConfig,
  power: PowerOfType,
  aloft: WindAloft,
  quantileZ: number,
): number {
  const leg: HomeLeg = { lengthM: distanceM(from, home), trackDeg: bearingDeg(from, home) };
  return returnEnergyWh({
    legs: [leg],
    airspeedMps: (type.cruiseMps + type.maxMps) / 2,
    power: power.level,
    wind: aloft.wind,
    windSigmaMps: aloft.sigmaMps,
    quantileZ,
    hoverPowerW: power.hoverW,
    hoverS: LANDING_HOVER_S,
    climbPowerW: power.climbW,
    climbS: Math.max(0, climbM) / type.climbMps,
  });
}
