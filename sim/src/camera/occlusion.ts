import type { Raster } from "./raster.js";
import type { View } from "./view.js";

const blockPx = 16;

/**
 * The furthest depth in each block of the picture as drawn so far: what lies behind it in every block that it touches
 * cannot be seen. Read anew a few times a frame, as near things fill the picture.
 */
export class Occlusion {
  readonly #cols: number;
  readonly #rows: number;
  readonly #furthest: Float32Array;

  constructor(width: number, height: number) {
    this.#cols = Math.ceil(width / blockPx);
    this.#rows = Math.ceil(height / blockPx);
    this.#furthest = new Float32Array(this.#cols * this.#rows);
  }

  clear(): void {
    this.#furthest.fill(0);
  }

  /** Every second pixel of every second row is looked at: a gap of one pixel may close, at a quarter of the cost. */
  read(raster: Raster): void {
    const { width, height, invDepth } = raster;
    for (let row = 0; row < this.#rows; row++) {
      const bottom = Math.min(height, (row + 1) * blockPx);
      for (let col = 0; col < this.#cols; col++) {
        const right = Math.min(width, (col + 1) * blockPx);
        let furthest = Number.POSITIVE_INFINITY;
        for (let y = row * blockPx; y < bottom && furthest > 0; y += 2) {
          const end = y * width + right;
          for (let i = y * width + col * blockPx; i < end; i += 2) {
            const inv = invDepth[i] ?? 0;
            if (inv < furthest) furthest = inv;
          }
        }
        this.#furthest[row * this.#cols + col] = furthest;
      }
    }
  }

  /** Whether a ball lies wholly behind what has been drawn. */
  hides(view: View, eastM: number, northM: number, upM: number, radiusM: number): boolean {
    const e = eastM - view.eastM;
    const n = northM - view.northM;
    const u = upM - view.upM;
    const z = e * view.forward.e + n * view.forward.n + u * view.forward.u;
    const nearest = z - radiusM;
    if (nearest < 1) return false;
    const scale = view.focalPx / z;
    const x = view.cx + (e * view.right.e + n * view.right.n + u * view.right.u) * scale;
    const y = view.cy + (e * view.down.e + n * view.down.n + u * view.down.u) * scale;
    const radiusPx = (radiusM * view.focalPx) / nearest + 1;
    const firstCol = Math.max(0, Math.floor((x - radiusPx) / blockPx)) | 0;
    const lastCol = Math.min(this.#cols - 1, Math.floor((x + radiusPx) / blockPx)) | 0;
    const firstRow = Math.max(0, Math.floor((y - radiusPx) / blockPx)) | 0;
    const lastRow = Math.min(this.#rows - 1, Math.floor((y + radiusPx) / blockPx)) | 0;
    const inv = 1 / nearest;
    for (let row = firstRow; row <= lastRow; row++) {
      for (let col = firstCol; col <= lastCol; col++) {
        if ((this.#furthest[row * this.#cols + col] ?? 0) <= inv) return false;
      }
    }
    return true;
  }
}
