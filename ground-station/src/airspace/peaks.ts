import {
  type CellGrid,
  type Clearance,
  type EnuPoint,
  type EnuPointAmsl,
  type Obstacles,
  walkCorridor,
} from "@outrider/geo";
import { type CellWindow, type Corridor, highestIn, type Raster, wholeOf } from "./corridor.js";

/** Cells along one side of a block, and blocks along one side of a quarter. */
const BLOCK = 16;
const QUARTER = 4;

export type PeakObstacles = Obstacles & {
  /** As `maxSurfaceAlong`, but what is not higher than `floorM` is not looked for: quick where all is lower. */
  maxSurfaceOver(from: EnuPoint, to: EnuPoint, halfWidthM: number, floorM: number): number;
  /** Whether anything along the line is higher than `floorM`: ends at the first that is. */
  isOver(from: EnuPoint, to: EnuPoint, halfWidthM: number, floorM: number): boolean;
};

type Blocks = Raster & { readonly quarters: Raster };
type Found = { readonly index: number; readonly boundM: number };

/**
 * The same obstacles, asked by blocks: a block whose highest cell cannot change the answer is passed over. The answers
 * are those of the plain raster, cell for cell; a decision over a city asks them thousands of times.
 */
export function withPeaks(obstacles: Obstacles): PeakObstacles {
  const surface: Raster = { ...obstacles.surface, values: obstacles.surface.amslM };
  const peaks = peaksOf(surface, BLOCK);
  const blocks: Blocks = { ...peaks, quarters: peaksOf(peaks, QUARTER) };
  return {
    ...obstacles,
    maxSurfaceAlong: (from, to, halfWidthM) => {
      const ends = [from, to].map((at) => obstacles.surfaceAmslM(at.eastM, at.northM));
      return maxOver(surface, blocks, { from, to, halfWidthM }, Math.max(...ends));
    },
    maxSurfaceOver: (from, to, halfWidthM, floorM) => maxOver(surface, blocks, { from, to, halfWidthM }, floorM),
    isOver: (from, to, halfWidthM, floorM) =>
      maxOver(surface, blocks, { from, to, halfWidthM }, floorM, "any") > floorM,
    clearanceAlong: (path, halfWidthM) => clearance(obstacles, blocks, path, halfWidthM),
  };
}

/** The highest of each square of `side` × `side` cells. */
function peaksOf(fine: Raster, side: number): Raster {
  const cols = Math.ceil(fine.cols / side);
  const rows = Math.ceil(fine.rows / side);
  const values = new Float32Array(cols * rows).fill(Number.NEGATIVE_INFINITY);
  for (let row = 0; row < fine.rows; row++) {
    const first = Math.floor(row / side) * cols;
    const start = row * fine.cols;
    for (let block = 0; block < cols; block++) {
      const end = Math.min(fine.cols, (block + 1) * side);
      let highestM = values[first + block] ?? 0;
      for (let col = block * side; col < end; col++) {
        const heightM = fine.values[start + col] ?? 0;
        if (heightM > highestM) highestM = heightM;
      }
      values[first + block] = highestM;
    }
  }
  return { ...originOf(fine), cellM: fine.cellM * side, cols, rows, values };
}

const originOf = ({ eastMinM, northMinM }: CellGrid) => ({ eastMinM, northMinM });

/** The cells of one coarse cell as a grid of its own, at the raster's own places. */
function cellsOf(fine: CellGrid, coarse: CellGrid, side: number, index: number) {
  const coarseCol = index % coarse.cols;
  const coarseRow = (index - coarseCol) / coarse.cols;
  const firstCol = coarseCol * side;
  const firstRow = coarseRow * side;
  const cols = Math.min(side, fine.cols - firstCol);
  const grid: CellGrid = {
    eastMinM: fine.eastMinM + firstCol * fine.cellM,
    northMinM: fine.northMinM + firstRow * fine.cellM,
    cellM: fine.cellM,
    cols,
    rows: Math.min(side, fine.rows - firstRow),
  };
  const first = firstRow * fine.cols + firstCol;
  const indexOf = (at: number): number => first + Math.floor(at / cols) * fine.cols + (at % cols);
  return { grid, indexOf };
}

