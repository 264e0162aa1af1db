import type { AircraftSample } from "../sample.js";
import type { TrackRow } from "../track.js";

/** What a sample and a row of a track say alike of an aircraft that hovers level, heard well, its camera 45° down to the north. */
const hover = {
  latDeg: 39.74,
  lonDeg: -104.99,
  altAmslM: 1660,
  altAglM: 60,
  velNorthMps: 0,
  velEastMps: 0,
  velDownMps: 0,
  headingDeg: 0,
  rollDeg: 0,
  pitchDeg: 0,
  gimbalPitchDeg: -45,
  gimbalYawDeg: 0,
  hfovDeg: 60,
  batteryPct: 80,
  batteryWh: 200,
  mode: "hold",
  link: "live",
  control: "ours",
  failsafe: false,
  positionOk: true,
  gimbalOk: true,
} as const;

/** Whole, so that a sample is one copy of it: benches make thousands. */
const hovering: AircraftSample = {
  ...hover,
  handle: 1,
  ageMs: 0,
  linkAgeMs: 0,
  turnInS: undefined,
  homeInS: undefined,
  windNorthMps: 0,
  windEastMps: 0,
  armed: true,
  inAir: true,
};

/** A sample heard this moment of an aircraft that hovers at 60 m; a test names what it is about. */
export const aircraftSample = (over: Partial<AircraftSample> = {}): AircraftSample => ({ ...hovering, ...over });

/** What a sample says in place of the hover of an aircraft that stands on its dock. */
export const onDock = { altAglM: undefined, gimbalPitchDeg: 0, armed: false, inAir: false } as const;

/** A row of a track of the same hover, at that moment of run time. */
export const trackRowAt = (tMs: number, over: Partial<TrackRow> = {}): TrackRow => ({ ...hover, tMs, ...over });
