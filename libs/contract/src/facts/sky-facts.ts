import { z } from "zod";
import { restriction, restrictionRelation } from "../restriction.js";
import { strangerKinds } from "../sky-view.js";

const conflict = {
  /** Ours. */
  uid: z.string(),
  launchId: z.string().optional(),
  /** Theirs: ICAO address, or a drone's own id. */
  trafficId: z.string(),
  /** As what it flies: drones of others may come nearer than crewed aircraft before well clear is lost. */
  kind: z.enum(strangerKinds).optional(),
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

const inRestriction = {
  uid: z.string(),
  launchId: z.string().optional(),
  restrictionId: z.string(),
  notam: z.string(),
  relation: restrictionRelation,
  /** To its edge from where the aircraft is; 0 inside. */
  distanceM: z.number(),
  text: z.string(),
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
  /** A notice is published, or has changed, near the site. `snapshotMs`: run time when the list was asked for. */
  RestrictionAppeared: z.strictObject({ restriction, snapshotMs: z.number() }),
  RestrictionChanged: z.strictObject({ restriction, snapshotMs: z.number() }),
  RestrictionEnded: z.strictObject({
    restrictionId: z.string(),
    notam: z.string(),
    why: z.string(),
    snapshotMs: z.number(),
  }),
  /** A restriction lies over one of ours in flight, or on what is left of its way. Nothing moves by itself. */
  RestrictionConflictBegan: z.strictObject(inRestriction),
  RestrictionConflictChanged: z.strictObject(inRestriction),
  RestrictionConflictEnded: z.strictObject({
    uid: z.string(),
    launchId: z.string().optional(),
    restrictionId: z.string(),
    notam: z.string(),
    why: z.string(),
  }),
  SkySourceSilent: z.strictObject({ sourceId: z.string(), text: z.string() }),
  SkySourceBack: z.strictObject({ sourceId: z.string(), silentS: z.number() }),
} as const;
