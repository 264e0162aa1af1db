/** Paces that the desk offers. A branch that is being lived again, or another client, may run at one between them. */
export const RATES: readonly number[] = [0.5, 1, 2, 4, 8];

/** The next pace up or down from any pace; undefined where there is none. */
export function paceBeside(rate: number, by: 1 | -1): number | undefined {
  return by > 0 ? RATES.find((r) => r > rate) : RATES.findLast((r) => r < rate);
}
