import type { EnuPoint } from "@outrider/geo";
import type { OsmTags } from "./element.js";
import { lengthM } from "./tag-values.js";

type Obstacle = { readonly ring: readonly EnuPoint[]; readonly heightM: number };

/** Heights taken where the map gives none: on the high side of what such a thing usually has. */
const MAN_MADE_M: ReadonlyMap<string, number> = new Map([
  ["tower", 40],
  ["communications_tower", 100],
  ["mast", 40],
  ["chimney", 50],
  ["crane", 60],
  ["water_tower", 40],
  ["flagpole", 15],
]);
const POWER_M: ReadonlyMap<string, number> = new Map([
  ["tower", 45],
  ["pole", 12],
]);
/** Lines carry no height: as high as the towers that carry them usually are (formats/geodata.md section 3). */
const WIRE_M: ReadonlyMap<string, number> = new Map([
  ["line", 30],
  ["minor_line", 12],
]);
const HALF_POST_M = 2;
const HALF_WIRE_M = 1;

/** A mast, tower, crane or chimney as a post that a route must clear. Nothing for what is none. */
export function obstacleOf(tags: OsmTags, { eastM, northM }: EnuPoint): Obstacle[] {
  const usualM = MAN_MADE_M.get(tags["man_made"] ?? "") ?? POWER_M.get(tags["power"] ?? "");
  if (usualM === undefined || tags["building"] !== undefined) return [];
  const corner = (e: number, n: number) => ({ eastM: eastM + e * HALF_POST_M, northM: northM + n * HALF_POST_M });
  const ring = [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)];
  return [{ ring, heightM: lengthM(tags["height"]) ?? usualM }];
}

/** Pieces of a wall this long at most: each stands on its own ground, and a long one would sink into a hill. */
const PIECE_M = 20;

/** A power line as a wall under its wires: a route may not pass below them. */
export function wallsOf(tags: OsmTags, line: readonly EnuPoint[]): Obstacle[] {
  const usualM = WIRE_M.get(tags["power"] ?? "");
  if (usualM === undefined || tags["location"] === "underground") return [];
  const heightM = lengthM(tags["height"]) ?? usualM;
  return line.slice(1).flatMap((b, i) => {
    const a = line[i] ?? b;
    const count = Math.ceil(Math.hypot(b.eastM - a.eastM, b.northM - a.northM) / PIECE_M);
    const at = (share: number): EnuPoint => ({
      eastM: a.eastM + (b.eastM - a.eastM) * share,
      northM: a.northM + (b.northM - a.northM) * share,
    });
    return Array.from({ length: count }, (_, k) => ({ ring: band(at(k / count), at((k + 1) / count)), heightM }));
  });
}

function band(a: EnuPoint, b: EnuPoint): EnuPoint[] {
  const length = Math.hypot(b.eastM - a.eastM, b.northM - a.northM);
  const e = (-(b.northM - a.northM) / length) * HALF_WIRE_M;
  const n = ((b.eastM - a.eastM) / length) * HALF_WIRE_M;
  const at = (p: EnuPoint, side: number) => ({ eastM: p.eastM + side * e, northM: p.northM + side * n });
  return [at(a, -1), at(b, -1), at(b, 1), at(a, 1)];
}
