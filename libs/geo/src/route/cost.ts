import { distanceM, type EnuPoint } from "../enu/index.js";
import { type LegSpeeds, straightTimeS, type Wind } from "../wind/index.js";

/** Turns a straight leg into seconds; must not be smaller on a detour than on the straight line (uniform wind is not). */
export type LegCost = (from: EnuPoint, to: EnuPoint) => number;

export const windCost =
  (speeds: LegSpeeds, wind: Wind): LegCost =>
  (from, to) =>
    straightTimeS(from, to, speeds, wind);

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
