import type { GroundPicture } from "../../map/index.js";
import type { ScenePalette } from "../../theme/index.js";
import { type GroundSource, type Pen, paintGround } from "../bake/paintGround.js";
import type { BakeAnswer, BakeRequest } from "./bake.worker.js";
import bakeWorkerUrl from "./bake.worker.ts?worker&url";
import { trustedScriptUrl } from "./trustedWorkers.js";

/** Bakes the ground away from the screen's thread: 1024 px first so that the city shows, then the fine one. */
export interface GroundBaker {
  bake(
    key: string,
    source: GroundSource,
    palette: ScenePalette,
    onPicture: (picture: GroundPicture, px: number) => void,
  ): void;
  dispose(): void;
}

export function groundBaker(finestPx: number): GroundBaker {
  const done = new Map<string, { picture: GroundPicture; px: number }>();
  const waiting = new Map<number, { key: string; onPicture: (picture: GroundPicture, px: number) => void }>();
  const worker = startWorker();
  let nextId = 1;
  worker?.addEventListener("message", (event: MessageEvent<BakeAnswer>) => {
    const job = waiting.get(event.data.id);
    if (job === undefined) return event.data.picture.close();
    done.set(job.key, event.data);
    job.onPicture(event.data.picture, event.data.px);
  });
  return {
    bake(key, source, palette, onPicture) {
      const cached = done.get(key);
      if (cached !== undefined) return onPicture(cached.picture, cached.px);
      if (worker === undefined) return onPicture(bakeHere(source, palette), 1024);
      const id = nextId++;
      waiting.set(id, { key, onPicture });
      const request: BakeRequest = { id, source, palette, sizesPx: finestPx > 1024 ? [1024, finestPx] : [1024] };
      worker.postMessage(request);
    },
    dispose() {
      worker?.terminate();
      waiting.clear();
    },
  };
}

function startWorker(): Worker | undefined {
  if (typeof OffscreenCanvas === "undefined" || typeof Worker === "undefined") return undefined;
  return new Worker(trustedScriptUrl(bakeWorkerUrl), { type: "module" });
}

function bakeHere(source: GroundSource, palette: ScenePalette): HTMLCanvasElement {
  const newPen = (px: number): Pen => {
    const canvas = document.createElement("canvas");
    canvas.width = px;
    canvas.height = px;
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    if (pen === null) throw new Error("This browser draws no canvas; the ground stays plain.");
    return pen;
  };
  const canvas = paintGround(source, palette, 1024, newPen).canvas;
  if (!(canvas instanceof HTMLCanvasElement)) throw new Error("unreachable: the pen above is a page canvas");
  return canvas;
}
