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
  RecordExported: z.strictObject({ personId, fromSeq: z.int(), toSeq: z.int(), rootHash: z.string() }),
} as const;
