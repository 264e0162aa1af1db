/**
 * One measured number of a flight.
 * `motion`: how the body moves, compared only with recordings flown by a simulator outside PX4.
 * `reaction`: how long the autopilot takes to decide, compared with every recording.
 */
export type Figure = {
  /** Same for the same thing in both flights: "goto 1 top speed". */
  readonly what: string;
  readonly kind: "motion" | "reaction";
  readonly unit: "s" | "m/s" | "m";
  readonly value: number;
  /** Differences up to this are noise or the resolution of what was measured: a heartbeat tells only every second. */
  readonly noise: number;
};

const noiseOf = { s: 0.3, "m/s": 0.15, m: 0.5 } as const;

/** A figure, or nothing where the flight did not show it. */
export function figure(
  what: string,
  kind: Figure["kind"],
  unit: Figure["unit"],
  value: number | undefined,
  noise: number = noiseOf[unit],
): readonly Figure[] {
  return value === undefined || !Number.isFinite(value) ? [] : [{ what, kind, unit, value, noise }];
}

/** The value below which a share of them lies; undefined of none. */
export function quantileOf(values: readonly number[], share: number): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

export function since(later: number | undefined, earlier: number | undefined): number | undefined {
  return later === undefined || earlier === undefined ? undefined : later - earlier;
}
