import { ftpTiming } from "./timing.js";

/** Which bytes of a file have come: ranges in order, apart from each other, end not included. */
export type Ranges = readonly (readonly [from: number, to: number])[];

/** Adds a range; undefined where that would leave more holes than are kept. */
export function withRange(ranges: Ranges, from: number, to: number): Ranges | undefined {
  if (to <= from) return ranges;
  const out: [number, number][] = [];
  let [low, high] = [from, to];
  for (const [a, b] of ranges) {
    if (b < low || a > high) out.push([a, b]);
    else {
      low = Math.min(low, a);
      high = Math.max(high, b);
    }
  }
  out.push([low, high]);
  out.sort((one, other) => one[0] - other[0]);
  return out.length > ftpTiming.mostHoles ? undefined : out;
}

/** The first hole below `size`; undefined when all of it has come. */
export function firstHole(ranges: Ranges, size: number): readonly [from: number, to: number] | undefined {
  let at = 0;
  for (const [from, to] of ranges) {
    if (from > at) return [at, Math.min(from, size)];
    at = Math.max(at, to);
  }
  return at < size ? [at, size] : undefined;
}
