/** Times of remote ID, milliseconds of run time (ASTM F3411 and 14 CFR 89: once a second). */
export const remoteIdTiming = {
  /** The module tells its state once a second; silence is no health. */
  silentMs: 5_000,
  systemMs: 1_000,
  /** What never changes goes less often. */
  staticMs: 3_000,
  /** A state that comes and goes is told this often at most. */
  againMs: 5_000,
  /** Parts of one sender that were heard longer apart than this do not belong together. */
  senderMs: 30_000,
  mostSenders: 500,
  /** Receivers pass on what they hear within a second or two; what claims to be older has another clock. */
  oldestMs: 5_000,
  clockMs: 1_000,
  /** The encoding of a height ends here. */
  highestM: 31_767,
} as const;
