/** What every bench prints last, on one line (design section 12). */
export type BenchResult = {
  readonly bench: string;
  readonly metrics: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
};

export type Bench = { readonly name: string; run(): Promise<BenchResult> };

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Nearest-rank quantile. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1));
  return sorted[at] ?? Number.NaN;
}

export const round = (value: number, digits = 2): number => Math.round(value * 10 ** digits) / 10 ** digits;
