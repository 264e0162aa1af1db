import { assertNever, type WordedFigure, type Wording, wordingText } from "@outrider/contract";
import { formatDistance, type Units } from "./units.js";

const FOOT_M = 0.3048;
const KNOT_MPS = 0.514444;
const MILE_M = 1609.344;
/** From here on a way is said in miles, as elsewhere on the desks. */
const MOST_FEET = 1000;
/** So far off nobody asks for parts of a mile. */
const WHOLE_MILES_M = 10 * MILE_M;

/** What the station said in its own units, in those of the desk; a text without parts stays as it is. */
export function wordedText(
  { text, wording }: { readonly text: string; readonly wording?: Wording | undefined },
  units: Units,
): string {
  if (wording === undefined || wordingText(wording) !== text) return text;
  return wording.map((part) => (typeof part === "string" ? part : figureText(part, units))).join("");
}

/** The station speaks metres and, as weather reports do, statute miles. */
function figureText(figure: WordedFigure, units: Units): string {
  if ((figure.as === "visibility") === (units === "imperial")) return figure.said;
  const { value, round, bare } = figure;
  switch (figure.as) {
    case "height":
      return `${toSide(value / FOOT_M, round)}${bare ? "" : " ft"}`;
    case "speed":
      return `${toSide(value / KNOT_MPS, round)}${bare ? "" : " kt"}`;
    case "distance": {
      const feet = value / FOOT_M;
      if (Math.abs(feet) < MOST_FEET) return `${toSide(feet, round)} ft`;
      return value < WHOLE_MILES_M ? formatDistance(value, units) : `${Math.round(value / MILE_M)} mi`;
    }
    case "visibility":
      return `${(toSide(value / 100, round) / 10).toFixed(1)}${bare ? "" : " km"}`;
    default:
      return assertNever(figure.as);
  }
}

/** Forgives what binary fractions add: exactly 80 feet of metres are not 81. */
const SLACK = 1e-6;
function toSide(value: number, round: WordedFigure["round"]): number {
  if (round === "down") return Math.floor(value + SLACK);
  return round === "up" ? Math.ceil(value - SLACK) : Math.round(value) + 0;
}
