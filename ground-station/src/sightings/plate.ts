/**
 * Characters that optical readers take for one another: the six OCR-equivalent classes of Genetec Security Center.
 * Wider classes give too many false matches to act on (formats/alpr.md section 6).
 */
const equivalents = ["0ODQ", "1I", "2Z", "5S", "8B", "6G"] as const;
const foldOf: ReadonlyMap<string, string> = new Map(
  equivalents.flatMap((letters) => [...letters].map((letter) => [letter, letters.charAt(0)] as const)),
);

/** Upper case, letters and digits only, compatibility forms resolved; what is left may still be no plate. */
export const normalisePlate = (raw: string): string =>
  raw
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, "");

export const isPlate = (normalised: string): boolean => /^[A-Z0-9]{2,8}$/.test(normalised);

/** The same text for all plates that differ only within the look-alike classes. */
export const foldPlate = (normalised: string): string =>
  [...normalised].map((letter) => foldOf.get(letter) ?? letter).join("");

export type PlateLevel = "exact" | "possible" | "weak";
export type PlateMatch = {
  readonly level: PlateLevel;
  /** Indexes in the plate as read where it is not the listed one. */
  readonly differs: readonly number[];
};

/**
 * How a plate as read stands to a listed one: exact; possible with one look-alike in place of another; weak with one
 * character too many or missing (a screw, a frame). Anything further is no match at all.
 */
export function comparePlates(read: string, listed: string): PlateMatch | undefined {
  if (read === listed) return { level: "exact", differs: [] };
  if (read.length === listed.length) {
    if (foldPlate(read) !== foldPlate(listed)) return undefined;
    const differs = differingIndexes(read, listed);
    return differs.length === 1 ? { level: "possible", differs } : undefined;
  }
  const at = read.length > listed.length ? extraIndex(read, listed) : extraIndex(listed, read);
  return at === undefined ? undefined : { level: "weak", differs: [Math.min(at, Math.max(0, read.length - 1))] };
}

/** Where two plates of one length differ. */
export const differingIndexes = (read: string, other: string): number[] =>
  [...read].flatMap((letter, index) => (letter === other.charAt(index) ? [] : [index]));

/** Where the longer one has one character more than the shorter; undefined where it is not so. */
function extraIndex(longer: string, shorter: string): number | undefined {
  if (longer.length !== shorter.length + 1) return undefined;
  let at = 0;
  while (at < shorter.length && longer.charAt(at) === shorter.charAt(at)) at++;
  return longer.slice(at + 1) === shorter.slice(at) ? at : undefined;
}

/** Every text with one character left out. */
export const deletionsOf = (plate: string): string[] => [
  ...new Set([...plate].map((_, index) => plate.slice(0, index) + plate.slice(index + 1))),
];
