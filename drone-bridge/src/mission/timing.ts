/** Times of the mission protocol, milliseconds of run time (MAVLink mission protocol, "Timeouts and Retries"). */
export const missionTiming = {
  stepMs: 1_500,
  itemMs: 250,
  retries: 5,
  /** PX4 asks for a missing item for 5 s, then gives up without a word. */
  stalledMs: 6_000,
  /** A whole upload is begun again this often: it is idempotent and the aircraft stands on the ground. */
  uploads: 3,
  /**
   * A list that reads back otherwise, or not at all, is read again so often, after so long. A PX4 with several MAVLink links shares one
   * mission between them: for a moment after an upload another link's thread may put the list before it back in place.
   */
  looksAgain: 2,
  lookAgainMs: 500,
  /** Longest list that is read back. */
  mostItems: 2_000,
} as const;
