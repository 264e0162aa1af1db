/** Limits that the design fixes; everything an agency decides is in its configuration. Sources: flight.md 8, 9; security.md 4. */
export const limits = {
  /** A person not seen at a visible screen for this long is called (design section 4). */
  presenceStaleS: 60,
  presenceReturnS: 120,
  certificateWarnDays: 30,
  /** Shares of one person's attention in hundredths, so that sums are exact (flight.md 8). */
  workloadWarn: 40,
  workloadBlock: 50,
  batteryCautionPct: 10,
  /** A dock that has said nothing for this long may have closed since. */
  dockStateMaxS: 3,
  /** Standing aircraft against its surveyed pad: further off means a wrong position (security.md 4). */
  padOffM: 5,
  padHeightOffM: 8,
  windWarnMps: 8,
  /** A margin of less than this share of a full battery is worth a word. */
  energyCautionShare: 0.05,
} as const;
