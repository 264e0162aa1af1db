import type { View } from "./view.js";

const nearM = 0.4;
const maxCorners = 40;
/** Side of the squares of the coarse depth: small enough for a window's width of street, large enough to be few. */
export const blockPx = 16;

/**
 * Depth and face of each pixel. Depth is kept as 1/z, which is a plane over the picture for a flat face, so one
 * setup serves a polygon of any number of corners and no gradients are lost to thin slivers.
 */
export class Raster {
  readonly width: number;
  readonly height: number;
  readonly invDepth: Float32Array;
  readonly face: Uint16Array;
  /** The same faces, two neighbours in each number; signed, as the engine's own small numbers are. */
  readonly facePairs: Int32Array;
  /** Corners of the polygon under work, camera space: x right, y down, z forward. */
  readonly px = new Float64Array(maxCorners);
  readonly py = new Float64Array(maxCorners);
  readonly pz = new Float64Array(maxCorners);
  corners = 0;
  /**
   * The furthest depth of each square of the picture when `lookOver` last looked, as 1/z: what lies behind it in every
   * square that it touches cannot be seen. Squares row by row.
   */
  readonly furthest: Float32Array;
  readonly blockCols: number;
  readonly blockRows: number;
  readonly #sx = new Float64Array(maxCorners);
  readonly #sy = new Float64Array(maxCorners);
  readonly #qx = new Float64Array(maxCorners);
  readonly #qy = new Float64Array(maxCorners);
  readonly #qz = new Float64Array(maxCorners);
  readonly #left: Float64Array;
  readonly #right: Float64Array;
  #f = 1;
  #cx = 0;
  #cy = 0;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.invDepth = new Float32Array(width * height);
    this.face = new Uint16Array(width * height);
    this.facePairs = new Int32Array(this.face.buffer);
    this.blockCols = Math.ceil(width / blockPx);
    this.blockRows = Math.ceil(height / blockPx);
    this.furthest = new Float32Array(this.blockCols * this.blockRows);
    this.#left = new Float64Array(height + 1);
    this.#right = new Float64Array(height + 1);
  }

  begin(view: View): void {
    this.#f = view.focalPx;
    this.#cx = view.cx;
    this.#cy = view.cy;
    this.invDepth.fill(0);
    this.face.fill(0);
    this.furthest.fill(0);
  }

  /**
   * Reads the coarse depth anew. With `stride` 2 every second pixel of every second row is looked at: a gap of one
   * pixel may close, at a quarter of the cost.
   */
  lookOver(stride: 1 | 2): void {
    const { width, height, invDepth, furthest, blockCols } = this;
    for (let row = 0; row < this.blockRows; row++) {
      const bottom = Math.min(height, (row + 1) * blockPx);
      for (let col = 0; col < blockCols; col++) {
        const right = Math.min(width, (col + 1) * blockPx);
        let least = Number.POSITIVE_INFINITY;
        for (let y = row * blockPx; y < bottom && least > 0; y += stride) {
          const end = y * width + right;
          for (let i = y * width + col * blockPx; i < end; i += stride) {
            const inv = invDepth[i] ?? 0;
            if (inv < least) least = inv;
          }
        }
        furthest[row * blockCols + col] = least;
      }
    }
  }

  /** Whether everything in a rectangle of pixels lies nearer than 1/`inv`, as far as was looked over. */
  hides(minX: number, minY: number, maxX: number, maxY: number, inv: number): boolean {
    const { furthest, blockCols } = this;
    const firstCol = Math.max(0, Math.floor(minX / blockPx)) | 0;
    const lastCol = Math.min(blockCols - 1, Math.floor(maxX / blockPx)) | 0;
    const firstRow = Math.max(0, Math.floor(minY / blockPx)) | 0;
    const lastRow = Math.min(this.blockRows - 1, Math.floor(maxY / blockPx)) | 0;
    for (let row = firstRow; row <= lastRow; row++) {
      for (let col = firstCol; col <= lastCol; col++) {
        if ((furthest[row * blockCols + col] ?? 0) <= inv) return false;
      }
    }
    return true;
  }

  corner(x: number, y: number, z: number): void {
    const at = this.corners;
    if (at >= maxCorners) return;
    this.px[at] = x;
    this.py[at] = y;
    this.pz[at] = z;
    this.corners = at + 1;
  }

  /**
   * Draws the convex polygon given by the corners so far, counter-clockwise as seen from its front, and forgets them.
   * (nx, ny, nz) is its outward normal in camera space. Gives false where it faces away or falls outside.
   */
  draw(nx: number, ny: number, nz: number, face: number): boolean {
    let count = this.corners;
    this.corners = 0;
    if (count < 3) return false;
    const d = nx * (this.px[0] ?? 0) + ny * (this.py[0] ?? 0) + nz * (this.pz[0] ?? 0);
    if (d >= -1e-6) return false;
    let cut = false;
    for (let i = 0; i < count; i++) if ((this.pz[i] ?? 0) < nearM) cut = true;
    const xs = cut ? this.#qx : this.px;
    const ys = cut ? this.#qy : this.py;
    const zs = cut ? this.#qz : this.pz;
    if (cut) count = this.#clipNear(count);
    if (count < 3) return false;
    let nearest = 0;
    for (let i = 0; i < count; i++) {
      const z = zs[i] ?? 1;
      const inv = this.#f / z;
      if (inv > nearest) nearest = inv;
      this.#sx[i] = this.#cx + (xs[i] ?? 0) * inv;
      this.#sy[i] = this.#cy + (ys[i] ?? 0) * inv;
    }
    const a = nx / (this.#f * d);
    const b = ny / (this.#f * d);
    return this.#fill(count, a, b, nz / d - a * this.#cx - b * this.#cy, face, nearest / this.#f);
  }

  /** Sutherland and Hodgman against the near plane alone: the other sides are cut by the pixel bounds. */
  #clipNear(count: number): number {
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const j = i + 1 === count ? 0 : i + 1;
      const z0 = this.pz[i] ?? 0;
      const z1 = this.pz[j] ?? 0;
      if (z0 >= nearM) {
        this.#qx[kept] = this.px[i] ?? 0;
        this.#qy[kept] = this.py[i] ?? 0;
        this.#qz[kept++] = z0;
      }
      if (z0 >= nearM === z1 >= nearM) continue;
      const t = (nearM - z0) / (z1 - z0);
      this.#qx[kept] = (this.px[i] ?? 0) + ((this.px[j] ?? 0) - (this.px[i] ?? 0)) * t;
      this.#qy[kept] = (this.py[i] ?? 0) + ((this.py[j] ?? 0) - (this.py[i] ?? 0)) * t;
      this.#qz[kept++] = nearM;
    }
    return kept;
  }

  #fill(count: number, a: number, b: number, c: number, face: number, nearest: number): boolean {
    const { width, height, furthest } = this;
    const left = this.#left;
    const right = this.#right;
    let top = Number.POSITIVE_INFINITY;
    let bottom = Number.NEGATIVE_INFINITY;
    let minX = Number.POSITIVE_INFINITY;
    let maxX = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < count; i++) {
      const x = this.#sx[i] ?? 0;
      const y = this.#sy[i] ?? 0;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
      if (x < minX) minX = x;
      if (x > maxX) maxX = x;
    }
    // `| 0` keeps the loops below in whole numbers: without it the engine runs them in doubles, at half the pace.
    const first = Math.max(0, Math.ceil(top - 0.5)) | 0;
    const last = Math.min(height - 1, Math.ceil(bottom - 0.5) - 1) | 0;
    if (first > last || maxX < 0 || minX > width) return false;
    // Most polygons stand behind others: a look at the coarse depth spares their pixels.
    if (this.hides(minX, top, maxX, bottom, nearest * 1.0001)) return false;
    for (let y = first; y <= last; y++) {
      left[y] = width;
      right[y] = 0;
    }
    this.#walkEdges(count, first, last);
    for (let y = first; y <= last; y++) {
      let from = Math.max(0, Math.ceil((left[y] ?? 0) - 0.5)) | 0;
      let to = Math.min(width, Math.ceil((right[y] ?? 0) - 0.5)) | 0;
      if (from >= to) continue;
      const atRow = b * (y + 0.5) + c;
      // Squares at either end in which all is nearer than this row ever gets are left out.
      const rowNearest = Math.max(a * (from + 0.5), a * (to - 0.5)) + atRow;
      const blocks = ((y / blockPx) | 0) * this.blockCols;
      while (from < to && (furthest[blocks + ((from / blockPx) | 0)] ?? 0) > rowNearest) {
        from = (((from / blockPx) | 0) + 1) * blockPx;
      }
      while (from < to && (furthest[blocks + (((to - 1) / blockPx) | 0)] ?? 0) > rowNearest) {
        to = (((to - 1) / blockPx) | 0) * blockPx;
      }
      this.#span(y * width + from, y * width + to, a * (from + 0.5) + atRow, a, face);
    }
    return true;
  }

  /** Two depths at a time: each waits for its own last sum, so one chain of sums would set the pace. */
  #span(start: number, end: number, depth: number, a: number, face: number): void {
    const { invDepth } = this;
    const faces = this.face;
    let inv = depth;
    let next = depth + a;
    let i = start;
    for (; i + 1 < end; i += 2) {
      if (inv > (invDepth[i] ?? 0)) {
        invDepth[i] = inv;
        faces[i] = face;
      }
      if (next > (invDepth[i + 1] ?? 0)) {
        invDepth[i + 1] = next;
        faces[i + 1] = face;
      }
      inv += a + a;
      next += a + a;
    }
    if (i < end && inv > (invDepth[i] ?? 0)) {
      invDepth[i] = inv;
      faces[i] = face;
    }
  }

  /** An edge that goes down the picture is a left one, one that goes up a right one, for counter-clockwise corners. */
  #walkEdges(count: number, first: number, last: number): void {
    for (let i = 0; i < count; i++) {
      const j = i + 1 === count ? 0 : i + 1;
      const y0 = this.#sy[i] ?? 0;
      const y1 = this.#sy[j] ?? 0;
      const goesDown = y1 > y0;
      // Always walked from the upper corner, so that two faces that share an edge share its pixels' sides.
      const up = goesDown ? i : j;
      const low = goesDown ? j : i;
      const upY = this.#sy[up] ?? 0;
      const lowY = this.#sy[low] ?? 0;
      const from = Math.max(first, Math.ceil(upY - 0.5)) | 0;
      const to = Math.min(last, Math.ceil(lowY - 0.5) - 1) | 0;
      if (from > to) continue;
      const slope = ((this.#sx[low] ?? 0) - (this.#sx[up] ?? 0)) / (lowY - upY);
      const side = goesDown ? this.#left : this.#right;
      const atUp = this.#sx[up] ?? 0;
      for (let y = from; y <= to; y++) side[y] = atUp + (y + 0.5 - upY) * slope;
    }
  }
}
