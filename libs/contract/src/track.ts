import { z } from "zod";
import { aircraftModes, controlOverlays, linkStates } from "./sample.js";

/** How often a flying aircraft's place is kept, run time. Rows are dated by the position's own moment. */
export const trackEveryMs = 500;

/**
 * One row of a flight's track: where the aircraft was, what its camera looked at, what was left in its battery.
 * `altAmslM` is the autopilot's, `altAglM` above the terrain of the map, `aboveTakeoffM` above where it left the
 * ground; what was not known is absent. `gimbalYawDeg` is a true azimuth.
 */
export const trackRow = z.strictObject({
  tMs: z.number(),
  latDeg: z.number(),
  lonDeg: z.number(),
  altAmslM: z.number(),
  altAglM: z.number().optional(),
  aboveTakeoffM: z.number().optional(),
  velNorthMps: z.number(),
  velEastMps: z.number(),
  velDownMps: z.number(),
  headingDeg: z.number(),
  rollDeg: z.number(),
  pitchDeg: z.number(),
  gimbalPitchDeg: z.number(),
  gimbalYawDeg: z.number(),
  hfovDeg: z.number(),
  batteryPct: z.number(),
  batteryWh: z.number(),
  mode: z.enum(aircraftModes),
  link: z.enum(linkStates),
  control: z.enum(controlOverlays),
  failsafe: z.boolean(),
  positionOk: z.boolean(),
  gimbalOk: z.boolean(),
});
export type TrackRow = z.infer<typeof trackRow>;

/** First line of a track's file; the rows follow, one a line. */
export const trackHead = z.strictObject({
  track: z.literal(1),
  trackId: z.string(),
  uid: z.string(),
  callSign: z.string(),
  prov: z.enum(["live", "sim"]),
});
export type TrackHead = z.infer<typeof trackHead>;

/** What the record says of the finished file; `holds` whether the file still is what was sealed. */
export type TrackSeal = {
  readonly sha256: string;
  readonly count: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** Rows that could not be kept, because the disk refused for too long. */
  readonly missed: number;
  readonly holds: boolean;
};

/** Answer of `GET /flights/{flightId}/track`, and one entry of `GET /replay/tracks`. */
export type TrackView = {
  /** Undefined until the flight is closed. */
  readonly flightId: string | undefined;
  readonly launchId: string | undefined;
  readonly uid: string;
  readonly callSign: string;
  /** Undefined while the flight is not closed yet. */
  readonly seal: TrackSeal | undefined;
  /** In order of time; at least `everyMs` apart where that was asked. */
  readonly rows: readonly TrackRow[];
};
