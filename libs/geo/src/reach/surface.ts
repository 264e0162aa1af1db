import { bearingDeg, distanceM, type EnuPoint } from "../enu/index.js";
import { insideExclusion, segmentClearsZone, type Zone } from "../polygon/index.js";
import { MinHeap } from "../route/index.js";
import { type CellGrid, walkCells } from "../terrain/index.js";
import { type LegSpeeds, legSpeedMps, type Wind } from "../wind/index.js";

export type ReachInput = {
  readonly from: EnuPoint;
  /** Times are for the middles of these cells; 25 m is fine enough for drawing. */
  readonly grid: CellGrid;
  readonly speeds: LegSpeeds;
  readonly wind: Wind;
  /** Seconds before it leaves the place above the dock: dock, arming, climb. */
  readonly startS: number;
  readonly zones: readonly Zone[];
  readonly gapM: number;
  /** Anything else that closes a cell: ground too high, ceiling too low. */
  readonly closed?: (eastM: number, northM: number) => boolean;
  /** Added where it arrives, such as descent. */
  readonly arriveS?: (eastM: number, northM: number) => number;
};
/** Seconds to every cell's middle; Infinity where it cannot get to. */
export type TimeSurface = { readonly grid: CellGrid; readonly timeS: Float32Array };

type Move = {
  readonly col: number;
  readonly row: number;
  readonly costS: number;
  readonly through: readonly (readonly [number, number])[];
};
const REACH = 3;

/**
 * Time to arrive over a grid, by Dijkstra with 32 neighbours: never optimistic, at most about 1.3 % too long in calm
 * and 4 % in a wind of 14 m/s (flight.md 2.2). For drawing; rank aircraft by `findRoute`, which is exact.
 */
export function timeSurface(input: ReachInput): TimeSurface {
  const { grid, from, startS } = input;
  const { cols, rows, cellM } = grid;
  const closed = closedCells(input);
  const moves = movesOf(input);
  // In single precision equal ways would round to different times and open each other again without end.
  const timeS = new Float64Array(cols * rows).fill(Number.POSITIVE_INFINITY);
  const open = new MinHeap();
  const reach = (at: number, atS: number): void => {
    if (closed[at] === 1 || atS >= (timeS[at] ?? 0)) return;
    timeS[at] = atS;
    open.push(atS, at);
  };
  const startCol = Math.floor((from.eastM - grid.eastMinM) / cellM);
  const startRow = Math.floor((from.northM - grid.northMinM) / cellM);
  for (let row = Math.max(0, startRow - REACH); row <= Math.min(rows - 1, startRow + REACH); row++) {
    for (let col = Math.max(0, startCol - REACH); col <= Math.min(cols - 1, startCol + REACH); col++) {
      const legS = directS(input, cellMiddle(grid, row * cols + col));
      if (legS !== undefined) reach(row * cols + col, startS + legS);
    }
  }
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const at = next.value;
    if (next.key > (timeS[at] ?? 0)) continue;
    const col = at % cols;
    const row = (at - col) / cols;
    for (const move of moves) {
      const toCol = col + move.col;
      const toRow = row + move.row;
      if (toCol < 0 || toRow < 0 || toCol >= cols || toRow >= rows) continue;
      const to = toRow * cols + toCol;
      if (next.key + move.costS >= (timeS[to] ?? 0)) continue;
      if (move.through.some(([c, r]) => closed[(row + r) * cols + col + c] === 1)) continue;
      reach(to, next.key + move.costS);
    }
  }
  return { grid, timeS: withArrival(input, timeS) };
}

export function cellMiddle(grid: CellGrid, index: number): EnuPoint {
  const col = index % grid.cols;
  const row = (index - col) / grid.cols;
  return { eastM: grid.eastMinM + (col + 0.5) * grid.cellM, northM: grid.northMinM + (row + 0.5) * grid.cellM };
}

function closedCells({ grid, zones, gapM, closed }: ReachInput): Uint8Array {
  const cells = new Uint8Array(grid.cols * grid.rows);
  for (let at = 0; at < cells.length; at++) {
    const middle = cellMiddle(grid, at);
    if (zones.some((zone) => insideExclusion(middle, zone, gapM))) cells[at] = 1;
    else if (closed?.(middle.eastM, middle.northM) === true) cells[at] = 1;
  }
  return cells;
}

function movesOf({ grid, speeds, wind }: ReachInput): Move[] {
  const moves: Move[] = [];
  for (let row = -REACH; row <= REACH; row++) {
    for (let col = -REACH; col <= REACH; col++) {
      if (greatestDivisor(Math.abs(col), Math.abs(row)) !== 1) continue;
      const to = { eastM: col, northM: row };
      const speedMps = legSpeedMps(speeds, wind, bearingDeg({ eastM: 0, northM: 0 }, to));
      if (speedMps <= 0) continue;
      moves.push({ col, row, costS: (Math.hypot(col, row) * grid.cellM) / speedMps, through: cellsThrough(col, row) });
    }
  }
  return moves;
}

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b));

/** Cells that a long move passes over, so that it cannot jump across a thin zone. */
function cellsThrough(col: number, row: number): (readonly [number, number])[] {
  const size = 2 * REACH + 1;
  const grid = { eastMinM: 0, northMinM: 0, cellM: 1, cols: size, rows: size };
  const middle = REACH + 0.5;
  const cells: [number, number][] = [];
  walkCells(grid, middle, middle, middle + col, middle + row, (index) => {
    const c = (index % size) - REACH;
    const r = Math.floor(index / size) - REACH;
    const isEnd = (c === 0 && r === 0) || (c === col && r === row);
    if (!isEnd) cells.push([c, r]);
    return false;
  });
  return cells;
}

function directS({ from, speeds, wind, zones, gapM }: ReachInput, to: EnuPoint): number | undefined {
  if (!zones.every((zone) => segmentClearsZone(from, to, zone, gapM))) return undefined;
  const lengthM = distanceM(from, to);
  if (lengthM === 0) return 0;
  const speedMps = legSpeedMps(speeds, wind, bearingDeg(from, to));
  return speedMps > 0 ? lengthM / speedMps : undefined;
}

function withArrival({ grid, arriveS }: ReachInput, timeS: Float64Array): Float32Array {
  return Float32Array.from(timeS, (seconds, at) => {
    if (arriveS === undefined) return seconds;
    const middle = cellMiddle(grid, at);
    return seconds + arriveS(middle.eastM, middle.northM);
  });
}
