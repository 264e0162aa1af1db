/** Heights of bare ground on a regular grid, row 0 in the south, metres AMSL. */
export interface TerrainGrid {
  readonly cols: number;
  readonly rows: number;
  readonly x0M: number;
  readonly y0M: number;
  readonly stepM: number;
  readonly heightAmslM: Float32Array;
}

/** Bilinear ground height at a local place; outside the grid the edge's height. */
export function groundAmslM(t: TerrainGrid, xM: number, yM: number): number {
  const u = Math.min(t.cols - 1.001, Math.max(0, (xM - t.x0M) / t.stepM));
  const v = Math.min(t.rows - 1.001, Math.max(0, (yM - t.y0M) / t.stepM));
  const i = Math.floor(u);
  const j = Math.floor(v);
  const at = j * t.cols + i;
  const a = u - i;
  const b = v - j;
  const h = t.heightAmslM;
  const south = (h[at] ?? 0) * (1 - a) + (h[at + 1] ?? 0) * a;
  const north = (h[at + t.cols] ?? 0) * (1 - a) + (h[at + t.cols + 1] ?? 0) * a;
  return south * (1 - b) + north * b;
}
