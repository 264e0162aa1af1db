import type { CityHeightDatum } from "@outrider/contract";

/** Ground heights of a file, in metres above the zero that `datum` names. */
export type Dem = {
  readonly name: string;
  readonly datum: CityHeightDatum;
  /** Undefined outside of the file and where it knows nothing: a void is never sea level. */
  heightM(latDeg: number, lonDeg: number): number | undefined;
};

/** Raster of samples: `at` gives the sample of a column and row, undefined for a void or outside. */
export type Samples = {
  readonly cols: number;
  readonly rows: number;
  at(col: number, row: number): number | undefined;
};

/** How far beyond the outermost samples a place may lie and still take their height: half a pixel. */
const RIM = 0.5;
const SLACK = 1e-6;

/** Bilinear between the four samples around a place; undefined where one of them with any weight is unknown. */
export function bilinear(samples: Samples, col: number, row: number): number | undefined {
  const { cols, rows } = samples;
  const rim = RIM + SLACK;
  if (!(col >= -rim && row >= -rim && col <= cols - 1 + rim && row <= rows - 1 + rim)) return undefined;
  const x = Math.min(cols - 1, Math.max(0, col));
  const y = Math.min(rows - 1, Math.max(0, row));
  const left = Math.min(Math.floor(x), Math.max(0, cols - 2));
  const top = Math.min(Math.floor(y), Math.max(0, rows - 2));
  let sum = 0;
  for (const [c, r] of [
    [left, top],
    [left + 1, top],
    [left, top + 1],
    [left + 1, top + 1],
  ] as const) {
    const weight = (1 - Math.abs(x - c)) * (1 - Math.abs(y - r));
    if (weight <= 0) continue;
    const height = samples.at(c, r);
    if (height === undefined) return undefined;
    sum += weight * height;
  }
  return sum;
}
