import type { TrackRow, TrackView } from "@outrider/contract";
import { trackRowAt } from "@outrider/contract/testing";
import { at as place } from "../../app/testing/test-config.js";

export const flownUid = "aa00000000000001";
export const runStartMs = 1_000_000;

/** A row of a track, so many seconds after the run began; what is not given is a hover at 60 m in the middle of the site. */
export const row = (s: number, over: Partial<TrackRow>): TrackRow =>
  trackRowAt(runStartMs + s * 1000, { ...place(0, 0), gimbalPitchDeg: 0, ...over });

/** A flight of one aircraft. */
export const track = (rows: readonly TrackRow[], uid = flownUid, callSign = "OSPREY"): TrackView => ({
  flightId: "f",
  launchId: "l1",
  uid,
  callSign,
  seal: undefined,
  rows,
});
