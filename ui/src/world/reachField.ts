import type { CityModel } from "./cityModel.js";
import { groundAmslM } from "./terrain.js";

/** Seconds to arrive over each grid point. */
export interface TimeGrid {
  readonly cols: number;
  readonly rows: number;
  readonly x0M: number;
  readonly y0M: number;
  readonly stepM: number;
  readonly seconds: Float32Array;
}

export interface ReachInput {
  readonly from: readonly { readonly xM: number; readonly yM: number }[];
  readonly airspeedMps: number;
  readonly climbMps: number;
  readonly cruiseAglM: number;
  /** Seconds from the pilot's yes to lift-off. */
  readonly liftOffS: number;
  readonly windEastMps: number;
  readonly windNorthMps: number;
}

const CELLS = 150;

/**
 * Straight-line time to arrive from the nearest ready dock, with wind, climb and the hills between. A picture for
 * planning; the proposal's time is the station's, from the full search.
 */
export function reachField(city: CityModel, input: ReachInput): TimeGrid {
  const n = CELLS + 1;
  const stepM = (2 * city.radiusM) / CELLS;
  const x0M = city.centreXM - city.radiusM;
  const y0M = city.centreYM - city.radiusM;
  const seconds = new Float32Array(n * n).fill(1e9);
  for (const dock of input.from) {
    for (let j = 0; j < n; j++) {
      for (let i = 0; i < n; i++) {
        const at = j * n + i;
        const t = secondsTo(city, input, dock, x0M + i * stepM, y0M + j * stepM);
        if (t < (seconds[at] ?? 0)) seconds[at] = t;
      }
    }
  }
  return { cols: n, rows: n, x0M, y0M, stepM, seconds };
}

function secondsTo(
  city: CityModel,
  input: ReachInput,
  dock: { xM: number; yM: number },
  xM: number,
  yM: number,
): number {
  const dx = xM - dock.xM;
  const dy = yM - dock.yM;
  const distance = Math.hypot(dx, dy) || 1;
  const along = (input.windEastMps * dx + input.windNorthMps * dy) / distance;
  const across = (input.windEastMps * dy - input.windNorthMps * dx) / distance;
  const groundSpeed = Math.sqrt(Math.max(1, input.airspeedMps ** 2 - across ** 2)) + along;
  const start = groundAmslM(city.terrain, dock.xM, dock.yM);
  let top = start + input.cruiseAglM;
  for (let s = 1; s <= 8; s++)
    top = Math.max(top, groundAmslM(city.terrain, dock.xM + (dx * s) / 8, dock.yM + (dy * s) / 8) + input.cruiseAglM);
  return input.liftOffS + (top - start) / input.climbMps + distance / Math.max(1, groundSpeed);
}

/** Pieces (ax, ay, bx, by) of the line where the grid crosses `level`, by marching squares. */
export function isolines(grid: TimeGrid, level: number): readonly (readonly [number, number, number, number])[] {
  const out: (readonly [number, number, number, number])[] = [];
  const value = (i: number, j: number): number => grid.seconds[j * grid.cols + i] ?? 1e9;
  for (let j = 0; j + 1 < grid.rows; j++) {
    for (let i = 0; i + 1 < grid.cols; i++) {
      const corners = [
        [i, j],
        [i + 1, j],
        [i + 1, j + 1],
        [i, j + 1],
      ] as const;
      const cuts: number[] = [];
      corners.forEach(([ai, aj], k) => {
        const [bi, bj] = corners[(k + 1) % 4] ?? [ai, aj];
        const a = value(ai, aj);
        const b = value(bi, bj);
        if (a < level === b < level) return;
        const t = (level - a) / (b - a);
        cuts.push(grid.x0M + (ai + (bi - ai) * t) * grid.stepM, grid.y0M + (aj + (bj - aj) * t) * grid.stepM);
      });
      for (let c = 0; c + 3 < cuts.length; c += 4)
        out.push([cuts[c] ?? 0, cuts[c + 1] ?? 0, cuts[c + 2] ?? 0, cuts[c + 3] ?? 0]);
    }
  }
  return out;
}
