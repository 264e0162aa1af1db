import type { Yuv } from "./colour.js";

const subRows = 3;

/** A square of ground being painted: full-resolution colour, row 0 in the south. */
export class PaintSquare {
  readonly texels: number;
  readonly y: Uint8ClampedArray;
  readonly u: Uint8ClampedArray;
  readonly v: Uint8ClampedArray;
  readonly #cover: Float32Array;
  readonly #crossings = new Float64Array(512);

  constructor(texels: number) {
    this.texels = texels;
    this.y = new Uint8ClampedArray(texels * texels);
    this.u = new Uint8ClampedArray(texels * texels);
    this.v = new Uint8ClampedArray(texels * texels);
    this.#cover = new Float32Array(texels + 1);
  }

  clear(paint: Yuv): void {
    this.y.fill(paint.y);
    this.u.fill(paint.u);
    this.v.fill(paint.v);
  }

  /** Paints a ring (even-odd) given in metres; edges are blended by the part of the texel that they cover. */
  fill(ring: Float64Array, paint: Yuv, eastM: number, northM: number, texelM: number): void {
    this.eachCovered(ring, eastM, northM, texelM, (at, share) => {
      this.y[at] = (this.y[at] ?? 0) + (paint.y - (this.y[at] ?? 0)) * share;
      this.u[at] = (this.u[at] ?? 0) + (paint.u - (this.u[at] ?? 0)) * share;
      this.v[at] = (this.v[at] ?? 0) + (paint.v - (this.v[at] ?? 0)) * share;
    });
  }

  eachCovered(
    ring: Float64Array,
    eastM: number,
    northM: number,
    texelM: number,
    visit: (at: number, share: number) => void,
  ): void {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let i = 1; i < ring.length; i += 2) {
      low = Math.min(low, ring[i] ?? 0);
      high = Math.max(high, ring[i] ?? 0);
    }
    const first = Math.max(0, Math.floor((low - northM) / texelM));
    const last = Math.min(this.texels - 1, Math.floor((high - northM) / texelM));
    for (let row = first; row <= last; row++) {
      let from = this.texels;
      let to = -1;
      for (let sub = 0; sub < subRows; sub++) {
        const found = this.#cross(ring, northM + (row + (sub + 0.5) / subRows) * texelM, eastM, texelM);
        for (let k = 0; k + 1 < found; k += 2) {
          const x0 = Math.max(0, this.#crossings[k] ?? 0);
          const x1 = Math.min(this.texels, this.#crossings[k + 1] ?? 0);
          if (x1 <= x0) continue;
          this.#span(x0, x1);
          from = Math.min(from, Math.floor(x0));
          to = Math.max(to, Math.min(this.texels - 1, Math.floor(x1)));
        }
      }
      for (let col = from; col <= to; col++) {
        const share = this.#cover[col] ?? 0;
        this.#cover[col] = 0;
        if (share > 0) visit(row * this.texels + col, Math.min(1, share));
      }
    }
  }

  #span(x0: number, x1: number): void {
    const a = Math.floor(x0);
    const b = Math.floor(x1);
    const cover = this.#cover;
    if (a === b) {
      cover[a] = (cover[a] ?? 0) + (x1 - x0) / subRows;
      return;
    }
    cover[a] = (cover[a] ?? 0) + (a + 1 - x0) / subRows;
    for (let x = a + 1; x < b; x++) cover[x] = (cover[x] ?? 0) + 1 / subRows;
    if (b < this.texels) cover[b] = (cover[b] ?? 0) + (x1 - b) / subRows;
  }

  #cross(ring: Float64Array, north: number, eastM: number, texelM: number): number {
    let found = 0;
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      const aN = ring[j + 1] ?? 0;
      const bN = ring[i + 1] ?? 0;
      if (aN > north === bN > north || found >= 512) continue;
      const aE = ring[j] ?? 0;
      const x = (aE + ((north - aN) / (bN - aN)) * ((ring[i] ?? 0) - aE) - eastM) / texelM;
      let at = found++;
      for (; at > 0 && (this.#crossings[at - 1] ?? 0) > x; at--) this.#crossings[at] = this.#crossings[at - 1] ?? 0;
      this.#crossings[at] = x;
    }
    return found;
  }
}
