/** Depth plane of the sky, face 0: behind everything that has a depth. */
const skyNear = -1;
/** Face of the entry that ends a row: none that is drawn. */
const rowEnd = 0xffff;
/** Room beside a row that is as long as it can be: where one side has none left, the other has. */
const spare = 64;

/**
 * Which face each pixel shows, kept as runs: a row is a list of entries `first pixel × 65536 + face`, by pixel, closed by
 * one at the picture's width. Most rows hold some dozen runs, so that a frame's visibility is a few tens of kilobytes
 * that stay in the processor's cache where a map of pixels would not.
 */
export class Rows {
  // `declare`, here and in the other classes of the inner loops: a field that is first set to undefined, as a plain one
  // is, has no type for the engine ever after, and each of its uses is checked.
  declare readonly width: number;
  declare readonly height: number;
  declare readonly entries: Int32Array;
  /** Place of each row's first entry: it moves, as entries make room towards the nearer end of their row. */
  declare readonly starts: Int32Array;
  /** Runs of each row, without the closing entry. */
  declare readonly counts: Int32Array;
  /** 1/z of each face: its change by column, by row, and its value at the middle of the first pixel. */
  declare readonly planes: Float64Array;
  #fresh = new Int32Array(0);

  constructor(width: number, height: number, mostFaces: number) {
    this.width = width;
    this.height = height;
    this.entries = new Int32Array(this.#roomOf(height));
    this.starts = new Int32Array(height);
    this.counts = new Int32Array(height);
    this.planes = new Float64Array(3 * mostFaces);
    this.planes[2] = skyNear;
    this.#fresh = new Int32Array(2 * width + 4);
    this.begin();
  }

  /** Entries set aside for a number of rows: no row has more runs than pixels, and it may lie anywhere in its room. */
  #roomOf(rows: number): number {
    return (this.width + 2 * spare) * rows;
  }

  /** All is sky. */
  begin(): void {
    const { entries, starts, width } = this;
    this.counts.fill(1);
    for (let y = 0; y < this.height; y++) {
      const at = this.#roomOf(y) + spare;
      starts[y] = at;
      entries[at] = 0;
      entries[at + 1] = (width << 16) | rowEnd;
    }
  }

  faceAt(x: number, y: number): number {
    const { entries } = this;
    let k = this.starts[y] ?? 0;
    while ((entries[k + 1] ?? 0) >> 16 <= x) k++;
    return (entries[k] ?? 0) & 0xffff;
  }

  /**
   * Lays a face, whose plane is set, over pixels `left[y]` up to before `right[y]` of each row, as far as the picture
   * has them. It is seen where it is nearer than what is there: two planes cross at most once in a row, so that runs are
   * compared at both ends. True where pixels were won.
   */
  lay(theFace: number, first: number, last: number, left: Int32Array, right: Int32Array): boolean {
    const { entries, planes, counts, starts } = this;
    // Whole numbers, told by `| 0`: else these loops run in doubles.
    const width = this.width | 0;
    const face = theFace | 0;
    const fresh = this.#fresh;
    const perX = planes[3 * face] ?? 0;
    const perY = planes[3 * face + 1] ?? 0;
    const corner = planes[3 * face + 2] ?? 0;
    let won = false;
    let hint = 0;
    for (let y = first; y <= last; y = (y + 1) | 0) {
      const from = Math.max(0, left[y] ?? 0) | 0;
      const to = Math.min(width, right[y] ?? 0) | 0;
      if (from >= to) continue;
      const base = starts[y] ?? 0;
      const reach = (from << 16) | rowEnd;
      // The row above had its place a few entries from here, most often.
      let k = hint < (counts[y] ?? 0) && (entries[base + hint] ?? 0) <= reach ? (base + hint) | 0 : base;
      while ((entries[k + 1] ?? 0) <= reach) k = (k + 1) | 0;
      hint = Math.max(0, k - base - 3) | 0;
      let shown = rowEnd | 0;
      let n = 0;
      const before = entries[k] ?? 0;
      if (before >> 16 < from) {
        fresh[n++] = before;
        shown = before & 0xffff;
      } else if (k > base) shown = (entries[k - 1] ?? 0) & 0xffff;
      let gained = false;
      let other = 0;
      let j = k;
      for (let x = from; x < to; ) {
        other = (entries[j] ?? 0) & 0xffff;
        j = (j + 1) | 0;
        const end = Math.min(to, (entries[j] ?? 0) >> 16) | 0;
        const q = 3 * other;
        const gainX = perX - (planes[q] ?? 0);
        const gain = (perY - (planes[q + 1] ?? 0)) * y + corner - (planes[q + 2] ?? 0);
        const nearer = gain + gainX * x > 0;
        const seen = (nearer ? face : other) | 0;
        if (seen !== shown) fresh[n++] = (x << 16) | seen;
        shown = seen;
        if (nearer) gained = true;
        if (gain + gainX * (end - 1) > 0 !== nearer) {
          gained = true;
          shown = (nearer ? other : face) | 0;
          fresh[n++] = (crossing(gain, gainX, x, end - 1) << 16) | shown;
        }
        x = end;
      }
      if (!gained) continue;
      won = true;
      const after = entries[j] ?? 0;
      if (after >> 16 > to) {
        if (other !== shown) fresh[n++] = (to << 16) | other;
      } else if ((after & 0xffff) === shown) j = (j + 1) | 0;
      this.#splice(y, k, j, n);
    }
    return won;
  }

  /** Puts the fresh entries in the place of those from k0 to before j; the fewer of the others move. */
  #splice(y: number, k0: number, j: number, n: number): void {
    const { entries, counts, starts } = this;
    const fresh = this.#fresh;
    let k = k0 | 0;
    const more = (n - (j - k)) | 0;
    if (more !== 0) {
      const start = starts[y] ?? 0;
      const end = (start + (counts[y] ?? 0)) | 0;
      counts[y] = (counts[y] ?? 0) + more;
      const room = start - more >= this.#roomOf(y);
      if ((room && k - start < end - j) || end + more >= this.#roomOf(y + 1)) {
        starts[y] = start - more;
        if (more > 0) for (let i = start; i < k; i = (i + 1) | 0) entries[i - more] = entries[i] ?? 0;
        else for (let i = (k - 1) | 0; i >= start; i = (i - 1) | 0) entries[i - more] = entries[i] ?? 0;
        k = (k - more) | 0;
      } else if (more > 0) for (let i = end; i >= j; i = (i - 1) | 0) entries[i + more] = entries[i] ?? 0;
      else for (let i = j; i <= end; i = (i + 1) | 0) entries[i + more] = entries[i] ?? 0;
    }
    for (let i = 0; i < n; i = (i + 1) | 0) entries[k + i] = fresh[i] ?? 0;
  }
}

/** The first pixel after x at which a gain has another sign than at x; there is one, at `last` or before. */
function crossing(gain: number, gainX: number, x: number, last: number): number {
  const nearer = gain + gainX * x > 0;
  let at = Math.min(last, Math.max(x + 1, Math.ceil(-gain / gainX)));
  while (at > x + 1 && gain + gainX * (at - 1) > 0 !== nearer) at--;
  while (at < last && gain + gainX * at > 0 === nearer) at++;
  return at;
}
