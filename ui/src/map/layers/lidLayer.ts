import type { SceneLid } from "../sceneModel.js";
import type { Drawing } from "./staticLayers.js";

const STEP_M = 30;

/** A ceiling as a round piece of net in the air, fading outwards: a lid that can be seen through. */
export function drawLid(lid: SceneLid, d: Drawing): void {
  const { xM, yM } = d.ground.local(lid.at);
  const n = Math.floor(lid.radiusM / STEP_M);
  const up = (x: number, y: number): number => d.ground.heightAt(x, y) + lid.ceilingAglM;
  const ink = (x: number, y: number) => {
    const share = Math.hypot(x - xM, y - yM) / lid.radiusM;
    return d.inks.ink(Math.max(0, 0.36 * (1 - share * share)));
  };
  const piece = (ax: number, ay: number, bx: number, by: number): void => {
    if (Math.hypot(bx - xM, by - yM) > lid.radiusM || Math.hypot(ax - xM, ay - yM) > lid.radiusM) return;
    d.hidden.add(ax, up(ax, ay), -ay, bx, up(bx, by), -by, ink(ax, ay), ink(bx, by), { widthPx: 1 });
  };
  for (let i = -n; i <= n; i++) {
    for (let j = -n; j < n; j++) {
      piece(xM + i * STEP_M, yM + j * STEP_M, xM + i * STEP_M, yM + (j + 1) * STEP_M);
      piece(xM + j * STEP_M, yM + i * STEP_M, xM + (j + 1) * STEP_M, yM + i * STEP_M);
    }
  }
}
