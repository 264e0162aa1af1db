import type { VerbName } from "@outrider/contract";

/** How long after sending the effect may take to show, milliseconds of run time; then "it may have happened". */
export const effectMs: Readonly<Record<VerbName, number>> = {
  openDock: 60_000,
  closeDock: 60_000,
  uploadPlan: 120_000,
  refreshParameters: 60_000,
  arm: 5_000,
  startMission: 20_000,
  goto: 20_000,
  orbit: 8_000,
  changeHeight: 20_000,
  // From 17 m/s PX4 needs 7 s and 63 m to stand.
  hold: 15_000,
  return: 6_000,
  land: 6_000,
  emergencyStop: 4_000,
  takeStick: 8_000,
  releaseStick: 15_000,
  pointCamera: 10_000,
  aimCamera: 10_000,
  levelCamera: 10_000,
  zoomCamera: 10_000,
};

export const orderTiming = {
  /** The mode to arm in must show within this, or arming is not tried. */
  readyMs: 3_000,
  /** PX4 refuses a fence or mission by text up to this long after it has accepted it. */
  planWordsMs: 700,
  /** A signed order may be valid for this long at most: uploading a plan has 15 s, moving 2 s. */
  longestValidMs: 60_000,
  /** The station gives a sample of sticks half a second; one that says more would be a store of movements. */
  longestSticksMs: 1_000,
  /** Orders that are not the station's own are told this seldom, with how many. */
  forgeryEveryMs: 1_000,
  /** Other messages that are not the station's own are logged this seldom. */
  strangerEveryMs: 10_000,
} as const;
