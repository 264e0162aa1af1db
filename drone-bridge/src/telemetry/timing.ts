/** Times of telemetry, milliseconds of run time. */
export const telemetryTiming = {
  lateMs: 2_500,
  lostMs: 3_500,
  /** HIGH_LATENCY2 comes every 5 s or more seldom (Iridium). */
  lowRateLostMs: 60_000,
  /** Back = this many heartbeats within `backWithinMs`: one frame of a dying radio is not a link. */
  backHeartbeats: 2,
  backWithinMs: 3_000,
  /** An order explains a mode that shows up this much later: PX4's heartbeat is 1 Hz, its failsafe text quicker. */
  ourModeMs: 4_000,
  /** As long as nobody knows what became of an order, its mode may still show, up to this after it left. */
  openModeMs: 30_000,
  /** Orders whose modes may still show at one time: each takes the place of the one before, and links reorder. */
  mostExpected: 8,
  /** Failsafe texts come before and after the state that they explain. */
  failsafeTextMs: 2_500,
  failsafeWaitMs: 600,
  /** Heard only when the link came back: the words are lost events, which come within this when they are asked for. */
  failsafeAfterSilenceMs: 2_500,
  /** How long a warning may wait for the failsafe that it explains. */
  warningKeptMs: 10_000,
  /**
   * On the ground while the motors turn, said for so long without a word against it. PX4's land detector lets go of
   * "landed" in a single sample, for up to 0.6 s as seen, and disarms by itself after 2 s of it (COM_DISARM_LAND).
   */
  landedSureMs: 1_000,
  /** Chunks of one text that have not come by then are given up. */
  textChunkMs: 1_000,
  textRepeatMs: 5_000,
  /** A foreign station is gone when its 1 Hz heartbeat has been missing this long. */
  foreignGoneMs: 10_000,
} as const;
