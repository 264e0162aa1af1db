import { foldPlate, normalisePlate } from "../sightings/index.js";
import type { DispatchState, KnownPlate } from "./dispatch-room.js";

export type PlateFinding = {
  /** The text holds what is or may be a plate that nobody has confirmed. */
  readonly unverified: boolean;
  /** The text names a plate that people have confirmed for this incident. */
  readonly confirmed: boolean;
};

/** A known plate shorter than this is looked for as a word only: "SOLD" is a plate and a word. */
const leastKnown = 5;
const separators = "[\\s.,:;'\"/_-]*";

/** Plates that people have confirmed for this incident and that still stand. */
export const confirmedPlates = (state: DispatchState, incidentId: string): readonly KnownPlate[] =>
  [...state.plates.values()].filter(
    (one) => one.incidentId === incidentId && one.state === "confirmed" && one.listed !== "",
  );

/**
 * Whether a text may leave the room. Fails closed: known plates are found through spaces, dashes and look-alike
 * letters, and whatever has the form of a plate counts as one. A plate spelt out in words is not found: people are
 * told so where they write.
 */
export function findPlates(state: DispatchState, incidentId: string, text: string): PlateFinding {
  const confirmed = confirmedPlates(state, incidentId).map((one) => normalisePlate(one.listed));
  let left = text.normalize("NFKC").toUpperCase();
  let named = false;
  for (const plate of confirmed) {
    const pattern = new RegExp(`(?<![A-Z0-9])${[...plate].join(separators)}(?![A-Z0-9])`, "g");
    const next = left.replace(pattern, " | ");
    named ||= next !== left;
    left = next;
  }
  return { unverified: hasKnown(state, left) || hasForm(left), confirmed: named };
}

function hasKnown(state: DispatchState, text: string): boolean {
  const squeezed = text.split("|").map((piece) => foldPlate(normalisePlate(piece)));
  const words = new Set((text.match(/[A-Z0-9]+/g) ?? []).map(foldPlate));
  for (const known of state.plates.values())
    for (const plate of [known.read, known.listed]) {
      const folded = foldPlate(normalisePlate(plate));
      if (folded.length < 2) continue;
      if (words.has(folded)) return true;
      if (folded.length >= leastKnown && squeezed.some((piece) => piece.includes(folded))) return true;
    }
  return false;
}

/** Five to eight letters and digits mixed: one word, joined by dashes, or spaced as California writes them. */
function hasForm(text: string): boolean {
  const words = text.match(/[A-Z0-9]+/g) ?? [];
  const dashed = (text.match(/[A-Z0-9]+(?:[.-][A-Z0-9]+)+/g) ?? []).map(normalisePlate);
  const spaced = [
    ...(text.match(/(?<![A-Z0-9])\d\s?[A-Z]{3}\s?\d{3}(?![A-Z0-9])/g) ?? []),
    ...(text.match(/(?<![A-Z0-9])(?:[A-Z0-9]\s){4,7}[A-Z0-9](?![A-Z0-9])/g) ?? []),
  ].map(normalisePlate);
  // "2-door" and "Model-3" hold one digit; a dashed plate holds more.
  const joined = [...dashed, ...spaced].filter((one) => /\d.*\d/.test(one));
  return [...words, ...joined].some(
    (one) => one.length >= 5 && one.length <= 8 && /\d/.test(one) && /[A-Z]/.test(one) && !isOrdinary(one),
  );
}

/** Street numbers with their ending, roads, distances, times and heights that officers are told all day. */
const isOrdinary = (word: string): boolean =>
  /^\d+(ST|ND|RD|TH|FT|FEET|M|KM|MI|MILES|METERS|METRES|YDS?|YARDS|MPH|KPH|AM|PM|SEC|SECONDS|MIN|MINUTES|H|HRS?|HOURS|ROUNDS|BLOCK)$/.test(
    word,
  ) || /^(US|SR|CA|HWY|RT|I)\d{1,3}$/.test(word);

/** What officers see instead of a text that may not leave. */
export const withheldText = "A plate was here that nobody has confirmed.";

/** For texts that others wrote (titles of alerts, places): whole, or withheld. */
export const safeText = (state: DispatchState, incidentId: string, text: string, otherwise: string): string =>
  findPlates(state, incidentId, text).unverified ? otherwise : text;
