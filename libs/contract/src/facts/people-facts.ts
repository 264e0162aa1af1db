import { z } from "zod";

const personId = z.string();
const watchId = z.string();

export const peopleFacts = {
  LoggedIn: z.strictObject({ personId, name: z.string(), roles: z.array(z.string()), demo: z.boolean() }),
  LoginRefused: z.strictObject({ why: z.string() }),
  LoggedOut: z.strictObject({ personId }),
  WatchStarted: z.strictObject({
    watchId,
    personId,
    name: z.string(),
    certificate: z.string(),
    certificateUntilMs: z.number(),
    /** Negative: not current, on watch for a check flight under a trainer; the currency gate then wants a human's word. */
    currencyDays: z.number(),
    soundTested: z.boolean(),
    notConfiguredRead: z.array(z.string()),
  }),
  WatchEnded: z.strictObject({ watchId, personId, why: z.string() }),
  /** A look at plate reads or tracks: who, why, which case, what came back. Written before the answer. */
  PurposeGiven: z.strictObject({
    purposeId: z.string(),
    personId,
    incidentId: z.string().optional(),
    caseNumber: z.string(),
    offence: z.string(),
    text: z.string(),
    untilMs: z.number(),
  }),
  SearchMade: z.strictObject({ purposeId: z.string(), personId, what: z.string(), count: z.int() }),
  /** A supervisor has looked at a decision. `seq` is the decision's own fact. */
  DecisionReviewed: z.strictObject({
    seq: z.int().positive(),
    incidentId: z.string(),
    verdict: z.enum(["good", "follow-up"]),
    text: z.string().max(400),
  }),
  /** A supervisor has sampled somebody's search. `seq` is that of SearchMade, `personId` who searched. */
  SearchReviewed: z.strictObject({
    seq: z.int().positive(),
    personId: z.string(),
    verdict: z.enum(["legit", "ask-more"]),
    text: z.string().max(400),
  }),
  /**
   * One person has sought one plate on several days or under several case numbers. `seqs` are the facts VehicleSought:
   * the plate itself stands only there. Not shown to those who search.
   */
  SearchPatternSeen: z.strictObject({
    personId: z.string(),
    name: z.string(),
    seqs: z.array(z.int()),
    days: z.int(),
    cases: z.int(),
    why: z.string(),
  }),
  RecordExported: z.strictObject({ personId, fromSeq: z.int(), toSeq: z.int(), rootHash: z.string() }),
} as const;
