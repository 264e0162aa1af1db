/** One frame, YUV 4:2:0 planar, BT.709 limited range: luma, then both chroma planes at half resolution. */
export class Picture {
  readonly width: number;
  readonly height: number;
  readonly yuv: Uint8Array;
  readonly y: Uint8Array;
  readonly u: Uint8Array;
  readonly v: Uint8Array;
  /** Per pixel 0, or 1 + index of the vehicle seen there: truth, for the trainer's side alone. */
  readonly ids: Uint16Array;

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
  }
}
