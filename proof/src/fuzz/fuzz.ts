import { fuzzServices } from "@outrider/drone-bridge";
import { type Dice, fuzzFrames, fuzzNoise } from "@outrider/mavlink";

/** One round of a fuzz: throws with what it found, and counts what it did. */
export type Fuzz = {
  readonly name: string;
  readonly what: string;
  round(dice: Dice): Readonly<Record<string, number>>;
};

export const frame: Fuzz = {
  name: "frame",
  what: "MAVLink frames: noise, spoiled and clean frames in any cut",
  round: (dice) => (dice() < 0.8 ? fuzzFrames(dice) : fuzzNoise(dice)),
};

export const services: Fuzz = {
  name: "services",
  what: "the bridge's step machines and whole aircraft, against a peer that says anything",
  round: fuzzServices,
};

export const fuzzes: readonly Fuzz[] = [frame, services];

export type FuzzArguments =
  | { readonly kind: "run"; readonly fuzz: Fuzz; readonly seconds: number; readonly seed: number | undefined }
  | { readonly kind: "wrong"; readonly problem: string };

/** `NAME [--seconds S] [--seed N]`. */
export function readArguments(args: readonly string[]): FuzzArguments {
  const known = `Known: ${fuzzes.map(({ name, what }) => `${name} (${what})`).join("; ")}. Use: NAME [--seconds 60] [--seed N]`;
  const [name, ...rest] = args;
  const fuzz = fuzzes.find((one) => one.name === name);
  if (fuzz === undefined) return { kind: "wrong", problem: `No fuzz is called "${name ?? ""}". ${known}` };
  const values = { "--seconds": 60, "--seed": Number.NaN };
  for (let i = 0; i < rest.length; i += 2) {
    const [option, value] = [rest[i], Number(rest[i + 1])];
    if ((option !== "--seconds" && option !== "--seed") || !Number.isFinite(value) || value < 0)
      return { kind: "wrong", problem: `"${option} ${rest[i + 1] ?? ""}" is not understood. ${known}` };
    values[option] = value;
  }
  const seed = values["--seed"];
  return { kind: "run", fuzz, seconds: values["--seconds"], seed: Number.isNaN(seed) ? undefined : seed };
}
