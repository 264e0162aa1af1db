import { distanceM, type EnuPoint } from "../enu/index.js";
import { type LegSpeeds, straightTimeS, type Wind, windVector } from "../wind/index.js";

/** Seconds (or metres) of a straight leg. A detour must never cost less than the straight line: true in uniform wind. */
export type LegCost = (from: EnuPoint, to: EnuPoint) => number;

/** Seconds of a leg in uniform wind; Infinity where it makes no way. Same answer as `straightTimeS`, without angles. */
export function windCost(speeds: LegSpeeds, wind: Wind): LegCost {
  const { eastMps, northMps } = windVector(wind);
  const { airspeedMaxMps, commandedMps } = speeds;
  return (from, to) => {
    const lengthM = distanceM(from, to);
    if (lengthM === 0) return 0;
    const east = (to.eastM - from.eastM) / lengthM;
    const north = (to.northM - from.northM) / lengthM;
    const crossMps = east * northMps - north * eastMps;
    if (Math.abs(crossMps) >= airspeedMaxMps) return Number.POSITIVE_INFINITY;
    const alongMps = east * eastMps + north * northMps;
    const speedMps = Math.min(commandedMps, alongMps + Math.sqrt(airspeedMaxMps ** 2 - crossMps ** 2));
    return speedMps > 1e-9 ? lengthM / speedMps : Number.POSITIVE_INFINITY;
  };
}

/** Several wind layers: the fastest layer of each leg. An admissible bound over all of them (flight.md 2.2 c). */
export const layersBound =
  (layers: readonly LegCost[]): LegCost =>
  (from, to) =>
    layers.reduce((best, cost) => Math.min(best, cost(from, to)), Number.POSITIVE_INFINITY);

export const lengthCost: LegCost = distanceM;

/** No path from here to there can be faster: the straight line at the leg's own speed. */
export function lowerBoundS(from: EnuPoint, to: EnuPoint, speeds: LegSpeeds, wind: Wind): number {
  return straightTimeS(from, to, speeds, wind);
}
