import { isolines } from "../../world/index.js";
import type { SceneReach, SceneTimeLine } from "../sceneModel.js";
import type { Drawing } from "./staticLayers.js";

export const REACH_UP_M = 30;

/** Time-to-arrive as thin closed lines 30 m above ground with a faint curtain below: never a circle. */
export function drawReach(reach: SceneReach, d: Drawing): void {
  reach.levelsS.forEach((level, i) => {
    for (const [ax, ay, bx, by] of isolines(reach, level)) drawPiece(ax, ay, bx, by, i, d);
  });
}

/** The station's own lines of equal time, drawn the same way: the sooner, the brighter. */
export function drawTimeLines(lines: readonly SceneTimeLine[], d: Drawing): void {
  const levels = [...new Set(lines.map((l) => l.seconds))].sort((a, b) => a - b);
  for (const line of lines) {
    const rank = levels.indexOf(line.seconds);
    let from: { readonly xM: number; readonly yM: number } | undefined;
    for (const at of line.points) {
      const to = d.ground.local(at);
      if (from !== undefined) drawPiece(from.xM, from.yM, to.xM, to.yM, rank, d);
      from = to;
    }
  }
}

function drawPiece(ax: number, ay: number, bx: number, by: number, rank: number, d: Drawing): void {
  const line = d.inks.ink(Math.max(0.2, 0.5 - 0.1 * rank));
  const top = d.inks.ink(Math.max(0.03, 0.1 - 0.02 * rank));
  const foot = d.inks.ink(0);
  const ga = d.ground.heightAt(ax, ay);
  const gb = d.ground.heightAt(bx, by);
  d.hidden.add(ax, ga + REACH_UP_M, -ay, bx, gb + REACH_UP_M, -by, line, line, { widthPx: 1.2 });
  d.hiddenFill.corner(ax, ga, -ay, foot);
  d.hiddenFill.corner(bx, gb, -by, foot);
  d.hiddenFill.corner(bx, gb + REACH_UP_M, -by, top);
  d.hiddenFill.corner(ax, ga, -ay, foot);
  d.hiddenFill.corner(bx, gb + REACH_UP_M, -by, top);
  d.hiddenFill.corner(ax, ga + REACH_UP_M, -ay, top);
}
