/** Where on the lanes a pointer is, as a moment of the run. */
export function momentAt(xPx: number, widthPx: number, startMs: number, spanMs: number): number {
  return startMs + Math.min(1, Math.max(0, widthPx <= 0 ? 0 : xPx / widthPx)) * spanMs;
}
