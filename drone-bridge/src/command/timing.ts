/** Times of the command protocol, milliseconds of run time. */
export const commandTiming = {
  /** Answers come in 1 to 10 ms on a cable; radios and LTE need more. */
  answerMs: 1_500,
  /** A command in progress says so again within this. */
  progressMs: 5_000,
  /** PX4 answers DO_SET_MODE twice, and only the second says whether it was refused. */
  secondAnswerMs: 300,
  /** The reason for a refusal comes as a text beside the answer, sometimes just before it. */
  reasonBeforeMs: 1_000,
  reasonAfterMs: 400,
  /** Tries of reads that can be repeated without harm. */
  idempotentTries: 3,
} as const;
