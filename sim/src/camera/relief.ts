/** Heights on a square grid, row 0 in the south. */
export type HeightGrid = {
  readonly cellM: number;
  readonly cols: number;
  readonly rows: number;
  readonly eastMinM: number;
  readonly northMinM: number;
  readonly heightsAmslM: ArrayLike<number>;
};

/** Side of the squares of ground that are drawn at one fineness, in cells. */
export const chunkCells = 8;
/** Cells to a quad, coarsest first. */
export const strides = [8, 4, 2] as const;

/** How much of the ground's shape is lost where a square of it is drawn with fewer, larger quads. */
export class Relief {
  readonly #lostM: readonly Float32Array[];
  readonly #cols: number;

  constructor(grid: HeightGrid) {
    this.#cols = Math.ceil((grid.cols - 1) / chunkCells);
    const rows = Math.ceil((grid.rows - 1) / chunkCells);
    this.#lostM = strides.map((stride) =>
      Float32Array.from({ length: this.#cols * rows }, (_, i) =>
        lostM(grid, (i % this.#cols) * chunkCells, Math.floor(i / this.#cols) * chunkCells, stride),
      ),
    );
  }

  /** The most cells to a quad that keep the ground within `withinM` of its shape, for the square at a cell. */
  strideOf(col: number, row: number, withinM: number): number {
    const at = Math.floor(row / chunkCells) * this.#cols + Math.floor(col / chunkCells);
    const found = strides.findIndex((_, k) => (this.#lostM[k]?.[at] ?? 0) <= withinM);
    return strides[found] ?? 1;
  }
}

function lostM(grid: HeightGrid, col0: number, row0: number, stride: number): number {
  const height = (col: number, row: number): number =>
    grid.heightsAmslM[Math.min(row, grid.rows - 1) * grid.cols + Math.min(col, grid.cols - 1)] ?? 0;
  let most = 0;
  for (let row = row0; row <= row0 + chunkCells; row++) {
    for (let col = col0; col <= col0 + chunkCells; col++) {
      const c = col0 + Math.min(chunkCells - stride, Math.floor((col - col0) / stride) * stride);
      const r = row0 + Math.min(chunkCells - stride, Math.floor((row - row0) / stride) * stride);
      const e = (col - c) / stride;
      const n = (row - r) / stride;
      const south = height(c, r) * (1 - e) + height(c + stride, r) * e;
      const north = height(c, r + stride) * (1 - e) + height(c + stride, r + stride) * e;
      most = Math.max(most, Math.abs(height(col, row) - south * (1 - n) - north * n));
    }
  }
  return most;
}
