import type { Chance } from "@outrider/contract";

/** Letters that optical readers take for one another (Genetec's OCR-equivalent classes, formats/alpr.md 6). */
const lookalikes: Readonly<Record<string, string>> = {
  "0": "ODQ",
  O: "0DQ",
  D: "0OQ",
  "1": "I",
  I: "1",
  "2": "Z",
  Z: "2",
  "5": "S",
  S: "5",
  "8": "B",
  B: "8",
  "6": "G",
  G: "6",
};

export type Reading = {
  readonly plate: string;
  readonly confidence: number;
  readonly candidates: readonly { plate: string; confidence: number }[];
};

/** What a reader makes of a plate: usually right, sometimes one look-alike off, with the runner-up among the candidates. */
export function readPlate(plate: string, misreadShare: number, chance: Pick<Chance, "unit">): Reading {
  const wrong = oneLookalikeOff(plate, chance);
  const misread = wrong !== undefined && chance.unit() < misreadShare;
  const best = misread ? wrong : plate;
  const other = misread ? plate : wrong;
  const confidence = Math.round((misread ? 78 + chance.unit() * 10 : 88 + chance.unit() * 10) * 10) / 10;
  const candidates = [{ plate: best, confidence }];
  if (other !== undefined)
    candidates.push({ plate: other, confidence: Math.round((confidence - 8 - chance.unit() * 6) * 10) / 10 });
  return { plate: best, confidence, candidates };
}

function oneLookalikeOff(plate: string, chance: Pick<Chance, "unit">): string | undefined {
  const places = [...plate].flatMap((letter, index) => (lookalikes[letter] === undefined ? [] : [index]));
  const index = places[Math.floor(chance.unit() * places.length)];
  if (index === undefined) return undefined;
  const choices = lookalikes[plate.charAt(index)] ?? "";
  const letter = choices.charAt(Math.floor(chance.unit() * choices.length));
  return plate.slice(0, index) + letter + plate.slice(index + 1);
}
