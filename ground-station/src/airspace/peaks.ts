import {
  type CellGrid,
  type Clearance,
  type EnuPoint,
  type EnuPointAmsl,
  type Obstacles,
  walkCorridor,
} from "@outrider/geo";

/** Cells along one side of a block. */
const BLOCK = 16;

export type PeakObstacles = Obstacles & {
  /** As `maxSurfaceAlong`, but what is not higher than `floorM` is not looked for: quick where all is lower. */
  maxSurfaceOver(from: EnuPoint, to: EnuPoint, halfWidthM: number, floorM: number): number;
};

type Blocks = CellGrid & { readonly peakM: Float32Array };
type Found = { readonly index: number; readonly boundM: number };

/**
 * The same obstacles, asked by blocks: a block whose highest cell cannot change the answer is passed over. The answers
 * are those of the plain raster, cell for cell; a decision over a city asks them thousands of times.
 */
export function withPeaks(obstacles: Obstacles): PeakObstacles {
  const blocks = blocksOf(obstacles.surface);
  return {
    ...obstacles,
    maxSurfaceAlong: (from, to, halfWidthM) => {
      const ends = [from, to].map((at) => obstacles.surfaceAmslM(at.eastM, at.northM));
      return maxOver(obstacles.surface, blocks, from, to, halfWidthM, Math.max(...ends));
    },
    maxSurfaceOver: (from, to, halfWidthM, floorM) => maxOver(obstacles.surface, blocks, from, to, halfWidthM, floorM),
    clearanceAlong: (path, halfWidthM) => clearance(obstacles, blocks, path, halfWidthM),
  };
}

function blocksOf(surface: Obstacles["surface"]): Blocks {
  const cols = Math.ceil(surface.cols / BLOCK);
  const rows = Math.ceil(surface.rows / BLOCK);
  const peakM = new Float32Array(cols * rows).fill(Number.NEGATIVE_INFINITY);
  for (let row = 0; row < surface.rows; row++) {
    const first = Math.floor(row / BLOCK) * cols;
    const start = row * surface.cols;
    for (let block = 0; block < cols; block++) {
      const end = Math.min(surface.cols, (block + 1) * BLOCK);
      let highestM = peakM[first + block] ?? 0;
      for (let col = block * BLOCK; col < end; col++) {
        const heightM = surface.amslM[start + col] ?? 0;
        if (heightM > highestM) highestM = heightM;
      }
      peakM[first + block] = highestM;
    }
  }
  return { ...originOf(surface), cellM: surface.cellM * BLOCK, cols, rows, peakM };
}

const originOf = ({ eastMinM, northMinM }: CellGrid) => ({ eastMinM, northMinM });

/** The cells of one block as a grid of its own, at the raster's own places. */
function cellsOf(surface: CellGrid, blocks: Blocks, index: number) {
  const blockCol = index % blocks.cols;
  const blockRow = (index - blockCol) / blocks.cols;
  const firstCol = blockCol * BLOCK;
  const firstRow = blockRow * BLOCK;
  const cols = Math.min(BLOCK, surface.cols - firstCol);
  const grid: CellGrid = {
    eastMinM: surface.eastMinM + firstCol * surface.cellM,
    northMinM: surface.northMinM + firstRow * surface.cellM,
    cellM: surface.cellM,
    cols,
    rows: Math.min(BLOCK, surface.rows - firstRow),
  };
  const first = firstRow * surface.cols + firstCol;
  const indexOf = (at: number): number => first + Math.floor(at / cols) * surface.cols + (at % cols);
  return { grid, indexOf };
}

function maxOver(
  surface: Obstacles["surface"],
  blocks: Blocks,
  from: EnuPoint,
  to: EnuPoint,
  halfWidthM: number,
  floorM: number,
): number {
  let highestM = floorM;
  const found: Found[] = [];
  walkCorridor(blocks, from.eastM, from.northM, to.eastM, to.northM, halfWidthM, (index) => {
    const boundM = blocks.peakM[index] ?? 0;
    if (boundM > highestM) found.push({ index, boundM });
  });
  found.sort((a, b) => b.boundM - a.boundM);
  for (const { index, boundM } of found) {
    if (boundM <= highestM) break;
    const { grid, indexOf } = cellsOf(surface, blocks, index);
    walkCorridor(grid, from.eastM, from.northM, to.eastM, to.northM, halfWidthM, (at) => {
      const heightM = surface.amslM[indexOf(at)] ?? 0;
      if (heightM > highestM) highestM = heightM;
    });
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
    const boundM = from.altAmslM + riseM * share - spreadM - (blocks.peakM[index] ?? 0);
    if (boundM < lowest.minClearanceM) found.push({ index, boundM });
  });
  found.sort((a, b) => a.boundM - b.boundM);
  for (const { index, boundM } of found) {
    if (boundM >= lowest.minClearanceM) break;
    const { grid, indexOf } = cellsOf(surface, blocks, index);
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
