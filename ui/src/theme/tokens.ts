/** The three looks of every desk. Dim is night for a dark room. */
export type ThemeName = "night" | "day" | "dim";

/**
 * Every colour that a screen may use. The six meanings (red, amber, cyan, green, magenta, white) are chosen by
 * measured contrast and colour-blind distance, never by eye: `tokens.test.ts` holds the figures.
 */
export interface Tokens {
  readonly bg: string;
  readonly panel: string;
  readonly card: string;
  readonly raised: string;
  readonly line: string;
  readonly line2: string;
  readonly edge: string;
  readonly t1: string;
  readonly t2: string;
  readonly t3: string;
  readonly red: string;
  readonly redFill: string;
  readonly onRed: string;
  readonly amber: string;
  readonly amberFill: string;
  readonly onAmber: string;
  readonly cyan: string;
  readonly onCyan: string;
  readonly green: string;
  readonly magenta: string;
  readonly scrim: string;
  readonly halo: string;
  readonly ink: string;
}

const night: Tokens = {
  bg: "#0b0f11",
  panel: "#12181b",
  card: "#182024",
  raised: "#202a2f",
  line: "#263136",
  line2: "#3c4a50",
  edge: "#687a82",
  t1: "#edf2f2",
  t2: "#b6c2c5",
  t3: "#8a989d",
  red: "#f5553e",
  redFill: "#c4281d",
  onRed: "#ffffff",
  amber: "#f9b42a",
  amberFill: "#f9b42a",
  onAmber: "#1c1300",
  cyan: "#69c4db",
  onCyan: "#0b0f11",
  green: "#43bb86",
  magenta: "#d65ce7",
  scrim: "rgba(11, 15, 17, 0.82)",
  halo: "#0d1214",
  ink: "#eef3f3",
};

const day: Tokens = {
  bg: "#d5dbda",
  panel: "#eceeee",
  card: "#f8f9f8",
  raised: "#ffffff",
  line: "#cdd5d4",
  line2: "#a9b5b6",
  edge: "#7a8a8d",
  t1: "#11191b",
  t2: "#3c4a4f",
  t3: "#4f5d62",
  red: "#820b1c",
  redFill: "#b01a10",
  onRed: "#ffffff",
  amber: "#7f4c03",
  amberFill: "#f0b13c",
  onAmber: "#1c1300",
  cyan: "#045065",
  onCyan: "#ffffff",
  green: "#046844",
  magenta: "#9b17a1",
  scrim: "rgba(248, 249, 248, 0.9)",
  halo: "#eef1f0",
  ink: "#11191b",
};

export const TOKENS: Readonly<Record<ThemeName, Tokens>> = {
  night,
  day,
  dim: { ...night, t1: night.t2, ink: night.t2 },
};

/** `redFill` → `--red-fill`: the name under which style sheets know a token. */
export function cssVariable(name: keyof Tokens): string {
  return `--${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`;
}

/** All tokens of a theme as CSS custom properties. */
export function themeVariables(theme: ThemeName): readonly (readonly [string, string])[] {
  const tokens = TOKENS[theme];
  const names = Object.keys(tokens) as (keyof Tokens)[]; // Object.keys loses the key type of a closed interface.
  return names.map((name) => [cssVariable(name), tokens[name]] as const);
}
