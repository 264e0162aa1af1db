import { z } from "zod";
import { geoPoint } from "./place.js";

/** A height as a notice gives it. Metres; feet and flight levels are turned into metres where they are read. */
export const verticalLimit = z.strictObject({ m: z.number(), above: z.enum(["ground", "sea"]) });
export type VerticalLimit = z.infer<typeof verticalLimit>;

const ring = z.array(geoPoint).min(3);

/** One piece of restricted air. Rings are not closed: the last point is not the first again. */
export const restrictionArea = z.strictObject({
  shape: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("polygon"), outer: ring, holes: z.array(ring) }),
    z.strictObject({ kind: z.literal("circle"), centre: geoPoint, radiusM: z.number().positive() }),
  ]),
  /** Absent: from the ground, without a top. A limit that was not told restricts more, never less. */
  lower: verticalLimit.optional(),
  upper: verticalLimit.optional(),
  /** Run time, Unix ms, when it is in force; without `untilMs` until it is taken back. Empty: no times were told. */
  windows: z.array(z.strictObject({ fromMs: z.number(), untilMs: z.number().optional() })),
});
export type RestrictionArea = z.infer<typeof restrictionArea>;

/** A published flight restriction (NOTAM) near the site, as its source told it. */
export const restriction = z.strictObject({
  /** `<sourceId>:<notam>`. */
  restrictionId: z.string(),
  sourceId: z.string(),
  /** As a pilot reads it aloud: `FDC 6/0421`. */
  notam: z.string(),
  title: z.string(),
  /** Empty: where it lies is not known. */
  areas: z.array(restrictionArea),
  /** What of the notice could not be understood: a person has to read it. */
  doubt: z.string().optional(),
  /** The doubt is about where it lies: what is known of its areas may not be all. */
  placeDoubtful: z.literal(true).optional(),
});
export type Restriction = z.infer<typeof restriction>;

/** How a restriction stands to an aircraft in flight. */
export const restrictionRelation = z.enum(["inside", "ahead", "wayHome"]);
export type RestrictionRelation = z.infer<typeof restrictionRelation>;
