import type { EnuPoint } from "../enu/index.js";
import { pointInRing, type Ring, signedAreaM2 } from "../polygon/index.js";
import type { CellGrid } from "../terrain/index.js";

/** An area with its holes, as GeoJSON wants them: outer ring counter-clockwise, holes clockwise; rings not closed. */
export type CellArea = { readonly outer: Ring; readonly holes: readonly Ring[] };

/** Outlines of the cells that a test accepts. */
export function cellAreas(grid: CellGrid, accepts: (index: number) => boolean): CellArea[] {
  const rings = cellRings(grid, accepts);
  const areas = rings.filter((ring) => signedAreaM2(ring) > 0).map(withoutHoles);
  for (const hole of rings.filter((ring) => signedAreaM2(ring) < 0)) {
    const inside = holeProbe(hole, grid.cellM);
    const holders = areas.filter(({ outer }) => pointInRing(inside, outer));
    // Islands in holes: the smallest outline around a hole is its own.
    holders.sort((a, b) => signedAreaM2(a.outer) - signedAreaM2(b.outer));
    holders[0]?.holes.push(hole);
  }
  return areas;
}

const withoutHoles = (outer: Ring): { outer: Ring; holes: Ring[] } => ({ outer, holes: [] });

/** A point on the accepted side of a hole's first side: it lies inside the right outline and not on its edge. */
function holeProbe(hole: Ring, cellM: number): EnuPoint {
  const [a, b] = hole;
  if (a === undefined || b === undefined) return { eastM: 0, northM: 0 };
  const lengthM = Math.hypot(b.eastM - a.eastM, b.northM - a.northM) || 1;
  const [east, north] = [(b.eastM - a.eastM) / lengthM, (b.northM - a.northM) / lengthM];
  const half = cellM / 2;
  return { eastM: a.eastM + (east - north) * half, northM: a.northM + (north + east) * half };
}

/** Directed sides with the accepted cell to the left, chained; at a corner where two cells touch it turns left. */
function cellRings(grid: CellGrid, accepts: (index: number) => boolean): EnuPoint[][] {
  const { cols, rows } = grid;
  const inside = (col: number, row: number): boolean =>
    col >= 0 && row >= 0 && col < cols && row < rows && accepts(row * cols + col);
  const width = cols + 1;
  // Sides by the corner they start at; heading 0 east, 1 north, 2 west, 3 south.
  const starts = new Map<number, number[]>();
  const add = (col: number, row: number, heading: number): void => {
    const at = row * width + col;
    starts.set(at, [...(starts.get(at) ?? []), heading]);
  };
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      if (!inside(col, row)) continue;
      if (!inside(col, row - 1)) add(col, row, 0);
      if (!inside(col + 1, row)) add(col + 1, row, 1);
      if (!inside(col, row + 1)) add(col + 1, row + 1, 2);
      if (!inside(col - 1, row)) add(col, row + 1, 3);
    }
  }
  const rings: EnuPoint[][] = [];
  for (const [start, headings] of starts) {
    while (headings.length > 0) rings.push(traceRing(grid, starts, start, headings[0] ?? 0));
  }
  return rings;
}

const STEP_COL = [1, 0, -1, 0] as const;
const STEP_ROW = [0, 1, 0, -1] as const;

function traceRing(grid: CellGrid, starts: Map<number, number[]>, start: number, firstHeading: number): EnuPoint[] {
  const width = grid.cols + 1;
  const ring: EnuPoint[] = [];
  let at = start;
  let heading = firstHeading;
  let before = -1;
  do {
    const sides = starts.get(at) ?? [];
    sides.splice(sides.indexOf(heading), 1);
    if (heading !== before) {
      const col = at % width;
      ring.push({
        eastM: grid.eastMinM + col * grid.cellM,
        northM: grid.northMinM + ((at - col) / width) * grid.cellM,
      });
    }
    before = heading;
    at += (STEP_COL[heading] ?? 0) + (STEP_ROW[heading] ?? 0) * width;
    const next = starts.get(at) ?? [];
    heading = [(before + 1) % 4, before, (before + 3) % 4].find((turn) => next.includes(turn)) ?? -1;
  } while (at !== start && heading >= 0);
  // The first corner is none where the ring runs straight through its start.
  if (before === firstHeading) ring.shift();
  return ring;
}
