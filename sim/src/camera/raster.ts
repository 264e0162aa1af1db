import { mostFaces } from "./faces.js";
import { Rows } from "./rows.js";
import type { View } from "./view.js";

const nearM = 0.4;
const maxCorners = 40;
/** Side of the squares of the coarse depth: small enough for a window's width of street, large enough to be few. */
export const blockPx = 16;

/**
 * Draws flat polygons into rows of runs. 1/z is a plane over the picture for a flat face, so that a face's three numbers
 * tell the depth of all its pixels. One setup serves a polygon of any number of corners.
 */
export class Raster {
  declare readonly width: number;
  declare readonly height: number;
  declare readonly rows: Rows;
  /** Corners of the polygon under work, camera space: x right, y down, z forward. */
  readonly px = new Float64Array(maxCorners);
  readonly py = new Float64Array(maxCorners);
  readonly pz = new Float64Array(maxCorners);
  corners = 0;
  /**
   * The furthest depth of each square of the picture when `lookOver` last looked, as 1/z: what lies behind it in every
   * square that it touches cannot be seen. Squares row by row.
   */
  declare readonly furthest: Float64Array;
  /** Whether `lookOver` was called since the frame began. */
  looked = false;
  declare readonly blockCols: number;
  declare readonly blockRows: number;
  readonly #sx = new Float64Array(maxCorners);
  readonly #sy = new Float64Array(maxCorners);
  readonly #qx = new Float64Array(maxCorners);
  readonly #qy = new Float64Array(maxCorners);
  readonly #qz = new Float64Array(maxCorners);
  /** First pixel of each row of the polygon under work, and the one after its last. */
  #left = new Int32Array(0);
  #right = new Int32Array(0);
  #f = 1;
  #cx = 0;
  #cy = 0;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.rows = new Rows(width, height, mostFaces);
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
    this.rows.begin();
    this.furthest.fill(0);
    this.looked = false;
  }

  /** 1/z of a face at a pixel. */
  nearness(face: number, x: number, y: number): number {
    const { planes } = this.rows;
    const p = 3 * face;
    return (planes[p] ?? 0) * x + (planes[p + 1] ?? 0) * y + (planes[p + 2] ?? 0);
  }

  /** Reads the coarse depth anew. Every second row is looked at: a gap of one row may close. */
  lookOver(): void {
    this.looked = true;
    this.furthest.fill(Number.POSITIVE_INFINITY);
    for (let y = 0; y < this.height; y += 2) this.#lookAlong(y);
  }

  #lookAlong(y: number): void {
    const { furthest } = this;
    const { entries, starts, planes } = this.rows;
    const blocks = Math.floor(y / blockPx) * this.blockCols;
    for (let k = starts[y] ?? 0, x = 0; x < this.width; k++) {
      const face = (entries[k] ?? 0) & 0xffff;
      const end = (entries[k + 1] ?? 0) >> 16;
      const perX = planes[3 * face] ?? 0;
      const atRow = (planes[3 * face + 1] ?? 0) * y + (planes[3 * face + 2] ?? 0);
      while (x < end) {
        const block = Math.floor(x / blockPx);
        const next = Math.min(end, (block + 1) * blockPx);
        // The sky's own depth is less than none: nothing is hidden by it.
        const least = Math.min(atRow + perX * x, atRow + perX * (next - 1));
        if (least < (furthest[blocks + block] ?? 0)) furthest[blocks + block] = least;
        x = next;
      }
    }
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
    // A closed outline crosses each of these rows both downwards and upwards: every side is set anew.
    this.#walkEdges(count, first, last);
    const { planes } = this.rows;
    planes[3 * face] = a;
    planes[3 * face + 1] = b;
    planes[3 * face + 2] = c + 0.5 * (a + b);
    return this.rows.lay(face, first, last, left, right);
  }

  /**
   * An edge that goes down the picture is a left one, one that goes up a right one, for counter-clockwise corners. Sides
   * may lie beyond the picture's.
   */
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
      const upX = this.#sx[up] ?? 0;
      const lowX = this.#sx[low] ?? 0;
      const slope = (lowX - upX) / (lowY - upY);
      const side = goesDown ? this.#left : this.#right;
      const x = upX + (from + 0.5 - upY) * slope - 0.5;
      if (Math.abs(upX) < widestX && Math.abs(lowX) < widestX) walkWhole(side, from, to, x, slope);
      else walkWide(side, from, to, x, slope);
    }
  }
}

/** Up to this many pixels beside the picture edges are walked in whole numbers of 1/65536 pixel. */
const widestX = 16_000;
/** So much that the next pixel's middle is reached. */
const toNext = 65_535;

function walkWhole(side: Int32Array, from: number, to: number, x: number, slope: number): void {
  let at = (x * 65_536) | 0;
  const step = (slope * 65_536) | 0;
  for (let y = from; y <= to; y = (y + 1) | 0) {
    side[y] = (at + toNext) >> 16;
    at = (at + step) | 0;
  }
}

/** An edge to a corner far beside the picture, as one cut close to the camera has. */
function walkWide(side: Int32Array, from: number, to: number, x: number, slope: number): void {
  for (let y = from; y <= to; y++) {
    side[y] = Math.ceil(Math.min(widestX, Math.max(-1, x + (y - from) * slope)));
  }
}