/** The cells of one coarse cell. */
function windowOf(fine: CellGrid, coarse: CellGrid, side: number, index: number): CellWindow {
  const col = index % coarse.cols;
  const firstCol = col * side;
  const firstRow = ((index - col) / coarse.cols) * side;
  const lastCol = Math.min(fine.cols, firstCol + side) - 1;
  return { firstCol, firstRow, lastCol, lastRow: Math.min(fine.rows, firstRow + side) - 1 };
}

/** Blocks along the line that reach above a floor, the highest first; whole quarters below it are passed over. */
function blocksOver(blocks: Blocks, corridor: Corridor, floorM: number): number[] {
  const { quarters } = blocks;
  const coarse: number[] = [];
  highestIn(quarters, wholeOf(quarters), corridor, floorM, coarse);
  const found: number[] = [];
  for (const quarter of coarse)
    highestIn(blocks, windowOf(blocks, quarters, QUARTER, quarter), corridor, floorM, found);
  return found.sort((a, b) => (blocks.values[b] ?? 0) - (blocks.values[a] ?? 0));
}

/** The highest along the line, or `floorM`; with "any" the first block that holds something higher is enough. */
function maxOver(
  surface: Raster,
  blocks: Blocks,
  corridor: Corridor,
  floorM: number,
  wanted: "highest" | "any" = "highest",
): number {
  let highestM = floorM;
  for (const block of blocksOver(blocks, corridor, floorM)) {
    if ((blocks.values[block] ?? 0) <= highestM || (wanted === "any" && highestM > floorM)) break;
    highestM = highestIn(surface, windowOf(surface, blocks, BLOCK, block), corridor, highestM);
  }
  return highestM;
}

function clearance(obstacles: Obstacles, blocks: Blocks, path: readonly EnuPointAmsl[], halfWidthM: number): Clearance {
  const { terrain } = obstacles;
  let best: Omit<Clearance, "covered"> = { minClearanceM: Number.POSITIVE_INFINITY, at: undefined };
  path.forEach((to, i) => {
    if (i === 0 && path.length > 1) return;
    best = lowestOfLeg(obstacles, blocks, path[Math.max(0, i - 1)] ?? to, to, halfWidthM, best);
  });
  return { ...best, covered: path.length > 0 && path.every((p) => terrain.covers(p.eastM, p.northM)) };
}

/** `best` or a lower clearance of this leg. A block's bound counts with the lowest height that the leg can have over it. */
function lowestOfLeg(
  { surface }: Obstacles,
  blocks: Blocks,
  from: EnuPointAmsl,
  to: EnuPointAmsl,
  halfWidthM: number,
  best: Omit<Clearance, "covered">,
): Omit<Clearance, "covered"> {
  const lengthM = Math.hypot(to.eastM - from.eastM, to.northM - from.northM);
  const riseM = to.altAmslM - from.altAmslM;
  const spreadM = Math.abs(riseM) * Math.min(1, (blocks.cellM * Math.SQRT1_2) / lengthM);
  const lowest = { ...best };
  const found: Found[] = [];
  walkCorridor(blocks, from.eastM, from.northM, to.eastM, to.northM, halfWidthM, (index, share) => {
    const boundM = from.altAmslM + riseM * share - spreadM - (blocks.values[index] ?? 0);
    if (boundM < lowest.minClearanceM) found.push({ index, boundM });
  });
  found.sort((a, b) => a.boundM - b.boundM);
  for (const { index, boundM } of found) {
    if (boundM >= lowest.minClearanceM) break;
    const { grid, indexOf } = cellsOf(surface, blocks, BLOCK, index);
    walkCorridor(grid, from.eastM, from.northM, to.eastM, to.northM, halfWidthM, (at, share) => {
      const altAmslM = from.altAmslM + riseM * share;
      const gapM = altAmslM - (surface.amslM[indexOf(at)] ?? 0);
      if (gapM >= lowest.minClearanceM) return;
      const eastM = from.eastM + (to.eastM - from.eastM) * share;
      lowest.minClearanceM = gapM;
      lowest.at = { eastM, northM: from.northM + (to.northM - from.northM) * share, altAmslM };
    });
  }
  return lowest;
}
