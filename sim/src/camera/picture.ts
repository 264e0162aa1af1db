/** One frame, YUV 4:2:0 planar, BT.709 limited range: luma, then both chroma planes at half resolution. */
export class Picture {
  declare readonly width: number;
  declare readonly height: number;
  declare readonly yuv: Uint8Array;
  declare readonly y: Uint8Array;
  declare readonly u: Uint8Array;
  declare readonly v: Uint8Array;
  /** Per pixel 0, or 1 + index of the vehicle seen there: truth, for the trainer's side alone. */
  declare readonly ids: Uint16Array;
  /** Starts and ends of the stretches of `ids` that are set: there are few, and clearing all costs the cache. */
  #marked = new Int32Array(0);
  #marks = 0;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    const luma = width * height;
    const chroma = (width >> 1) * (height >> 1);
    this.yuv = new Uint8Array(luma + 2 * chroma);
    this.y = this.yuv.subarray(0, luma);
    this.u = this.yuv.subarray(luma, luma + chroma);
    this.v = this.yuv.subarray(luma + chroma);
    this.ids = new Uint16Array(luma);
    this.#marked = new Int32Array(2 * luma);
  }

  clearIds(): void {
    for (let k = 0; k < this.#marks; k += 2) this.ids.fill(0, this.#marked[k], this.#marked[k + 1]);
    this.#marks = 0;
  }

  markIds(start: number, end: number, id: number): void {
    this.#marked[this.#marks++] = start;
    this.#marked[this.#marks++] = end;
    for (let i = start; i < end; i++) this.ids[i] = id;
  }
}
