import type { Chance } from "@outrider/contract";
import { hardship, type PlateView, type WrongShares, wrongShare } from "./misread-share.js";

/** What a reader makes of one attribute; confidence 0 to 100. */
export type Guess = { readonly name: string; readonly confidence: number };
/** What a reader tells of a car beside its plate; what it could not tell is left out. */
export type SeenLooks = {
  readonly color: Guess | undefined;
  readonly make: Guess | undefined;
  readonly model: Guess | undefined;
  readonly body: Guess | undefined;
};

export type LookErrors = { readonly color: WrongShares; readonly make: WrongShares; readonly body: WrongShares };
type Looks = { readonly color: string; readonly make: string; readonly model: string; readonly body: string };

/**
 * Best: right in 0.82, 0.86 and 0.92 of passes by day (correlation reference, section 2). Worst: no study gives it for
 * readers at a roadside. A colour by night is more often wrong than right ("a significant portion" of the errors of
 * UFPR-VCR, arXiv 2408.11589, are night scenes); make and body are taken to be wrong two and a half times as often.
 */
export const usualLookErrors: LookErrors = {
  color: { bestShare: 0.18, worstShare: 0.6 },
  make: { bestShare: 0.14, worstShare: 0.35 },
  body: { bestShare: 0.08, worstShare: 0.2 },
};

/** What is taken for what, the likelier twice: the groups of the correlation reference, section 2. */
const colorsByDay: Readonly<Record<string, readonly string[]>> = {
  white: ["silver", "silver", "gray"],
  silver: ["gray", "gray", "white"],
  gray: ["silver", "silver", "black", "blue"],
  black: ["blue", "gray"],
  blue: ["black", "gray"],
  green: ["gray", "black"],
  red: ["brown"],
  brown: ["red", "gray"],
  yellow: ["orange", "white"],
};
/** Under street lamps and infrared: what is dark is black, what is light is white or gray. */
const colorsByNight: Readonly<Record<string, readonly string[]>> = {
  white: ["silver", "gray"],
  silver: ["white", "gray"],
  gray: ["silver", "black"],
  black: ["blue", "gray"],
  blue: ["black", "black", "gray"],
  green: ["black", "black", "blue"],
  red: ["black", "brown"],
  brown: ["black", "black", "red"],
  yellow: ["white", "orange"],
};
const bodies: Readonly<Record<string, readonly string[]>> = {
  sedan: ["suv", "suv", "hatchback"],
  hatchback: ["sedan", "sedan", "suv"],
  suv: ["sedan", "van"],
  van: ["suv", "truck"],
  truck: ["suv", "van"],
};
/** Badges that look alike, and makes of one house. */
const makes: Readonly<Record<string, readonly string[]>> = {
  honda: ["hyundai", "acura"],
  hyundai: ["honda", "kia"],
  toyota: ["lexus", "nissan"],
  nissan: ["toyota", "infiniti"],
  chevrolet: ["gmc", "ford"],
  ford: ["lincoln", "chevrolet"],
  volkswagen: ["audi"],
  bmw: ["mercedes"],
  subaru: ["toyota"],
  tesla: ["hyundai"],
};
/** Of makes that are not told right, most are not told at all: a classifier has a threshold, and says no name below it. */
const makeUnknownShare = 0.7;

/** A right one of an easy pass, what the hardest pass takes off, and what being wrong takes off beside: 0 to 100. */
const sure = { color: 92, make: 84, model: 68, body: 90 } as const;
const hardTakes = 25;
const wrongTakes = 22;
const spread = 8;

/** What a reader makes of a car's looks in one pass. */
export function seeLooks(looks: Looks, view: PlateView, errors: LookErrors, chance: Pick<Chance, "unit">): SeenLooks {
  const hard = hardship(view);
  // A slow car straight ahead has no colour at night either.
  const colorHard = view.dark ? 1 : hard;
  const guess = (name: string, best: number, wrong: boolean, how = hard): Guess => {
    const confidence = best - how * hardTakes - (wrong ? wrongTakes : 0) - chance.unit() * spread;
    return { name, confidence: Math.round(confidence * 10) / 10 };
  };
  const taken = (name: string, table: Readonly<Record<string, readonly string[]>>, share: number): string => {
    const others = table[name] ?? [];
    return chance.unit() < share ? (others[Math.floor(chance.unit() * others.length)] ?? name) : name;
  };
  const color = taken(looks.color, view.dark ? colorsByNight : colorsByDay, wrongShare(errors.color, colorHard));
  const body = taken(looks.body, bodies, wrongShare(errors.body, hard));
  const makeWrong = chance.unit() < wrongShare(errors.make, hard);
  const make = makeWrong ? (chance.unit() < makeUnknownShare ? undefined : taken(looks.make, makes, 1)) : looks.make;
  return {
    color: guess(color, sure.color, color !== looks.color, colorHard),
    body: guess(body, sure.body, body !== looks.body),
    make: make === undefined ? undefined : guess(make, sure.make, make !== looks.make),
    // A model is told of the right make alone: no reader knows a honda camry.
    model: make === looks.make ? guess(looks.model, sure.model, false) : undefined,
  };
}
