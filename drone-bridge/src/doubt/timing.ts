/** Times and bounds of doubt. First guesses from recordings of one autopilot; times in milliseconds of run time. */
export const doubtTiming = {
  /** Called for every frame; ten times a second is enough to see a jump that lasts for seconds. */
  judgeEveryMs: 100,
  /** A sign must last this long, or one late frame would be a doubt. */
  doubtAfterMs: 500,
  /** And be gone this long. */
  trustAfterMs: 3_000,
  /** Of a doubt from before a restart in flight: what jumped then is not remembered. */
  inheritedMs: 600_000,
  gnssFreshMs: 2_000,
  /** A receiver that was heard and says nothing for this long is no source any more; by PX4's default it speaks every 2 s. */
  gnssSilentMs: 10_000,
  estimatorFreshMs: 5_000,
  /** A jump is looked at for this long after it happened. */
  jumpShownMs: 2_000,
  /** Dead reckoning over a gap longer than this proves nothing. */
  reckonGapMs: 1_000,
  fixGapMs: 2_500,
  /** A small jump (`multipathM`) that does not come back is street canyon rather than harm. */
  smallJumpMs: 60_000,
  /** On the ground a jump is held this long: nobody launches into it, and nobody waits for ever. */
  groundJumpMs: 600_000,
} as const;

export const doubtBounds = {
  ratio: 1,
  leastGapM: 3,
  /** Displacement that velocity does not explain. */
  jumpM: 5,
  multipathM: 10,
  /** Raw GNSS is up to this much older than the estimate beside it. */
  gnssAgeS: 0.4,
  fix3d: 3,
  /** A receiver that is no surer than this has lost what it measures by; beyond it every gap would be allowed. */
  worstAccuracyM: 20,
} as const;
