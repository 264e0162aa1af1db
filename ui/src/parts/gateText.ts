import type { GateResult, LaunchBasis } from "@outrider/contract";
import type { Units } from "./units.js";
import { distanceText, heightText, shortSpan, speedText } from "./words.js";

/** A passing gate in one line and in the units of the desk, from its measured value and limit; undefined without them. */
export function gateText(g: GateResult, units: Units): string | undefined {
  const { measured, limit } = g;
  if (g.state !== "pass" || measured === undefined || limit === undefined) return undefined;
  switch (g.gate) {
    case "fence":
      return g.unit === "m"
        ? `${distanceText(measured, units)} inside, ${distanceText(limit, units)} needed`
        : undefined;
    case "clearance":
      return g.unit === "m"
        ? `${heightText(measured, units)} over roofs, least ${heightText(limit, units)}`
        : undefined;
    case "weather":
      return g.unit === "m/s" ? `gusts ${speedText(measured, units)}, limit ${speedText(limit, units)}` : undefined;
    case "energy":
      return g.unit === "Wh" ? `${Math.floor(measured)} Wh, needs ${Math.ceil(limit)}` : undefined;
    case "way-home":
      return g.unit === "places" ? `clear from ${measured} of ${limit} places` : undefined;
    default:
      return undefined;
  }
}

/** What a launch rests on, in one sentence and in the units of the desk. */
export function basisText({ reports, lastAgeS, withinM }: LaunchBasis, units: Units): string {
  const heard = reports === 1 ? "One report" : `${reports} reports, the last`;
  return `${heard} ${shortSpan(lastAgeS)} before this card, within ${distanceText(withinM, units)}.`;
}
