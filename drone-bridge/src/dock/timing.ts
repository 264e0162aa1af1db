/** Times of docks, milliseconds of run time. A dock says its state once a second. */
export const dockTiming = {
  lateMs: 5_000,
  answerMs: 1_500,
  /** A lid takes 10 to 30 s; longer means that it hangs. */
  doorMs: 60_000,
} as const;
