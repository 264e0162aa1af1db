/** Times and bounds of MAVLink FTP, run time. */
export const ftpTiming = {
  /** The guide says 50 ms; PX4 reads its card in the same thread, and radios are slower. */
  answerMs: 1_000,
  /** A burst that pauses this long has ended, or its end was lost. */
  burstMs: 700,
  tries: 6,
  /** Waits double up to this. */
  slowestMs: 4_000,
  /** Names in one folder. */
  mostNames: 4_096,
  /** Holes kept at once; what opens one more is dropped and read again. */
  mostHoles: 64,
  /** Largest file taken: a flight log of a long flight. */
  mostBytes: 64 * 1024 * 1024,
} as const;
