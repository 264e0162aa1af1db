import type { CellGrid, EnuPoint } from "@outrider/geo";

/** A straight line with a width. */
export type Corridor = { readonly from: EnuPoint; readonly to: EnuPoint; readonly halfWidthM: number };
export type Raster = CellGrid & { readonly values: Float32Array };
/** Cells of a raster, the last ones included. */
export type CellWindow = {
  readonly firstCol: number;
  readonly firstRow: number;
  readonly lastCol: number;
  readonly lastRow: number;
};

export const wholeOf = ({ cols, rows }: CellGrid): CellWindow => ({
  firstCol: 0,
  firstRow: 0,
  lastCol: cols - 1,
  lastRow: rows - 1,
});

/**
 * The highest value over `floor` of the cells of a window that a corridor touches, or `floor`; with `over` their indices
 * are written there as well. The same cells as `walkCorridor` of the geometry library visits, without a call for each:
 * one decision about a launch looks at some hundred thousand of them.
 */
export function highestIn(
  raster: Raster,
  window: CellWindow,
  corridor: Corridor,
  floor: number,
  over?: number[],
): number {
  const { eastMinM, northMinM, cellM, cols, values } = raster;
  const { from, to, halfWidthM } = corridor;
  const aE = from.eastM;
  const aN = from.northM;
  const dE = to.eastM - aE;
  const dN = to.northM - aN;
  const reachM = halfWidthM + cellM * Math.SQRT1_2;
  const reachSq = reachM * reachM;
  const perLengthSq = dE === 0 && dN === 0 ? 0 : 1 / (dE * dE + dN * dN);
  const rowOf = (northM: number): number => Math.floor((northM - northMinM) / cellM);
  const colOf = (eastM: number): number => Math.floor((eastM - eastMinM) / cellM);
  const firstRow = Math.max(window.firstRow, rowOf(Math.min(aN, to.northM) - reachM));
  const lastRow = Math.min(window.lastRow, rowOf(Math.max(aN, to.northM) + reachM));
  let highest = floor;
  for (let row = firstRow; row <= lastRow; row++) {
    const offN0 = northMinM + (row + 0.5) * cellM - aN;
    // The piece of the line that is near this row bounds the columns worth looking at.
    const s1 = dN === 0 ? 0 : (offN0 - reachM) / dN;
    const s2 = dN === 0 ? 1 : (offN0 + reachM) / dN;
    const e1 = aE + Math.min(1, Math.max(0, Math.min(s1, s2))) * dE;
    const e2 = aE + Math.max(0, Math.min(1, Math.max(s1, s2))) * dE;
    const firstCol = Math.max(window.firstCol, colOf(Math.min(e1, e2) - reachM));
    const lastCol = Math.min(window.lastCol, colOf(Math.max(e1, e2) + reachM));
    for (let col = firstCol; col <= lastCol; col++) {
      const value = values[row * cols + col] ?? floor;
      if (value <= (over === undefined ? highest : floor)) continue;
      const offE0 = eastMinM + (col + 0.5) * cellM - aE;
      const along = (offE0 * dE + offN0 * dN) * perLengthSq;
      const share = along < 0 ? 0 : along > 1 ? 1 : along;
      const offE = offE0 - share * dE;
      const offN = offN0 - share * dN;
      if (offE * offE + offN * offN > reachSq) continue;
      if (value > highest) highest = value;
      over?.push(row * cols + col);
    }
  }
  return highest;
}
