import { z } from "zod";
import { alert, alertKind } from "../alert.js";
import { place } from "../place.js";

const incidentId = z.string();

/** Facts of incidents and what started them. */
export const incidentFacts = {
  AlertReceived: z.strictObject({ alert }),
  AlertUpdated: z.strictObject({ incidentId, alert }),
  AlertCancelled: z.strictObject({ incidentId, alertId: z.string(), reason: z.string() }),
  /** A request that was refused at the door: counted, logged, never lost. */
  IntakeRefused: z.strictObject({ sourceId: z.string(), problem: z.string(), detail: z.string().max(1000) }),
  SourceFlooding: z.strictObject({ sourceId: z.string(), perMinute: z.number() }),
  IncidentOpened: z.strictObject({
    incidentId,
    number: z.string(),
    alertId: z.string(),
    kind: alertKind,
    title: z.string(),
    callType: z.string(),
    place,
    urgency: z.number(),
  }),
  AlertMerged: z.strictObject({
    incidentId,
    alertId: z.string(),
    kind: alertKind,
    distanceM: z.number(),
    gapS: z.number(),
    title: z.string(),
    place,
  }),
  /** A call that had an address and no position has been put on the map; `by` says who. */
  PlaceSet: z.strictObject({ incidentId, alertId: z.string(), place, address: z.string(), text: z.string() }),
  IncidentNoteAdded: z.strictObject({ incidentId, text: z.string().max(1000) }),
  IncidentClosed: z.strictObject({
    incidentId,
    real: z.enum(["real", "not-real", "unknown"]),
    reason: z.string().max(500),
  }),
  AskMade: z.strictObject({
    incidentId,
    askId: z.string(),
    ask: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("aircraft"), reason: z.string().max(200) }),
      z.strictObject({ kind: z.literal("look"), uid: z.string(), place }),
      z.strictObject({ kind: z.literal("follow"), uid: z.string(), description: z.string().max(200), place }),
      z.strictObject({ kind: z.literal("camera"), uid: z.string() }),
    ]),
  }),
  AskAnswered: z.strictObject({ incidentId, askId: z.string(), accepted: z.boolean(), word: z.string().max(200) }),
} as const;
