import { type BoundsM, boundsHold } from "./bounds.js";

/** Heights at grid points; row 0 in the south, columns from west to east; point (0,0) lies at the minimum corner. */
export type TerrainGrid = {
  readonly eastMinM: number;
  readonly northMinM: number;
  readonly cellM: number;
  readonly cols: number;
  readonly rows: number;
  readonly heightsAmslM: Float32Array;
};

export type Terrain = {
  readonly grid: TerrainGrid;
  readonly bounds: BoundsM;
  readonly minAmslM: number;
  readonly maxAmslM: number;
  /** Bilinear; outside the grid the nearest edge's height: ask `covers` before trusting it. */
  groundAmslM(eastM: number, northM: number): number;
  covers(eastM: number, northM: number): boolean;
};

/** @throws RangeError where the grid's sizes do not fit, or a height is not a number (a void is unknown, never 0) */
export function terrainFromGrid(grid: TerrainGrid): Terrain {
  const { eastMinM, northMinM, cellM, cols, rows, heightsAmslM } = grid;
  if (!(cols >= 2 && rows >= 2 && cellM > 0 && heightsAmslM.length === cols * rows)) {
    throw new RangeError(
      `terrain grid of ${cols} × ${rows} cells needs ${cols * rows} heights, has ${heightsAmslM.length}`,
    );
  }
  let minAmslM = Number.POSITIVE_INFINITY;
  let maxAmslM = Number.NEGATIVE_INFINITY;
  for (const heightM of heightsAmslM) {
    if (!Number.isFinite(heightM)) throw new RangeError("terrain grid holds a void; fill or cut it before use");
    if (heightM < minAmslM) minAmslM = heightM;
    if (heightM > maxAmslM) maxAmslM = heightM;
  }
  const bounds: BoundsM = {
    eastMinM,
    northMinM,
    eastMaxM: eastMinM + (cols - 1) * cellM,
    northMaxM: northMinM + (rows - 1) * cellM,
  };
  const groundAmslM = (eastM: number, northM: number): number => {
    const x = Math.min(cols - 1, Math.max(0, (eastM - eastMinM) / cellM));
    const y = Math.min(rows - 1, Math.max(0, (northM - northMinM) / cellM));
    const col = Math.min(cols - 2, Math.floor(x));
    const row = Math.min(rows - 2, Math.floor(y));
    const at = row * cols + col;
    const south = (heightsAmslM[at] ?? 0) * (1 - x + col) + (heightsAmslM[at + 1] ?? 0) * (x - col);
    const north = (heightsAmslM[at + cols] ?? 0) * (1 - x + col) + (heightsAmslM[at + cols + 1] ?? 0) * (x - col);
    return south * (1 - y + row) + north * (y - row);
  };
  return { grid, bounds, minAmslM, maxAmslM, groundAmslM, covers: (e, n) => boundsHold(bounds, e, n) };
}

/** Level ground, for tests and for sites without a height model. */
export function flatTerrain(altAmslM: number, halfSizeM: number): Terrain {
  return terrainFromGrid({
    eastMinM: -halfSizeM,
    northMinM: -halfSizeM,
    cellM: 2 * halfSizeM,
    cols: 2,
    rows: 2,
    heightsAmslM: new Float32Array(4).fill(altAmslM),
  });
}
