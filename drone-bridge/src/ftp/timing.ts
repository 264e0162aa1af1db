/** Times and bounds of MAVLink FTP, run time. */
export const ftpTiming = {
  /** The guide says 50 ms; PX4 reads its card in the same thread, and radios are slower. */
  answerMs: 1_000,
  /** A burst that pauses this long has ended, or its end was lost. */
  burstMs: 700,
  /** Of a question. With one frame in five lost each way and some spoilt, six in a row go wrong once in 200 questions. */
  tries: 12,
  /** Of giving a session back: the aircraft closes it by itself soon after. */
  closingTries: 6,
  /** Waits double up to this: two lost questions in a row must not be the silence for which PX4 closes a session. */
  slowestMs: 2_000,
  /** PX4 closes a session that nobody has used for 10 s; a question that it refuses counts as use. */
  sessionIdleMs: 10_500,
  /** How often that is waited for: the session may be one of ours, opened by a question that came twice. */
  sessionWaits: 2,
  /** How often a file is opened anew whose session was closed under it. */
  reopenings: 3,
  /** Names in one folder. */
  mostNames: 4_096,
  /** Holes kept at once; what opens one more is dropped and read again. */
  mostHoles: 64,
  /** Largest file taken: a flight log of a long flight. */
  mostBytes: 64 * 1024 * 1024,
} as const;
