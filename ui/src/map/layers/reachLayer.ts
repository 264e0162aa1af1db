import { isolines } from "../../world/index.js";
import type { SceneReach } from "../sceneModel.js";
import type { Drawing } from "./staticLayers.js";

export const REACH_UP_M = 30;

/** Time-to-arrive as thin closed lines 30 m above ground with a faint curtain below: never a circle. */
export function drawReach(reach: SceneReach, d: Drawing): void {
  reach.levelsS.forEach((level, i) => {
    const line = d.inks.ink(Math.max(0.2, 0.5 - 0.1 * i));
    const top = d.inks.ink(Math.max(0.03, 0.1 - 0.02 * i));
    const foot = d.inks.ink(0);
    for (const [ax, ay, bx, by] of isolines(reach, level)) {
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
  });
}
