import { z } from "zod";
import { gateId, gateResult } from "../gate.js";
import { flightPlan } from "../plan.js";
import { wording } from "../wording.js";

const launchId = z.string();
const incidentId = z.string();
const uid = z.string();
const base = { launchId, incidentId };
const reason = z.strictObject({
  code: z.string(),
  text: z.string(),
  wording: wording.optional(),
  doThis: z.string(),
});

export const launchPolicy = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("approve"), seconds: z.number().positive() }),
  z.strictObject({ kind: z.literal("veto"), seconds: z.number().positive() }),
  z.strictObject({ kind: z.literal("suggest") }),
  z.strictObject({ kind: z.literal("never"), why: z.string() }),
]);
export type LaunchPolicy = z.infer<typeof launchPolicy>;

export const launchChoice = z.strictObject({
  uid,
  callSign: z.string(),
  dockId: z.string(),
  dockName: z.string(),
  etaS: z.number(),
  etaP90S: z.number(),
  onSceneS: z.number(),
  batteryPct: z.number(),
  why: z.string(),
});
export type LaunchChoice = z.infer<typeof launchChoice>;

export const launchLoser = z.strictObject({
  uid,
  callSign: z.string(),
  laterS: z.number().optional(),
  /** `laterS` is a lower bound: its way was not planned out, since it could not come first. */
  atLeast: z.literal(true).optional(),
  reason: z.string(),
  /** The reason in its parts. */
  wording: wording.optional(),
});
export type LaunchLoser = z.infer<typeof launchLoser>;

/** Facts of one launch from proposal to closed flight. */
export const launchFacts = {
  LaunchProposed: z.strictObject({
    ...base,
    version: z.int().positive(),
    policy: launchPolicy,
    ruleText: z.string(),
    choice: launchChoice,
    losers: z.array(launchLoser),
    gates: z.array(gateResult),
    plan: flightPlan,
    picId: z.string(),
    picName: z.string(),
    nonce: z.string(),
    expiresAtMs: z.number(),
    ifNothing: z.string(),
    /** The launch whose aircraft it relieves: that one stays until this one is on scene, then goes home. */
    reliefFor: z.string().optional(),
  }),
  LaunchNotPossible: z.strictObject({ incidentId, reasons: z.array(reason).min(1) }),
  GatesMeasured: z.strictObject({ ...base, version: z.int(), gates: z.array(gateResult) }),
  GateSettled: z.strictObject({ ...base, version: z.int(), gate: gateId, text: z.string().max(200) }),
  /** `approvalId` is what an arm order must carry: single use, this aircraft, this version. */
  LaunchApproved: z.strictObject({ ...base, version: z.int(), uid, approvalId: z.string(), validUntilMs: z.number() }),
  VetoWindowElapsed: z.strictObject({
    ...base,
    version: z.int(),
    uid,
    approvalId: z.string(),
    validUntilMs: z.number(),
    picId: z.string(),
    picName: z.string(),
  }),
  LaunchDeclined: z.strictObject({ ...base, version: z.int(), reason: z.string().max(200) }),
  LaunchExpired: z.strictObject({ ...base, version: z.int() }),
  LaunchRefused: z.strictObject({ ...base, version: z.int(), reasons: z.array(reason).min(1) }),
  LaunchAborted: z.strictObject({ ...base, uid, reason: z.string(), safe: z.boolean() }),
  DockOpened: z.strictObject({ ...base, uid, dockId: z.string() }),
  PlanVerified: z.strictObject({ ...base, uid, planId: z.string(), items: z.int(), fenceHash: z.string() }),
  EnRoute: z.strictObject({ ...base, uid }),
  OnScene: z.strictObject({ ...base, uid, distanceM: z.number() }),
  CameraOnTarget: z.strictObject({ ...base, uid, slantM: z.number() }),
  Returning: z.strictObject({ ...base, uid, why: z.string(), dockId: z.string() }),
  AlternateChosen: z.strictObject({ ...base, uid, dockId: z.string(), why: z.string() }),
  Docked: z.strictObject({ ...base, uid, dockId: z.string() }),
  FlightClosed: z.strictObject({
    ...base,
    uid,
    flightId: z.string(),
    purpose: z.string(),
    category: z.string(),
    airborneS: z.number(),
  }),
  FlightPublished: z.strictObject({ flightId: z.string(), launchId, incidentId, afterMs: z.number() }),
  FlightWithheld: z.strictObject({
    flightId: z.string(),
    launchId,
    incidentId,
    reason: z.string(),
    untilMs: z.number(),
  }),
} as const;
