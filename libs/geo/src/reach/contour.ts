import type { EnuPoint } from "../enu/index.js";
import { cellMiddle, type TimeSurface } from "./surface.js";

export type TimeContour = { readonly seconds: number; readonly lines: readonly (readonly EnuPoint[])[] };

/** Lines of equal time (marching squares). Closed lines end where they begin; at closed cells and edges lines stop. */
export function timeContours(surface: TimeSurface, levelsS: readonly number[]): TimeContour[] {
  return levelsS.map((seconds) => ({ seconds, lines: joinLines(crossingsAt(surface, seconds)) }));
}

/** A piece of line between two sides of a square; sides are known by number, so that neighbours join exactly. */
type Piece = { readonly a: number; readonly b: number };
type Crossings = { readonly pieces: Piece[]; readonly points: Map<number, EnuPoint> };

function crossingsAt({ grid, timeS }: TimeSurface, level: number): Crossings {
  const pieces: Piece[] = [];
  const points = new Map<number, EnuPoint>();
  const { cols, rows } = grid;
  const side = (from: number, to: number, id: number): number | undefined => {
    const low = timeS[from] ?? 0;
    const high = timeS[to] ?? 0;
    if (low < level === high < level) return undefined;
    if (!points.has(id)) {
      const share = (level - low) / (high - low);
      const a = cellMiddle(grid, from);
      const b = cellMiddle(grid, to);
      points.set(id, {
        eastM: a.eastM + share * (b.eastM - a.eastM),
        northM: a.northM + share * (b.northM - a.northM),
      });
    }
    return id;
  };
  for (let row = 0; row + 1 < rows; row++) {
    for (let col = 0; col + 1 < cols; col++) {
      const sw = row * cols + col;
      const [se, nw, ne] = [sw + 1, sw + cols, sw + cols + 1];
      if (!straddles(level, timeS[sw], timeS[se], timeS[nw], timeS[ne])) continue;
      // Sides are numbered by the node they start at: even along a row, odd along a column.
      const cut = [side(sw, se, 2 * sw), side(se, ne, 2 * se + 1), side(nw, ne, 2 * nw), side(sw, nw, 2 * sw + 1)];
      const [south, east, north, west] = cut;
      if (south !== undefined && east !== undefined && north !== undefined && west !== undefined) {
        // A saddle: the mean says which two corners belong together.
        const mean = ((timeS[sw] ?? 0) + (timeS[se] ?? 0) + (timeS[nw] ?? 0) + (timeS[ne] ?? 0)) / 4;
        const together = mean < level === (timeS[sw] ?? 0) < level;
        pieces.push(together ? { a: south, b: east } : { a: south, b: west });
        pieces.push(together ? { a: north, b: west } : { a: north, b: east });
        continue;
      }
      const [a, b] = cut.filter((id) => id !== undefined);
      if (a !== undefined && b !== undefined) pieces.push({ a, b });
    }
  }
  return { pieces, points };
}

/** Whether a level passes between four finite corners; asked of every square, so kept free of allocation. */
function straddles(level: number, sw = Infinity, se = Infinity, nw = Infinity, ne = Infinity): boolean {
  const high = Math.max(sw, se, nw, ne);
  return high !== Infinity && high >= level && Math.min(sw, se, nw, ne) < level;
}

function joinLines({ pieces, points }: Crossings): EnuPoint[][] {
  const atSide = new Map<number, number[]>();
  pieces.forEach(({ a, b }, i) => {
    for (const id of [a, b]) atSide.set(id, [...(atSide.get(id) ?? []), i]);
  });
  const used = new Set<number>();
  const follow = (start: number, piece: number): number[] => {
    const ids = [start];
    for (let next: number | undefined = piece; next !== undefined; ) {
      used.add(next);
      const { a, b }: Piece = pieces[next] ?? { a: start, b: start };
      const end: number = a === ids.at(-1) ? b : a;
      ids.push(end);
      next = atSide.get(end)?.find((i) => !used.has(i));
    }
    return ids;
  };
  const lines: number[][] = [];
  // Open lines first, from their ends, so that none is cut in two; what is left is closed.
  for (const [id, list] of atSide) {
    const [only] = list;
    if (list.length === 1 && only !== undefined && !used.has(only)) lines.push(follow(id, only));
  }
  pieces.forEach(({ a }, i) => {
    if (!used.has(i)) lines.push(follow(a, i));
  });
  return lines.map((ids) => ids.flatMap((id) => points.get(id) ?? []));
}
