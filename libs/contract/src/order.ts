import { z } from "zod";
import { actor } from "./actor.js";
import { geoPoint } from "./place.js";
import { flightPlan } from "./plan.js";

const target = { point: geoPoint, altAmslM: z.number(), groundAmslM: z.number() };

/**
 * What the ground station may ask of the bridge. There is no free-form MAVLink and no force-arm. Every altitude is
 * AMSL and comes with the ground under it, so that the bridge can refuse a target below terrain plus margin by itself.
 */
export const orderVerb = z.discriminatedUnion("verb", [
  z.strictObject({ verb: z.literal("openDock"), dockId: z.string() }),
  z.strictObject({ verb: z.literal("closeDock"), dockId: z.string() }),
  z.strictObject({ verb: z.literal("uploadPlan"), plan: flightPlan }),
  z.strictObject({ verb: z.literal("refreshParameters") }),
  z.strictObject({ verb: z.literal("arm") }),
  z.strictObject({ verb: z.literal("startMission") }),
  z.strictObject({ verb: z.literal("goto"), ...target, speedMps: z.number().positive().max(25) }),
  z.strictObject({
    verb: z.literal("orbit"),
    ...target,
    radiusM: z.number().min(10).max(500),
    speedMps: z.number().positive().max(15),
  }),
  z.strictObject({ verb: z.literal("changeHeight"), altAmslM: z.number(), groundAmslM: z.number() }),
  z.strictObject({ verb: z.literal("hold") }),
  z.strictObject({ verb: z.literal("return") }),
  z.strictObject({ verb: z.literal("land") }),
  z.strictObject({ verb: z.literal("emergencyStop") }),
  z.strictObject({ verb: z.literal("takeStick") }),
  z.strictObject({ verb: z.literal("releaseStick") }),
  z.strictObject({ verb: z.literal("pointCamera"), point: geoPoint, altAmslM: z.number() }),
  z.strictObject({ verb: z.literal("aimCamera"), pitchDeg: z.number().min(-90).max(30), yawDeg: z.number() }),
  z.strictObject({ verb: z.literal("levelCamera") }),
  z.strictObject({ verb: z.literal("zoomCamera"), hfovDeg: z.number().min(1).max(120) }),
]);
export type OrderVerb = z.infer<typeof orderVerb>;
export type VerbName = OrderVerb["verb"];

/** Verbs after which something physically moves: sent once, never again by itself. */
export const movingVerbs: ReadonlySet<VerbName> = new Set<VerbName>([
  "openDock",
  "closeDock",
  "arm",
  "startMission",
  "goto",
  "orbit",
  "changeHeight",
  "emergencyStop",
  "takeStick",
]);

/** Verbs that make the world safer: never limited, never queued behind anything, never need the record to be writable. */
export const safeVerbs: ReadonlySet<VerbName> = new Set<VerbName>(["hold", "return", "land", "releaseStick"]);

export const order = z.strictObject({
  orderId: z.string(),
  uid: z.string(),
  launchId: z.string().optional(),
  /** The approval that allows `arm`; the bridge arms once per approval. */
  approvalId: z.string().optional(),
  act: orderVerb,
  issuedBy: actor,
  issuedAtMs: z.number(),
  /** Age, by the bridge's own clock since arrival plus queueing, after which the order is void. */
  maxAgeMs: z.number().positive(),
});
export type Order = z.infer<typeof order>;

export const orderState = z.enum(["sending", "acknowledged", "refused", "unconfirmed", "superseded", "done"]);
export type OrderState = z.infer<typeof orderState>;
