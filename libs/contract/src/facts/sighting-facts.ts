import { z } from "zod";
import { vehicleDescription } from "../alert.js";
import { place } from "../place.js";

const incidentId = z.string();

export const check = z.strictObject({
  name: z.string(),
  state: z.enum(["pass", "caution", "block"]),
  text: z.string(),
});

/** What readers, cameras and people saw. A hit is a lead, not a fact, until a person has said so. */
export const sightingFacts = {
  VehicleSought: z.strictObject({
    incidentId,
    vehicleId: z.string(),
    description: vehicleDescription,
    lastSeen: place,
    seenAtMs: z.number(),
  }),
  HitFound: z.strictObject({
    hitId: z.string(),
    incidentId: z.string().optional(),
    vehicleId: z.string().optional(),
    readId: z.string(),
    readerId: z.string(),
    readerName: z.string(),
    plateRead: z.string(),
    plateListed: z.string(),
    doubtfulIndexes: z.array(z.int()),
    list: z.string(),
    listedReason: z.string(),
    listAgeS: z.number(),
    readAtMs: z.number(),
    place,
    vehicle: vehicleDescription,
    checks: z.array(check),
    cropId: z.string().optional(),
    /** `claimed`: by the word of another network, whose list nobody here has seen. */
    level: z.enum(["exact", "possible", "weak", "description", "claimed"]),
    /** A stop on this needs the yes of a second person; absent means that it does. */
    secondNeeded: z.boolean().optional(),
  }),
  VehicleConfirmed: z.strictObject({ hitId: z.string(), incidentId: z.string().optional(), second: z.boolean() }),
  VehicleRuledOut: z.strictObject({
    hitId: z.string(),
    incidentId: z.string().optional(),
    why: z.enum(["not-same", "cannot-tell"]),
  }),
  SightingLinked: z.strictObject({
    incidentId,
    vehicleId: z.string(),
    readId: z.string(),
    place,
    atMs: z.number(),
    headingDeg: z.number().optional(),
  }),
  TravelDirectionEstimated: z.strictObject({
    incidentId,
    vehicleId: z.string(),
    text: z.string(),
    headingDeg: z.number(),
  }),
  ObservationMade: z.strictObject({
    incidentId,
    observationId: z.string(),
    text: z.string().max(300),
    place: place.optional(),
    seenBy: z.string(),
  }),
  OfficerLinkMade: z.strictObject({
    linkId: z.string(),
    incidentId,
    unit: z.string(),
    tokenHash: z.string(),
    untilMs: z.number(),
  }),
  /** `deviceHash`: hash of the cookie of the one device that may use the link from now on. */
  OfficerLinkOpened: z.strictObject({
    linkId: z.string(),
    incidentId,
    unit: z.string(),
    deviceHash: z.string().optional(),
  }),
  /** Who holds the phone, by badge number and PIN: acknowledgements carry the name from now on. */
  OfficerBadgeGiven: z.strictObject({
    linkId: z.string(),
    incidentId,
    unit: z.string(),
    badge: z.string(),
    name: z.string(),
  }),
  /** Badge number or PIN did not fit; the number that was tried is not kept. */
  OfficerBadgeRefused: z.strictObject({ linkId: z.string(), incidentId, triesLeft: z.int().nonnegative() }),
  OfficerLinkEnded: z.strictObject({ linkId: z.string(), incidentId, why: z.string() }),
  OfficerAdvised: z.strictObject({
    adviceId: z.string(),
    incidentId,
    text: z.string().max(300),
    units: z.array(z.string()),
    plateConfirmed: z.boolean(),
    place: place.optional(),
  }),
  /** `holder`: whether `by` is a person known by badge and PIN, or only whoever holds the phone with the link. */
  AdviceAcknowledged: z.strictObject({
    adviceId: z.string(),
    incidentId,
    unit: z.string(),
    holder: z.enum(["badge", "link"]).optional(),
  }),
  AdviceWithdrawn: z.strictObject({ adviceId: z.string(), incidentId, why: z.string() }),
} as const;
