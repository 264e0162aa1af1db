import type { GeoPoint, IncidentSummary } from "@outrider/contract";
import type { SceneCoverage } from "../../scene/index.js";
import { type CityModel, toLocal } from "../../world/index.js";
import { type Polygon, unseenGrid } from "./coverageGrid.js";

/** A call's place speaks for the ground this near to it, in metres (one standard deviation). */
const NEAR_M = 120;
/** Below this nothing is told of a place: less than a call three streets away. */
const LEAST = 0.05;
/** Three steps of light: more could not be told apart on a map. */
const LEVELS = 3;

/**
 * Where calls came from and no fixed camera looks: each unseen cell by the calls around it, in three steps of the
 * busiest. Undefined while the station has not told what nobody sees, or before the first call.
 */
export function heatLayer(
  city: CityModel,
  unseen: readonly Polygon[],
  places: readonly GeoPoint[],
): SceneCoverage | undefined {
  if (unseen.length === 0 || places.length === 0) return undefined;
  const grid = unseenGrid(city, unseen);
  const around = places.map((place) => toLocal(city.frame, place));
  const weights = new Float32Array(grid.seenBy.length);
  let most = 0;
  for (let i = 0; i < weights.length; i++) {
    if (grid.seenBy[i] !== 0) continue;
    const xM = grid.x0M + (((i % grid.cols) + 0.5) * grid.widthM) / grid.cols;
    const yM = grid.y0M + ((Math.floor(i / grid.cols) + 0.5) * grid.heightM) / grid.rows;
    const weight = around.reduce((sum, at) => sum + nearness(at.xM - xM, at.yM - yM), 0);
    weights[i] = weight;
    most = Math.max(most, weight);
  }
  const seenBy = Uint8Array.from(weights, (w) => (w < LEAST ? 0 : Math.ceil((w / most) * LEVELS)));
  return { ...grid, seenBy, show: "seen" };
}

function nearness(xM: number, yM: number): number {
  const away2 = xM * xM + yM * yM;
  // Three times as far as it speaks for, a call says nothing, and the exponential need not be asked.
  return away2 > 9 * NEAR_M * NEAR_M ? 0 : Math.exp(-away2 / (2 * NEAR_M * NEAR_M));
}

/** "lighter where more of 12 calls since 06:10 came from, and no fixed camera looks". */
export function heatWords(incidents: readonly IncidentSummary[], timeOfDay: (ms: number) => string): string {
  const first = incidents.reduce((least, i) => Math.min(least, i.openedMs), Number.POSITIVE_INFINITY);
  if (incidents.length === 0) return "no call yet; ground that no fixed camera sees will show where calls come from";
  const n = incidents.length;
  const which =
    n === 1 ? `the one call, ${timeOfDay(first)}, came from` : `more of ${n} calls since ${timeOfDay(first)} came from`;
  return `lighter where ${which}, and no fixed camera looks`;
}
