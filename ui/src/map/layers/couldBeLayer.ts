import type { Rgba } from "../gl/index.js";
import type { SceneCouldBe } from "../sceneModel.js";
import type { Drawing } from "./staticLayers.js";

/**
 * Roads by arrival time: bright where the vehicle would be about now, dim where it would have passed. A soft wide
 * stroke over everything and a crisp one behind buildings, so that a road stays readable at a low angle.
 */
export function drawCouldBe(couldBe: SceneCouldBe, d: Drawing): void {
  for (const piece of couldBe.pieces) {
    const from = brightness(piece.fromS, couldBe.nowS);
    const to = brightness(piece.toS, couldBe.nowS);
    const last = Math.max(1, piece.points.length - 1);
    piece.points.forEach((at, i) => {
      const next = piece.points[i + 1];
      if (next === undefined) return;
      const a = d.ground.place(at, 1.6);
      const b = d.ground.place(next, 1.6);
      const ka = from + ((to - from) * i) / last;
      const kb = from + ((to - from) * (i + 1)) / last;
      d.over.add(...a, ...b, tone(d, ka, 0.14), tone(d, kb, 0.14), { widthPx: 7 });
      d.hidden.add(...a, ...b, tone(d, ka, 0.9), tone(d, kb, 0.9), { widthPx: 2.8 });
    });
  }
}

function tone(d: Drawing, k: number, alpha: number): Rgba {
  return d.inks.magenta(alpha * (0.25 + 0.75 * k));
}

function brightness(arrivalS: number, nowS: number): number {
  const share = nowS <= 0 ? 0 : Math.min(1, Math.max(0, arrivalS / nowS));
  return 0.16 + 0.84 * share ** 1.7;
}
