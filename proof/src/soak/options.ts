export type SoakOptions = {
  readonly seconds: number;
  readonly aircraft: number;
  readonly hz: number;
  readonly seed: number | undefined;
};

const bounds = {
  "--seconds": [40, 86_400],
  "--aircraft": [3, 200],
  "--hz": [1, 200],
  "--seed": [0, 2 ** 31],
} as const;
type Option = keyof typeof bounds;

const isOption = (word: string | undefined): word is Option => word !== undefined && word in bounds;

/** `[--seconds 600] [--aircraft 20] [--hz 50] [--seed N]`; a sentence where an argument is wrong. */
export function readSoakOptions(args: readonly string[]): SoakOptions | { readonly problem: string } {
  const values: Record<Option, number | undefined> = {
    "--seconds": 600,
    "--aircraft": 20,
    "--hz": 50,
    "--seed": undefined,
  };
  for (let i = 0; i < args.length; i += 2) {
    const [option, value] = [args[i], Number(args[i + 1])];
    if (!isOption(option))
      return { problem: `"${option}" is not known. Use: [${Object.keys(bounds).join(" N] [")} N]` };
    const [least, most] = bounds[option];
    if (!Number.isInteger(value) || value < least || value > most)
      return { problem: `${option} ${args[i + 1] ?? ""}: give a whole number from ${least} to ${most}` };
    values[option] = value;
  }
  const { "--seconds": seconds = 600, "--aircraft": aircraft = 20, "--hz": hz = 50, "--seed": seed } = values;
  return { seconds, aircraft, hz, seed };
}
