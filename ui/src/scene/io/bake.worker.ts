import type { ScenePalette } from "../../theme/index.js";
import { type GroundSource, type Pen, paintGround } from "../bake/paintGround.js";

/** What the desk asks of the worker, and what comes back: pictures, small first. */
export interface BakeRequest {
  readonly id: number;
  readonly source: GroundSource;
  readonly palette: ScenePalette;
  readonly sizesPx: readonly number[];
}
export interface BakeAnswer {
  readonly id: number;
  readonly px: number;
  readonly picture: ImageBitmap;
}

function newPen(px: number): Pen {
  const pen = new OffscreenCanvas(px, px).getContext("2d", { willReadFrequently: true });
  if (pen === null) throw new Error("This browser draws no off-screen canvas; the ground stays plain.");
  return pen;
}

self.addEventListener("message", (event: MessageEvent<BakeRequest>) => {
  const { id, source, palette, sizesPx } = event.data;
  for (const px of sizesPx) {
    const canvas = paintGround(source, palette, px, newPen).canvas;
    if (!(canvas instanceof OffscreenCanvas)) continue;
    const picture = canvas.transferToImageBitmap();
    const answer: BakeAnswer = { id, px, picture };
    self.postMessage(answer, { transfer: [picture] });
  }
});
