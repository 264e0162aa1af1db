import { isolines, type TimeGrid } from "../../world/index.js";
import { type Box, overlaps } from "./placeLabels.js";
import type { Project } from "./streetNames.js";

export interface ReachLabel {
  readonly id: string;
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/** One label per time line, on the line, where nothing else is; spread over the screen so that they read in order. */
export function reachLabels(
  grid: TimeGrid & { readonly levelsS: readonly number[] },
  project: Project,
  upAt: (xM: number, yM: number) => number,
  view: { readonly width: number; readonly height: number; readonly keepOut: readonly Box[] },
): readonly ReachLabel[] {
  const used: Box[] = [...view.keepOut];
  const out: ReachLabel[] = [];
  grid.levelsS.forEach((level, i) => {
    const share = grid.levelsS.length < 2 ? 0 : i / (grid.levelsS.length - 1);
    const wantX = view.width * (0.72 - 0.5 * share);
    const wantY = view.height * (0.62 + 0.12 * share);
    let best: ReachLabel | undefined;
    let bestDistance = Number.POSITIVE_INFINITY;
    for (const [ax, ay] of isolines(grid, level)) {
      const q = project(ax, ay, upAt(ax, ay));
      if (q.distanceM < 0 || q.x < 30 || q.y < 20 || q.x > view.width - 30 || q.y > view.height - 20) continue;
      const box: Box = [q.x - 22, q.y - 9, 44, 18];
      if (used.some((u) => overlaps(u, box))) continue;
      const distance = Math.hypot(q.x - wantX, q.y - wantY);
      if (distance >= bestDistance) continue;
      bestDistance = distance;
      best = { id: `reach:${level}`, text: `${level} s`, x: q.x, y: q.y };
    }
    if (best === undefined) return;
    out.push(best);
    used.push([best.x - 22, best.y - 9, 44, 18]);
  });
  return out;
}
