import type { View } from "./view.js";

const nearM = 0.4;
const maxCorners = 40;
/** Side of the squares of the coarse depth: small enough for a window's width of street, large enough to be few. */
export const blockPx = 16;

const mostFaces = 65_536;

/**
 * Which face each pixel shows, and the depth of each face. 1/z is a plane over the picture for a flat face, so that a
 * face's three numbers tell the depth of all its pixels: nothing is kept per pixel but the face, and where two faces
 * meet they are compared by runs, at both ends. One setup serves a polygon of any number of corners.
 */
export class Raster {
  readonly width: number;
  readonly height: number;
  /** 0 where there is only sky. */
  readonly face: Uint16Array;
  /** 1/z of each face: its change by column, by row, and its value at the middle of the first pixel. */
  readonly planes = new Float64Array(3 * mostFaces);
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
  readonly furthest: Float64Array;
  /** Whether `lookOver` was called since the frame began. */
  looked = false;
  readonly blockCols: number;
  readonly blockRows: number;
  readonly #sx = new Float64Array(maxCorners);
  readonly #sy = new Float64Array(maxCorners);
  readonly #qx = new Float64Array(maxCorners);
  readonly #qy = new Float64Array(maxCorners);
  readonly #qz = new Float64Array(maxCorners);
  /** First pixel of each row of the polygon under work, and the one after its last. */
  readonly #left: Int32Array;
  readonly #right: Int32Array;
  #f = 1;
  #cx = 0;
  #cy = 0;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.face = new Uint16Array(width * height);
    this.facePairs = new Int32Array(this.face.buffer);
    this.blockCols = Math.ceil(width / blockPx);
    this.blockRows = Math.ceil(height / blockPx);
    this.furthest = new Float64Array(this.blockCols * this.blockRows);
    this.#left = new Int32Array(height + 1);
    this.#right = new Int32Array(height + 1);
  }

  begin(view: View): void {
    this.#f = view.focalPx;
    this.#cx = view.cx;
    this.#cy = view.cy;
    this.face.fill(0);
    this.furthest.fill(0);
    this.looked = false;
  }

  /** 1/z of a face at a pixel. */
  nearness(face: number, x: number, y: number): number {
    const { planes } = this;
    const p = 3 * face;
    return (planes[p] ?? 0) * x + (planes[p + 1] ?? 0) * y + (planes[p + 2] ?? 0);
  }

  /** Reads the coarse depth anew. With `stride` 2 every second row is looked at: a gap of one pixel may close. */
  lookOver(stride: 1 | 2): void {
    const { width, height, blockCols } = this;
    this.looked = true;
    for (let row = 0; row < this.blockRows; row++) {
      const top = row * blockPx;
      const bottom = Math.min(height, top + blockPx);
      for (let col = 0; col < blockCols; col++) {
        const left = col * blockPx;
        this.furthest[row * blockCols + col] = this.#least(left, Math.min(width, left + blockPx), top, bottom, stride);
      }
    }
  }

  #least(left: number, right: number, top: number, bottom: number, stride: number): number {
    const { width } = this;
    const faces = this.face;
    let least = Number.POSITIVE_INFINITY;
    for (let y = top; y < bottom; y += stride) {
      for (let x = left; x < right; ) {
        const face = faces[y * width + x] ?? 0;
        if (face === 0) return 0;
        const from = x++;
        while (x < right && faces[y * width + x] === face) x++;
        least = Math.min(least, this.nearness(face, from, y), this.nearness(face, x - 1, y));
      }
    }
    return least;
  }

  /** Whether everything in a rectangle of pixels lies nearer than 1/`inv`, as far as was looked over. */
  hides(minX: number, minY: number, maxX: number, maxY: number, inv: number): boolean {
    if (!this.looked) return false;
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
   * (nx, ny, nz) is its outward normal in camera space. Gives false where no pixel shows it: the face may be used anew.
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
    const { width, height } = this;
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
    const { planes } = this;
    const atFirst = c + 0.5 * (a + b);
    planes[3 * face] = a;
    planes[3 * face + 1] = b;
    planes[3 * face + 2] = atFirst;
    let won = false;
    for (let y = first; y <= last; y++) {
      const from = left[y] ?? 0;
      const to = right[y] ?? 0;
      if (from < to && this.#span(y, from, to, a, b * y + atFirst, face)) won = true;
    }
    return won;
  }

  /**
   * A row of a face: what is free is taken; what another face has is compared run by run. True where pixels were won.
   * Two pixels at a time and with few branches: one guessed wrong costs the processor as much as a dozen pixels.
   */
  #span(y: number, from: number, to: number, perX: number, atRow: number, face: number): boolean {
    const { planes } = this;
    const faces = this.face;
    const pairs = this.facePairs;
    const row = (y * this.width) | 0;
    const end = (row + to) | 0;
    const lastPair = end >> 1;
    let won = false;
    let next = 0;
    for (let i = (row + from) | 0; i < end; i = next) {
      const other = faces[i] ?? 0;
      const both = (other << 16) | other;
      let pair = (i + 1) >> 1;
      while (pair < lastPair && pairs[pair] === both) pair = (pair + 1) | 0;
      next = pair << 1;
      if (next < end && faces[next] === other) next = (next + 1) | 0;
      if (other !== 0) {
        const p = 3 * other;
        const gainX = perX - (planes[p] ?? 0);
        const gain = atRow - (planes[p + 1] ?? 0) * y - (planes[p + 2] ?? 0);
        const first = gain + gainX * (i - row);
        const last = gain + gainX * (next - 1 - row);
        if (first <= 0 && last <= 0) continue;
        if (first <= 0 || last <= 0) {
          // Two planes cross at most once in a row: only then do pixels have to be looked at one by one.
          for (let k = i; k < next; k++) if (gain + gainX * (k - row) > 0) faces[k] = face;
          won = true;
          continue;
        }
      }
      won = true;
      // Both ends by themselves, whether odd or even, and what lies between in pairs.
      faces[i] = face;
      faces[next - 1] = face;
      const mine = (face << 16) | face;
      for (let k = (i + 1) >> 1; k < next >> 1; k++) pairs[k] = mine;
    }
    return won;
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
      const { width } = this;
      let x = (this.#sx[up] ?? 0) + (from + 0.5 - upY) * slope - 0.5;
      for (let y = from; y <= to; y++) {
        side[y] = x <= 0 ? 0 : x >= width ? width : Math.ceil(x);
        x += slope;
      }
    }
  }
}
