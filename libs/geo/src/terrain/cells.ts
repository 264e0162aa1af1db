/** A raster's place: cell (0,0) covers the minimum corner; row 0 in the south. */
export type CellGrid = {
  readonly eastMinM: number;
  readonly northMinM: number;
  readonly cellM: number;
  readonly cols: number;
  readonly rows: number;
};

const VANISHING = 1e-300;

/** Index of the cell that holds a point, -1 outside. */
export function cellAt(grid: CellGrid, eastM: number, northM: number): number {
  const col = Math.floor((eastM - grid.eastMinM) / grid.cellM);
  const row = Math.floor((northM - grid.northMinM) / grid.cellM);
  return col >= 0 && row >= 0 && col < grid.cols && row < grid.rows ? row * grid.cols + col : -1;
}

/**
 * Visits every cell that a segment touches, in order, with the shares of the segment at which it enters and leaves
 * the cell (Amanatides and Woo). Cells outside the grid are visited as index -1. `visit` gives true to stop.
 */
export function walkCells(
  grid: CellGrid,
  aE: number,
  aN: number,
  bE: number,
  bN: number,
  visit: (index: number, enterShare: number, leaveShare: number) => boolean,
): boolean {
  const { cellM, cols, rows } = grid;
  const x = (aE - grid.eastMinM) / cellM;
  const y = (aN - grid.northMinM) / cellM;
  const dx = (bE - aE) / cellM;
  const dy = (bN - aN) / cellM;
  let col = Math.floor(x);
  let row = Math.floor(y);
  const stepX = dx > 0 ? 1 : -1;
  const stepY = dy > 0 ? 1 : -1;
  // A vanishing step must count as none: 0 × Infinity is NaN and would end the walk early, that is "nothing in the way".
  const perCol = Math.abs(dx) < VANISHING ? Number.POSITIVE_INFINITY : 1 / Math.abs(dx);
  const perRow = Math.abs(dy) < VANISHING ? Number.POSITIVE_INFINITY : 1 / Math.abs(dy);
  let nextCol = Math.abs(dx) < VANISHING ? perCol : (dx > 0 ? col + 1 - x : x - col) * perCol;
  let nextRow = Math.abs(dy) < VANISHING ? perRow : (dy > 0 ? row + 1 - y : y - row) * perRow;
  let enter = 0;
  while (enter <= 1) {
    const leave = Math.min(1, nextCol, nextRow);
    const index = col >= 0 && row >= 0 && col < cols && row < rows ? row * cols + col : -1;
    if (visit(index, enter, leave)) return true;
    if (leave >= 1) return false;
    enter = leave;
    if (nextCol < nextRow) {
      col += stepX;
      nextCol += perCol;
    } else {
      row += stepY;
      nextRow += perRow;
    }
  }
  return false;
}

/**
 * Visits every cell whose middle is within `halfWidthM` plus half a cell's diagonal of the segment a–b, once each,
 * with the share of the segment nearest to it. Cells outside the grid are left out.
 */
export function walkCorridor(
  grid: CellGrid,
  aE: number,
  aN: number,
  bE: number,
  bN: number,
  halfWidthM: number,
  visit: (index: number, share: number) => void,
): void {
  const reachM = halfWidthM + grid.cellM * Math.SQRT1_2;
  const dE = bE - aE;
  const dN = bN - aN;
  const lengthSq = dE * dE + dN * dN;
  const firstRow = Math.max(0, Math.floor((Math.min(aN, bN) - reachM - grid.northMinM) / grid.cellM));
  const lastRow = Math.min(grid.rows - 1, Math.floor((Math.max(aN, bN) + reachM - grid.northMinM) / grid.cellM));
  for (let row = firstRow; row <= lastRow; row++) {
    const north = grid.northMinM + (row + 0.5) * grid.cellM;
    // The piece of the segment that is near this row bounds the columns worth looking at.
    let from = 0;
    let to = 1;
    if (dN !== 0) {
      const s1 = (north - reachM - aN) / dN;
      const s2 = (north + reachM - aN) / dN;
      from = Math.min(1, Math.max(0, Math.min(s1, s2)));
      to = Math.max(0, Math.min(1, Math.max(s1, s2)));
    }
    const e1 = aE + from * dE;
    const e2 = aE + to * dE;
    const firstCol = Math.max(0, Math.floor((Math.min(e1, e2) - reachM - grid.eastMinM) / grid.cellM));
    const lastCol = Math.min(grid.cols - 1, Math.floor((Math.max(e1, e2) + reachM - grid.eastMinM) / grid.cellM));
    for (let col = firstCol; col <= lastCol; col++) {
      const east = grid.eastMinM + (col + 0.5) * grid.cellM;
      const along = lengthSq === 0 ? 0 : ((east - aE) * dE + (north - aN) * dN) / lengthSq;
      const share = along < 0 ? 0 : Math.min(along, 1);
      const offE = east - aE - share * dE;
      const offN = north - aN - share * dN;
      if (offE * offE + offN * offN <= reachM * reachM) visit(row * grid.cols + col, share);
    }
  }
}
