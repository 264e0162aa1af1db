/** Delay before try number `attempt` (from 0): doubles from `firstMs` to `maxMs`, each shortened by up to half by chance. */
export function backoffMs(attempt: number, firstMs: number, maxMs: number, unit: number): number {
  const fullMs = Math.min(maxMs, firstMs * 2 ** Math.min(attempt, 20));
  return fullMs * (0.5 + unit / 2);
}
