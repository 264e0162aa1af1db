import type { EnuPoint } from "@outrider/geo";
import type { Dem } from "../dem/dem.js";
import type { GeoidUndulation } from "../dem/geoid.js";
import type { GridPlace } from "../tiles/contours.js";
import type { CitySite, GeoBox } from "./place.js";

export type Ground =
  | { readonly kind: "heights"; readonly heightsAmslM: Float64Array; readonly filled: number }
  /** Cells that no file knows: the first of them, and how many. */
  | { readonly kind: "voids"; readonly count: number; readonly latDeg: number; readonly lonDeg: number };

/**
 * AMSL heights on the city's grid from height models; the first that knows a place counts. Heights over the ellipsoid
 * lose the undulation; every other zero (EGM96, EGM2008, NAVD88) is taken for mean sea level, within about 2 m.
 */
export function groundFromDems(
  site: CitySite,
  box: GeoBox,
  dems: readonly Dem[],
  undulation: GeoidUndulation,
  fillVoids: boolean,
): Ground {
  const { grid, frame } = site;
  const heights = new Float64Array(grid.cols * grid.rows).fill(Number.NaN);
  let first: { latDeg: number; lonDeg: number } | undefined;
  let count = 0;
  for (let at = 0; at < heights.length; at++) {
    const col = at % grid.cols;
    const row = (at - col) / grid.cols;
    const geo = frame.toGeo({ eastM: grid.eastMinM + col * grid.cellM, northM: grid.northMinM + row * grid.cellM });
    // The last cell may reach past the box, for which the files were cut.
    const latDeg = Math.min(box.northDeg, Math.max(box.southDeg, geo.latDeg));
    const lonDeg = Math.min(box.eastDeg, Math.max(box.westDeg, geo.lonDeg));
    const heightM = amslFrom(dems, undulation, latDeg, lonDeg);
    if (heightM !== undefined) heights[at] = heightM;
    else {
      first ??= { latDeg, lonDeg };
      count++;
    }
  }
  if (first === undefined) return { kind: "heights", heightsAmslM: heights, filled: 0 };
  if (!fillVoids || count === heights.length) return { kind: "voids", count, ...first };
  fillFromNeighbours(grid, heights);
  return { kind: "heights", heightsAmslM: heights, filled: count };
}

function amslFrom(
  dems: readonly Dem[],
  undulation: GeoidUndulation,
  latDeg: number,
  lonDeg: number,
): number | undefined {
  for (const dem of dems) {
    const heightM = dem.heightM(latDeg, lonDeg);
    if (heightM === undefined) continue;
    if (dem.datum !== "ellipsoid") return heightM;
    const undulationM = undulation(latDeg, lonDeg);
    if (undulationM !== undefined) return heightM - undulationM;
  }
  return undefined;
}

/** A void takes the highest of its known neighbours, ring by ring: a guess that keeps an aircraft high, not low. */
function fillFromNeighbours(grid: GridPlace, heights: Float64Array): void {
  let open = [...heights.keys()].filter((at) => Number.isNaN(heights[at]));
  while (open.length > 0) {
    const found = open.map((at) => ({ at, heightM: highestAround(grid, heights, at) }));
    for (const { at, heightM } of found) if (heightM !== undefined) heights[at] = heightM;
    open = found.flatMap(({ at, heightM }) => (heightM === undefined ? [at] : []));
  }
}

function highestAround(grid: GridPlace, heights: Float64Array, at: number): number | undefined {
  const col = at % grid.cols;
  const around = [
    col > 0 ? heights[at - 1] : undefined,
    col < grid.cols - 1 ? heights[at + 1] : undefined,
    heights[at - grid.cols],
    heights[at + grid.cols],
  ].filter((height) => height !== undefined && !Number.isNaN(height));
  return around.length === 0 ? undefined : Math.max(...around.map((height) => height ?? 0));
}

/** Ground of one height everywhere. */
export const flatGround = (grid: GridPlace, heightAmslM: number): Float64Array =>
  new Float64Array(grid.cols * grid.rows).fill(heightAmslM);

/** Bilinear height of the grid; beyond its edge that of the edge. */
export function heightAt(place: GridPlace, heights: Float64Array, point: EnuPoint): number {
  const x = Math.min(place.cols - 1.000001, Math.max(0, (point.eastM - place.eastMinM) / place.cellM));
  const y = Math.min(place.rows - 1.000001, Math.max(0, (point.northM - place.northMinM) / place.cellM));
  const at = Math.floor(y) * place.cols + Math.floor(x);
  const south = (heights[at] ?? 0) * (1 - (x % 1)) + (heights[at + 1] ?? 0) * (x % 1);
  const north = (heights[at + place.cols] ?? 0) * (1 - (x % 1)) + (heights[at + place.cols + 1] ?? 0) * (x % 1);
  return south * (1 - (y % 1)) + north * (y % 1);
}
