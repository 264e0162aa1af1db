import type { CityArea } from "@outrider/contract";
import type { LocalFrame } from "./localFrame.js";
import type { TerrainGrid } from "./terrain.js";

/** Many lines or rings in one array: line `i` is points `start[i]` to `start[i + 1]`, each x east, y north, metres. */
export interface Paths {
  readonly count: number;
  readonly start: Uint32Array;
  readonly xyM: Float32Array;
}

/** Drawing order of roads: what is drawn later lies on top. */
export const ROAD_KINDS = [
  "path",
  "rail",
  "service",
  "street",
  "tertiary",
  "secondary",
  "primary",
  "trunk",
  "motorway",
] as const;
export type RoadKind = (typeof ROAD_KINDS)[number];

export type AreaKind = CityArea["kind"];

/** The city as drawing needs it: typed arrays in local metres, made once when the city file has loaded. */
export interface CityModel {
  readonly id: string;
  readonly frame: LocalFrame;
  readonly terrain: TerrainGrid;
  readonly buildings: Paths & { readonly heightM: Float32Array; readonly baseAmslM: Float32Array };
  readonly roads: Paths & {
    readonly kindIndex: Uint8Array;
    readonly widthM: Float32Array;
    readonly level: Int8Array;
    readonly names: readonly string[];
  };
  readonly areas: Paths & { readonly kinds: readonly AreaKind[] };
  /** Must be shown wherever the map is shown. */
  readonly attribution: string;
  /** Radius around (centreXM, centreYM) that is whole; beyond it the model dissolves into haze. */
  readonly centreXM: number;
  readonly centreYM: number;
  readonly radiusM: number;
}

/** Packs flattened decimetre rings or lines into one array of metres. */
export function packPaths(lines: readonly (readonly number[])[]): Paths {
  const start = new Uint32Array(lines.length + 1);
  lines.forEach((line, i) => {
    start[i + 1] = (start[i] ?? 0) + line.length / 2;
  });
  const xyM = new Float32Array((start[lines.length] ?? 0) * 2);
  let at = 0;
  for (const line of lines) for (const dm of line) xyM[at++] = dm / 10;
  return { count: lines.length, start, xyM };
}

/** Even-odd test of a local place against ring `i`. */
export function insideRing(paths: Paths, i: number, xM: number, yM: number): boolean {
  const a = paths.start[i] ?? 0;
  const b = paths.start[i + 1] ?? 0;
  let inside = false;
  for (let p = a, q = b - 1; p < b; q = p++) {
    const px = paths.xyM[2 * p] ?? 0;
    const py = paths.xyM[2 * p + 1] ?? 0;
    const qx = paths.xyM[2 * q] ?? 0;
    const qy = paths.xyM[2 * q + 1] ?? 0;
    if (py > yM !== qy > yM && xM < ((qx - px) * (yM - py)) / (qy - py) + px) inside = !inside;
  }
  return inside;
}
