import { z } from "zod";

const conflict = {
  /** Ours. */
  uid: z.string(),
  launchId: z.string().optional(),
  /** Theirs: ICAO address, or a drone's own id. */
  trafficId: z.string(),
  level: z.enum(["caution", "warning"]),
  distanceM: z.number(),
  /** Predicted: how near they come, and in how many seconds. */
  closestM: z.number(),
  inS: z.number(),
  /** Metres of height between them now; absent: its height is not known, which counts as none. */
  verticalM: z.number().optional(),
  text: z.string(),
  /** What was agreed to do then. The pilot decides; nothing moves by itself. */
  suggestion: z.string(),
};

/** What the station says of other aircraft. Where they are is a sample and not in the record. */
export const skyFacts = {
  /** Well clear of this aircraft is predicted to be lost. */
  TrafficConflictBegan: z.strictObject(conflict),
  TrafficConflictChanged: z.strictObject(conflict),
  /** `leastM`: how near they came while it lasted. */
  TrafficConflictEnded: z.strictObject({
    uid: z.string(),
    launchId: z.string().optional(),
    trafficId: z.string(),
    leastM: z.number(),
    leastVerticalM: z.number().optional(),
    why: z.string(),
  }),
  SkySourceSilent: z.strictObject({ sourceId: z.string(), text: z.string() }),
  SkySourceBack: z.strictObject({ sourceId: z.string(), silentS: z.number() }),
} as const;
