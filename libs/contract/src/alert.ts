import { z } from "zod";
import { place } from "./place.js";

export const vehicleDescription = z.strictObject({
  plate: z.string().max(12).optional(),
  plateState: z.string().max(20).optional(),
  make: z.string().max(40).optional(),
  model: z.string().max(40).optional(),
  color: z.string().max(30).optional(),
  body: z.string().max(30).optional(),
  headingDeg: z.number().min(0).max(360).optional(),
});
export type VehicleDescription = z.infer<typeof vehicleDescription>;

export const alertKind = z.enum(["call", "gunshot", "cap", "alpr", "manual"]);
export type AlertKind = z.infer<typeof alertKind>;

/**
 * One report of something happening, as every vendor's format is read into at the edge. `urgency` runs 0 to 10 with
 * 10 the highest (the direction of NENA-STA-021.1 2.9; vendors that count the other way are turned at their adapter).
 */
export const alert = z.strictObject({
  alertId: z.string(),
  kind: alertKind,
  sourceId: z.string(),
  sourceIncidentId: z.string().max(200),
  revision: z.int().nonnegative(),
  /** A source that signs its requests (HMAC). Only those can ever launch without a pilot's act. */
  signed: z.boolean(),
  /** APCO 2.103.2 common incident type where known, e.g. SHOOT, PURSUIT. */
  callType: z.string().max(40),
  title: z.string().max(120),
  /** Caller's or sensor's words, short. */
  narrative: z.string().max(2000),
  urgency: z.number().min(0).max(10),
  place,
  occurredAtMs: z.number(),
  receivedAtMs: z.number(),
  rounds: z.int().positive().max(1000).optional(),
  classifier: z.enum(["machine", "human"]).optional(),
  vehicles: z.array(vehicleDescription).max(5),
  /** Of 100 closed incidents that began like this, how many were real; absent until enough have closed. */
  /**
   * The source gave an address and no position. Its place is the middle of the site and as wide as the site until
   * somebody, or the city's own street names, have placed it: nothing is launched to it before.
   */
  addressOnly: z.literal(true).optional(),
  placedBy: z.enum(["person", "streets"]).optional(),
  realOf100: z.number().min(0).max(100).optional(),
});
export type Alert = z.infer<typeof alert>;

/** An address that nobody has put on the map yet. */
export const needsPlace = (one: Pick<Alert, "addressOnly" | "placedBy">): boolean =>
  one.addressOnly === true && one.placedBy === undefined;
