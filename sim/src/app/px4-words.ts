import type { Px4SimConfig } from "@outrider/contract";

export type SimWords =
  | {
      readonly kind: "ok";
      readonly configFile: string | undefined;
      /** Who flies, by the words alone; undefined: what the configuration says. */
      readonly autopilot: "own" | "px4-hil" | undefined;
      readonly px4: Px4SimConfig;
    }
  | { readonly kind: "bad"; readonly problem: string };

const usage =
  "sim [outrider.yaml] [--autopilot own|px4-hil] [--px4-bin PATH] [--px4-etc PATH] [--px4 tcp:HOST:PORT] [--px4-aircraft CALLSIGN,...]";

type Given = { configFile?: string; autopilot?: "own" | "px4-hil" } & {
  -readonly [K in keyof Px4SimConfig]?: Px4SimConfig[K];
};

/** The words after `npm run sim --`. What they say of PX4 goes over what the configuration's `sim.px4` says. */
export function simWords(words: readonly string[]): SimWords {
  const given: Given = {};
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? "";
    if (!word.startsWith("--")) {
      if (given.configFile !== undefined) return bad(`two configurations, ${given.configFile} and ${word}`);
      given.configFile = word;
      continue;
    }
    const value = words[++i];
    if (value === undefined || value.startsWith("--")) return bad(`${word} needs a value`);
    const problem = take(given, word, value);
    if (problem !== undefined) return bad(problem);
  }
  const { configFile, autopilot, ...px4 } = given;
  if (autopilot === "own" && Object.keys(px4).length > 0) return bad("--autopilot own has no PX4 to be told of");
  const told = autopilot ?? (Object.keys(px4).length > 0 ? "px4-hil" : undefined);
  return { kind: "ok", configFile, autopilot: told, px4 };
}

function take(given: Given, word: string, value: string): string | undefined {
  switch (word) {
    case "--autopilot":
      if (value !== "own" && value !== "px4-hil") return `--autopilot ${value}: known are own and px4-hil`;
      given.autopilot = value;
      return undefined;
    case "--px4-bin":
      given.bin = value;
      return undefined;
    case "--px4-etc":
      given.etc = value;
      return undefined;
    case "--px4-aircraft":
      given.aircraft = value.split(",").map((name) => name.trim());
      return undefined;
    case "--px4":
      return takeAddress(given, value);
    default:
      return `unknown ${word}`;
  }
}

function takeAddress(given: Given, value: string): string | undefined {
  const [, host, digits] = /^tcp:(.+):(\d+)$/.exec(value) ?? [];
  const port = Number(digits);
  if (host === undefined || port < 1 || port > 65_000)
    return `--px4 ${value}: must look like tcp:127.0.0.1:4560, where PX4's instance 0 connects`;
  given.listen = { host, port };
  return undefined;
}

/** What holds for this start: the words over the configuration's `sim.px4`. Undefined: the simulator's own autopilot. */
export function px4Wanted(
  words: Extract<SimWords, { kind: "ok" }>,
  configured: Px4SimConfig | undefined,
): Px4SimConfig | undefined {
  if (words.autopilot === "own") return undefined;
  if (words.autopilot === undefined && configured === undefined) return undefined;
  return { ...configured, ...words.px4 };
}

const bad = (problem: string): SimWords => ({ kind: "bad", problem: `${problem}. Usage: ${usage}` });
