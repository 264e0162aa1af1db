/** Times of remote ID, milliseconds of run time (ASTM F3411 and 14 CFR 89: once a second). */
export const remoteIdTiming = {
  /** The module tells its state once a second; silence is no health. */
  silentMs: 5_000,
  systemMs: 1_000,
  /** What never changes goes less often. */
  staticMs: 3_000,
  /** A state that comes and goes is told this often at most. */
  againMs: 5_000,
} as const;
