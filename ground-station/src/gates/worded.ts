import { type WordedFigure, type Wording, wordingText } from "@outrider/contract";

/** A sentence whose figures a reader may want in other units: as the record says it, and in its parts. */
export type Worded = { readonly text: string; readonly wording: Wording };
export type Said = string | Worded;

/** worded`Only ${figure} above roofs`: plain strings and numbers stand as they are. */
export function worded(words: TemplateStringsArray, ...between: readonly (Said | number | WordedFigure)[]): Worded {
  const parts = words.flatMap((word, at): Wording => {
    const next = between[at];
    if (next === undefined) return [word];
    if (typeof next !== "object") return [word, String(next)];
    return [word, ...("wording" in next ? next.wording : [next])];
  });
  return wordedOf(parts);
}

export const wordedOf = (parts: Wording): Worded => {
  const wording = joined(parts);
  return { text: wordingText(wording), wording };
};

export const partsOf = (said: Said): Wording => (typeof said === "string" ? [said] : said.wording);

/** What an outcome carries: sentences without such figures have their text alone. */
export const saidAs = (said: Said): { readonly text: string; readonly wording?: Wording } =>
  typeof said === "string" || said.wording.every((part) => typeof part === "string")
    ? { text: typeof said === "string" ? said : said.text }
    : said;

function joined(parts: Wording): Wording {
  const whole: Wording = [];
  for (const part of parts) {
    const last = whole.at(-1);
    if (typeof part === "string" && typeof last === "string") whole[whole.length - 1] = last + part;
    else if (part !== "") whole.push(part);
  }
  return whole;
}

/** A hundredth of a metre is more than anybody reads. */
export const figure = (
  as: WordedFigure["as"],
  value: number,
  said: string,
  how: Pick<WordedFigure, "bare" | "round"> = {},
): WordedFigure => ({ said, value: Math.round(value * 100) / 100, as, ...how });
