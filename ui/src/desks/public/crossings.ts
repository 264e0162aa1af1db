import type { CityModel } from "../../world/index.js";

export interface Crossing {
  readonly label: string;
  readonly xM: number;
  readonly yM: number;
}

const NEAR_M = 22;
const WORDS: Readonly<Record<string, string>> = {
  street: "st",
  avenue: "ave",
  boulevard: "blvd",
  drive: "dr",
  road: "rd",
  terrace: "ter",
  place: "pl",
  lane: "ln",
  court: "ct",
};

/** "Haight Street" and "haight st." are one street. */
export function streetKey(name: string): string {
  return name
    .toLowerCase()
    .replace(/[.,]/g, "")
    .split(/\s+/)
    .filter((w) => w !== "" && !/^\d+$/.test(w))
    .map((w) => WORDS[w] ?? w)
    .join(" ");
}

/** The two streets of "Haight & Masonic", "haight and masonic ave", "Haight at Masonic"; undefined when it is not two. */
export function twoStreets(typed: string): readonly [string, string] | undefined {
  const parts = typed.split(/\s*(?:&|\/|,|\band\b|\bat\b|\bund\b|\by\b)\s*/i).filter((p) => p.trim() !== "");
  const [a, b] = parts;
  return parts.length === 2 && a !== undefined && b !== undefined ? [a, b] : undefined;
}

/** Names of streets that begin with what was typed, most often used first. */
function matching(city: CityModel, typed: string): ReadonlySet<string> {
  const key = streetKey(typed);
  const names = city.roads.names.filter((n) => n !== "");
  const exact = names.filter((n) => streetKey(n) === key);
  return new Set(exact.length > 0 ? exact : names.filter((n) => key !== "" && streetKey(n).startsWith(key)));
}

function pointsOf(
  city: CityModel,
  names: ReadonlySet<string>,
): readonly { readonly x: number; readonly y: number; readonly name: string }[] {
  const out: { x: number; y: number; name: string }[] = [];
  const { roads } = city;
  for (let r = 0; r < roads.count; r++) {
    const name = roads.names[r] ?? "";
    if (!names.has(name)) continue;
    for (let i = roads.start[r] ?? 0; i + 1 < (roads.start[r + 1] ?? 0); i++) {
      const [ax = 0, ay = 0, bx = 0, by = 0] = roads.xyM.subarray(2 * i, 2 * i + 4);
      const n = Math.max(1, Math.ceil(Math.hypot(bx - ax, by - ay) / 10));
      for (let k = 0; k <= n; k++) out.push({ x: ax + ((bx - ax) * k) / n, y: ay + ((by - ay) * k) / n, name });
    }
  }
  return out;
}

/** Where two named streets meet; undefined when they do not, or are not on the map. */
export function crossingOf(city: CityModel, typed: string): Crossing | undefined {
  const two = twoStreets(typed);
  if (two === undefined) return undefined;
  const first = pointsOf(city, matching(city, two[0]));
  const second = pointsOf(city, matching(city, two[1]));
  let best: { at: Crossing; m: number } | undefined;
  for (const p of first) {
    for (const q of second) {
      const m = Math.hypot(p.x - q.x, p.y - q.y);
      if (p.name !== q.name && m < NEAR_M && (best === undefined || m < best.m))
        best = { m, at: { label: `${p.name} & ${q.name}`, xM: (p.x + q.x) / 2, yM: (p.y + q.y) / 2 } };
    }
  }
  return best?.at;
}

/** The crossing's name nearest to a place on the map, for words about where a finger pointed. */
export function nearestStreet(city: CityModel, xM: number, yM: number): string {
  let best = { name: "", m: 120 };
  const { roads } = city;
  for (let r = 0; r < roads.count; r++) {
    const name = roads.names[r] ?? "";
    if (name === "") continue;
    for (let i = roads.start[r] ?? 0; i < (roads.start[r + 1] ?? 0); i++) {
      const m = Math.hypot((roads.xyM[2 * i] ?? 0) - xM, (roads.xyM[2 * i + 1] ?? 0) - yM);
      if (m < best.m) best = { name, m };
    }
  }
  return best.name;
}

/** Crossings of one street in the order in which the map names them, each once: the corners that a person can choose. */
export function cornersOf(city: CityModel, typed: string): readonly Crossing[] {
  const names = matching(city, typed);
  const street = pointsOf(city, names);
  const [first] = street;
  if (first === undefined) return [];
  const found = new Map<string, { readonly at: Crossing; readonly m: number }>();
  const others = new Set(city.roads.names.filter((n) => n !== "" && !names.has(n)));
  for (const q of pointsOf(city, others)) {
    for (const p of street) {
      const m = Math.hypot(p.x - q.x, p.y - q.y);
      if (m < NEAR_M && m < (found.get(q.name)?.m ?? Number.POSITIVE_INFINITY))
        found.set(q.name, { m, at: { label: `${p.name} & ${q.name}`, xM: p.x, yM: p.y } });
    }
  }
  const along = [...found.values()].map((f) => f.at);
  const span = (of: (c: Crossing) => number): number =>
    Math.max(...along.map(of), Number.NEGATIVE_INFINITY) - Math.min(...along.map(of), Number.POSITIVE_INFINITY);
  // West to east or north to south, whichever way the street runs: corners stand in the order in which one walks them.
  const eastward = span((c) => c.xM) >= span((c) => c.yM);
  return along.sort((a, b) => (eastward ? a.xM - b.xM : b.yM - a.yM));
}

export type Asked =
  | { readonly kind: "crossing"; readonly at: Crossing }
  | { readonly kind: "street"; readonly corners: readonly Crossing[] }
  | { readonly kind: "unknown" };

/** What was typed: a crossing, one street or address (then its corners to choose from), or nothing on this map. */
export function askedPlace(city: CityModel, typed: string): Asked {
  const at = crossingOf(city, typed);
  if (at !== undefined) return { kind: "crossing", at };
  if (twoStreets(typed) !== undefined) return { kind: "unknown" };
  const corners = cornersOf(city, typed);
  return corners.length === 0 ? { kind: "unknown" } : { kind: "street", corners };
}

/** Names of streets for the browser's own list of suggestions. */
export const streetNames = (city: CityModel): readonly string[] =>
  [...new Set(city.roads.names.filter((n) => n !== ""))].sort((a, b) => a.localeCompare(b));
