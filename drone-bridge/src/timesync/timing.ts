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
  /** Rounds by which it is known how long there and back takes now; one that took longer than this says nothing. */
  rounds: 8,
  longestRoundMs: 20_000,
  /** Questions whose answers are known as such: those of the longest round, while they are asked quickly. */
  askedKept: 24,
  /** An older estimate is none. */
  staleMs: 60_000,
} as const;
