import { median } from "../bench/bench.js";

/** Bytes in use after a collection, at a time. */
export type MemoryReading = { readonly tMs: number; readonly bytes: number };

/**
 * Growth of memory once the warm-up is over: the last third's median over the first third's. One means flat. Not a number
 * where there are too few readings to say.
 */
export function growth(readings: readonly MemoryReading[], warmUpMs: number): number {
  const warm = readings.filter(({ tMs }) => tMs >= warmUpMs).map(({ bytes }) => bytes);
  const third = Math.floor(warm.length / 3);
  if (third < 1) return Number.NaN;
  return median(warm.slice(-third)) / median(warm.slice(0, third));
}
