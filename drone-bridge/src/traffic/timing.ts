/** Times and bounds of other aircraft heard through ours. */
export const trafficTiming = { forgetMs: 30_000, most: 500, tellMs: 1_000 } as const;
