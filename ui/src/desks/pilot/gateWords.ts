import type { GateResult } from "@outrider/contract";
import { distanceText, heightText, speedText, type Units } from "../../parts/index.js";

/** A passing gate in one line and in the units of this desk, from its measured value and limit; undefined without them. */
export function shortGate(g: GateResult, units: Units): string | undefined {
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
