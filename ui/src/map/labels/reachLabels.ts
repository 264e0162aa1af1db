import type { LocalFrame } from "../../world/index.js";
import { isolines, toLocal } from "../../world/index.js";
import type { SceneModel } from "../sceneModel.js";
import { type Box, overlaps } from "./placeLabels.js";
import type { Project } from "./streetNames.js";

export interface ReachLabel {
  readonly id: string;
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/** Where a line of one time runs: points in metres east and north of the city's frame. */
export interface TimeLevel {
  readonly seconds: number;
  readonly points: readonly (readonly [xM: number, yM: number])[];
}

/** The time lines of a model, whether the station sent them or a grid holds them, soonest first. */
export function timeLevels(model: SceneModel, frame: LocalFrame): readonly TimeLevel[] {
  const { reach } = model;
  if (reach !== undefined)
    return reach.levelsS.map((seconds) => ({
      seconds,
      points: isolines(reach, seconds).map(([xM, yM]) => [xM, yM] as const),
    }));
  const lines = model.timeLines ?? [];
  return [...new Set(lines.map((l) => l.seconds))]
    .sort((a, b) => a - b)
    .map((seconds) => ({
      seconds,
      points: lines
        .filter((l) => l.seconds === seconds)
        .flatMap((l) =>
          l.points.map((at) => {
            const { xM, yM } = toLocal(frame, at);
            return [xM, yM] as const;
          }),
        ),
    }));
}

/** One label per time line, on the line, where nothing else is; spread over the screen so that they read in order. */
export function reachLabels(
  levels: readonly TimeLevel[],
  project: Project,
  upAt: (xM: number, yM: number) => number,
  view: { readonly width: number; readonly height: number; readonly keepOut: readonly Box[] },
): readonly ReachLabel[] {
  const used: Box[] = [...view.keepOut];
  const out: ReachLabel[] = [];
  levels.forEach(({ seconds, points }, i) => {
    const share = levels.length < 2 ? 0 : i / (levels.length - 1);
    const wantX = view.width * (0.72 - 0.5 * share);
    const wantY = view.height * (0.62 + 0.12 * share);
    let best: ReachLabel | undefined;
    let bestDistance = Number.POSITIVE_INFINITY;
    for (const [ax, ay] of points) {
      const q = project(ax, ay, upAt(ax, ay));
      if (q.distanceM < 0 || q.x < 30 || q.y < 20 || q.x > view.width - 30 || q.y > view.height - 20) continue;
      const box: Box = [q.x - 22, q.y - 9, 44, 18];
      if (used.some((u) => overlaps(u, box))) continue;
      const distance = Math.hypot(q.x - wantX, q.y - wantY);
      if (distance >= bestDistance) continue;
      bestDistance = distance;
      best = { id: `reach:${seconds}`, text: `${seconds} s`, x: q.x, y: q.y };
    }
    if (best === undefined) return;
    out.push(best);
    used.push([best.x - 22, best.y - 9, 44, 18]);
  });
  return out;
}
