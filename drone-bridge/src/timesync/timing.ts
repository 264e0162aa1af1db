/** Times of TIMESYNC, milliseconds of run time. */
export const timesyncTiming = {
  /** The first few quickly, so that an estimate is there before the launch. */
  firstMs: 1_000,
  firstSamples: 5,
  everyMs: 5_000,
  /** An answer later than this tells nothing about the offset. */
  oldestAnswerMs: 5_000,
  /** Samples the estimate is made of: about a minute, within which two crystals part by less than 2 ms. */
  window: 12,
  /** A sample that is off by more than its own uncertainty and this is another clock: the aircraft started anew. */
  jumpMs: 100,
  /** An older estimate is none. */
  staleMs: 60_000,
} as const;
