import type { CityTerrain } from "@outrider/contract";
import type { EnuPoint } from "@outrider/geo";

/** An area that lies at or above a height (even-odd over its rings). */
export type ContourArea = { readonly eleM: number; readonly rings: readonly (readonly EnuPoint[])[] };
export type SpotHeight = { readonly point: EnuPoint; readonly eleM: number };
export type GridPlace = Pick<CityTerrain, "eastMinM" | "northMinM" | "cellM" | "cols" | "rows">;

/**
 * Heights on a grid from filled contours. Contours only say between which two steps the ground lies: the surface is
 * relaxed towards smooth inside that band and may not leave it, so that slopes come out even and no terraces stay.
 */
export function terrainFromContours(
  place: GridPlace,
  areas: readonly ContourArea[],
  stepM: number,
  spots: readonly SpotHeight[],
): Float64Array {
  const floors = bandFloors(place, areas);
  const heights = Float64Array.from(floors, (floor) => floor + stepM / 2);
  const fixed = new Uint8Array(floors.length);
  for (const { point, eleM } of spots) {
    const col = Math.round((point.eastM - place.eastMinM) / place.cellM);
    const row = Math.round((point.northM - place.northMinM) / place.cellM);
    if (col < 1 || row < 1 || col >= place.cols - 1 || row >= place.rows - 1) continue;
    heights[row * place.cols + col] = eleM;
    fixed[row * place.cols + col] = 1;
  }
  for (let round = 0; round < ROUNDS; round++) relax(place, heights, floors, fixed, stepM);
  return soften(place, heights);
}

const ROUNDS = 160;
/** Successive over-relaxation factor: spreads a height over a wide band in tens of rounds instead of thousands. */
const OVERSHOOT = 1.85;

/** Contours end at the tiles' outer edge: the outermost points are taken this far inside, or they would read sea level. */
const EDGE_M = 1;

function bandFloors(place: GridPlace, areas: readonly ContourArea[]): Float64Array {
  const floors = new Float64Array(place.cols * place.rows);
  const extent = extentOf(areas);
  const easts = samples(place.eastMinM, place.cellM, place.cols, extent.eastMinM, extent.eastMaxM);
  const norths = samples(place.northMinM, place.cellM, place.rows, extent.northMinM, extent.northMaxM);
  for (const area of areas) {
    norths.forEach((north, row) => {
      const crossings = rowCrossings(area.rings, north);
      for (let k = 0; k + 1 < crossings.length; k += 2) {
        easts.forEach((east, col) => {
          if (east < (crossings[k] ?? 0) || east > (crossings[k + 1] ?? 0)) return;
          const at = row * place.cols + col;
          floors[at] = Math.max(floors[at] ?? 0, area.eleM);
        });
      }
    });
  }
  return floors;
}

function extentOf(areas: readonly ContourArea[]) {
  const extent = { eastMinM: Infinity, eastMaxM: -Infinity, northMinM: Infinity, northMaxM: -Infinity };
  for (const point of areas.flatMap((area) => area.rings).flat()) {
    extent.eastMinM = Math.min(extent.eastMinM, point.eastM);
    extent.eastMaxM = Math.max(extent.eastMaxM, point.eastM);
    extent.northMinM = Math.min(extent.northMinM, point.northM);
    extent.northMaxM = Math.max(extent.northMaxM, point.northM);
  }
  return extent;
}

function samples(minM: number, cellM: number, count: number, lowM: number, highM: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) =>
    Math.min(highM - EDGE_M, Math.max(lowM + EDGE_M, minM + i * cellM)),
  );
}

function rowCrossings(rings: readonly (readonly EnuPoint[])[], northM: number): number[] {
  const crossings: number[] = [];
  for (const ring of rings) {
    let last = ring.at(-1);
    for (const point of ring) {
      if (last !== undefined && last.northM > northM !== point.northM > northM) {
        const share = (northM - last.northM) / (point.northM - last.northM);
        crossings.push(last.eastM + share * (point.eastM - last.eastM));
      }
      last = point;
    }
  }
  return crossings.sort((a, b) => a - b);
}

function relax(place: GridPlace, heights: Float64Array, floors: Float64Array, fixed: Uint8Array, stepM: number): void {
  const { cols, rows } = place;
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      const at = row * cols + col;
      if (fixed[at] === 1) continue;
      const here = heights[at] ?? 0;
      const west = col > 0 ? (heights[at - 1] ?? here) : here;
      const east = col < cols - 1 ? (heights[at + 1] ?? here) : here;
      const south = row > 0 ? (heights[at - cols] ?? here) : here;
      const north = row < rows - 1 ? (heights[at + cols] ?? here) : here;
      const relaxed = here + OVERSHOOT * ((west + east + south + north) / 4 - here);
      const floor = floors[at] ?? 0;
      heights[at] = Math.min(floor + stepM, Math.max(floor, relaxed));
    }
  }
}

/** One pass of a 3 × 3 mean: takes the crease off the contour lines. */
function soften(place: GridPlace, heights: Float64Array): Float64Array {
  const { cols, rows } = place;
  return heights.map((_, at) => {
    const col = at % cols;
    const row = (at - col) / cols;
    let sum = 0;
    let count = 0;
    for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
      for (let c = Math.max(0, col - 1); c <= Math.min(cols - 1, col + 1); c++) {
        sum += heights[r * cols + c] ?? 0;
        count++;
      }
    }
    return sum / count;
  });
}
