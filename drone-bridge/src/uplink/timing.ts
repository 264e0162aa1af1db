/** Times of the wire to the station. Dialling goes by wall time: a paused run must not keep the two apart. */
export const uplinkTiming = {
  redialFirstMs: 500,
  /** A station that comes back is found within a second: aircraft have 20 s of grace, screens promise 5. */
  redialMaxMs: 1_000,
  /** The station says something every second; silence this long (run time) means a dead connection. */
  silentMs: 8_000,
  sampleMs: 100,
  /** Aircraft not heard any more are sent this seldom, so that their age is seen to grow. */
  staleSampleMs: 1_000,
  stateMs: 1_000,
  /** Samples are skipped while more than this waits in the socket; they would arrive old. */
  samplesUnderBytes: 32_768,
  /** Facts wait, and never skip, while more than this does. */
  factsUnderBytes: 1_048_576,
} as const;
