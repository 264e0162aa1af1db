import { z } from "zod";
import { alertKind } from "./alert.js";
import { gateId } from "./gate.js";
import { geoPoint } from "./place.js";
import { privacyReason } from "./privacy-reason.js";
import { anyInject, trainerDeed } from "./sim-wire.js";

const text = (most: number) => z.string().trim().min(1).max(most);
const at = z.strictObject({ point: geoPoint });
/** A place in a privacy zone is refused unless it is said why. */
const place = { ...at.shape, privacyReason: privacyReason.optional() };
const step = z.number().min(-2).max(2);
const turning = { incidentId: z.string().max(80).optional(), takeOver: z.boolean().optional() };

/**
 * Every act of a person: method and path under /api/v1 and the body it takes. Server-side rights are checked for
 * each (security.md section 5, "who may what"). Bodies are JSON; answers are JSON or RFC 9457 problems.
 */
export const acts = {
  login: {
    method: "POST",
    path: "/session",
    body: z.union([
      z.strictObject({ demoRole: z.enum(["pic", "rtcc", "trainer", "supervisor", "all"]) }),
      z.strictObject({ name: text(80), password: z.string().min(1).max(128) }),
    ]),
  },
  logout: { method: "DELETE", path: "/session", body: z.strictObject({}) },
  liveTicket: { method: "POST", path: "/live-ticket", body: z.strictObject({}) },
  startWatch: {
    method: "POST",
    path: "/watches",
    body: z.strictObject({ soundTested: z.boolean(), notConfiguredRead: z.boolean() }),
  },
  endWatch: { method: "POST", path: "/watches/{watchId}/end", body: z.strictObject({ why: text(200) }) },
  approveLaunch: {
    method: "POST",
    path: "/launches/{launchId}/approve",
    body: z.strictObject({ version: z.int(), nonce: z.string(), uid: z.string() }),
  },
  declineLaunch: {
    method: "POST",
    path: "/launches/{launchId}/decline",
    body: z.strictObject({ version: z.int(), reason: text(200) }),
  },
  chooseAircraft: {
    method: "POST",
    path: "/launches/{launchId}/choose",
    body: z.strictObject({ version: z.int(), uid: z.string() }),
  },
  settleGate: {
    method: "POST",
    path: "/launches/{launchId}/settle-gate",
    body: z.strictObject({ version: z.int(), gate: gateId, text: text(200) }),
  },
  abortLaunch: { method: "POST", path: "/launches/{launchId}/abort", body: z.strictObject({ reason: text(200) }) },
  closeFlight: {
    method: "POST",
    path: "/launches/{launchId}/close",
    body: z.strictObject({
      purpose: text(200),
      category: text(60),
      withhold: z.strictObject({ reason: text(200), days: z.int().min(1).max(365) }).optional(),
    }),
  },
  fly: {
    method: "POST",
    path: "/aircraft/{uid}/fly",
    body: z.discriminatedUnion("verb", [
      z.strictObject({ verb: z.literal("hold") }),
      z.strictObject({ verb: z.literal("return") }),
      z.strictObject({ verb: z.literal("land") }),
      z.strictObject({ verb: z.literal("emergencyStop"), twoKeys: z.literal(true) }),
      z.strictObject({ verb: z.literal("goto"), ...place, altAglM: z.number().min(0).max(200).optional() }),
      z.strictObject({ verb: z.literal("orbit"), ...place, radiusM: z.number().min(20).max(200).optional() }),
      z.strictObject({ verb: z.literal("changeHeight"), altAglM: z.number().min(0).max(200) }),
      z.strictObject({ verb: z.literal("takeStick") }),
      z.strictObject({ verb: z.literal("releaseStick") }),
    ]),
  },
  bringAllDown: { method: "POST", path: "/aircraft/all/return", body: z.strictObject({}) },
  camera: {
    method: "POST",
    path: "/aircraft/{uid}/camera",
    body: z.discriminatedUnion("verb", [
      z.strictObject({ verb: z.literal("look"), ...place }),
      z.strictObject({ verb: z.literal("aim"), pitchDeg: z.number().min(-90).max(30), yawDeg: z.number() }),
      z.strictObject({ verb: z.literal("level") }),
      z.strictObject({ verb: z.literal("zoom"), hfovDeg: z.number().min(1).max(120) }),
    ]),
  },
  /**
   * Turns a fixed camera. 202: it was told, `cameras` says what came of it. 409 with `heldBy` where another person turned
   * it a moment ago: `takeOver` says that it is meant all the same.
   */
  turnCamera: {
    method: "POST",
    path: "/cameras/{cameraId}/turn",
    body: z.discriminatedUnion("verb", [
      z.strictObject({ verb: z.literal("look"), ...at.shape, ...turning }),
      /** Steps of the pad: 1 is a quarter of what it shows, or a zoom of half as near again. */
      z.strictObject({ verb: z.literal("step"), right: step, up: step, nearer: step, ...turning }),
      z.strictObject({ verb: z.literal("home"), ...turning }),
      z.strictObject({ verb: z.literal("preset"), preset: text(64), ...turning }),
    ]),
  },
  takeControl: { method: "POST", path: "/aircraft/{uid}/control/take", body: z.strictObject({}) },
  offerControl: {
    method: "POST",
    path: "/aircraft/{uid}/control/offer",
    body: z.strictObject({ to: z.string(), text: z.string().max(400) }),
  },
  acceptControl: { method: "POST", path: "/aircraft/{uid}/control/accept", body: z.strictObject({}) },
  returnCamera: { method: "POST", path: "/aircraft/{uid}/camera/return", body: z.strictObject({}) },
  openIncident: {
    method: "POST",
    path: "/incidents",
    body: z.strictObject({
      kind: alertKind,
      title: text(120),
      callType: text(40),
      point: geoPoint,
      radiusM: z.number().min(1).max(500),
      narrative: z.string().max(2000),
      urgency: z.number().min(0).max(10),
    }),
  },
  setPlace: {
    method: "POST",
    path: "/incidents/{incidentId}/place",
    body: z.strictObject({ point: geoPoint, radiusM: z.number().min(1).max(500) }),
  },
  addNote: { method: "POST", path: "/incidents/{incidentId}/notes", body: z.strictObject({ text: text(1000) }) },
  closeIncident: {
    method: "POST",
    path: "/incidents/{incidentId}/close",
    body: z.strictObject({ real: z.enum(["real", "not-real", "unknown"]), reason: text(500) }),
  },
  ask: {
    method: "POST",
    path: "/incidents/{incidentId}/asks",
    body: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("aircraft"), reason: text(200) }),
      z.strictObject({ kind: z.literal("look"), uid: z.string(), point: geoPoint, label: z.string().max(120) }),
      z.strictObject({ kind: z.literal("follow"), uid: z.string(), point: geoPoint, description: text(200) }),
      z.strictObject({ kind: z.literal("camera"), uid: z.string() }),
    ]),
  },
  answerAsk: {
    method: "POST",
    path: "/asks/{askId}/answer",
    body: z.strictObject({ accepted: z.boolean(), word: z.string().max(200) }),
  },
  givePurpose: {
    method: "POST",
    path: "/incidents/{incidentId}/purpose",
    body: z.strictObject({ caseNumber: text(40), offence: text(80), text: text(400) }),
  },
  seekVehicle: {
    method: "POST",
    path: "/incidents/{incidentId}/vehicles",
    body: z.strictObject({
      plate: z.string().max(12).optional(),
      plateState: z.string().max(20).optional(),
      make: z.string().max(40).optional(),
      color: z.string().max(30).optional(),
      body: z.string().max(30).optional(),
      point: geoPoint,
      seenAtMs: z.number(),
      headingDeg: z.number().optional(),
    }),
  },
  verifyHit: {
    method: "POST",
    path: "/hits/{hitId}/verify",
    body: z.strictObject({ verdict: z.enum(["same", "not-same", "cannot-tell"]) }),
  },
  observe: {
    method: "POST",
    path: "/incidents/{incidentId}/observations",
    body: z.strictObject({ text: text(300), point: geoPoint.optional(), seenBy: text(60) }),
  },
  advise: {
    method: "POST",
    path: "/incidents/{incidentId}/advice",
    body: z.strictObject({ text: text(300), units: z.array(text(20)).min(1).max(10), point: geoPoint.optional() }),
  },
  withdrawAdvice: { method: "POST", path: "/advice/{adviceId}/withdraw", body: z.strictObject({ why: text(200) }) },
  makeOfficerLink: {
    method: "POST",
    path: "/incidents/{incidentId}/officer-links",
    body: z.strictObject({ unit: text(20) }),
  },
  revokeOfficerLink: {
    method: "POST",
    path: "/officer-links/{linkId}/revoke",
    body: z.strictObject({ why: text(200) }),
  },
  openOfficerLink: {
    method: "POST",
    path: "/officer/session",
    body: z.strictObject({ token: z.string().min(20).max(100) }),
  },
  /** Who holds the phone; 422 where the agency has no badges, 403 with what is left of five tries where it does not fit. */
  giveBadge: {
    method: "POST",
    path: "/officer/badge",
    body: z.strictObject({ badge: text(20), pin: z.string().regex(/^\d{6}$/, "six digits") }),
  },
  acknowledgeAdvice: { method: "POST", path: "/officer/advice/{adviceId}/ack", body: z.strictObject({}) },
  acknowledgeAlarm: { method: "POST", path: "/alarms/{alarmId}/acknowledge", body: z.strictObject({}) },
  reviewDecision: {
    method: "POST",
    path: "/decisions/{seq}/review",
    body: z.strictObject({ verdict: z.enum(["good", "follow-up"]), text: z.string().trim().max(400) }),
  },
  reviewSearch: {
    method: "POST",
    path: "/searches/{seq}/review",
    body: z.strictObject({ verdict: z.enum(["legit", "ask-more"]), text: z.string().trim().max(400) }),
  },
  demoIncident: {
    method: "POST",
    path: "/demo/incident",
    body: z.strictObject({ which: z.enum(["call", "shots", "both", "pursuit"]) }),
  },
  startRun: { method: "POST", path: "/runs", body: z.strictObject({ scenario: text(80), seed: z.int().min(0) }) },
  stopRun: { method: "POST", path: "/runs/current/stop", body: z.strictObject({}) },
  pauseRun: { method: "POST", path: "/runs/current/pause", body: z.strictObject({ paused: z.boolean() }) },
  rateRun: { method: "POST", path: "/runs/current/rate", body: z.strictObject({ rate: z.number().min(0.25).max(30) }) },
  injectRun: { method: "POST", path: "/runs/current/injects", body: anyInject },
  markRun: { method: "POST", path: "/runs/current/marks", body: z.strictObject({ text: text(200) }) },
  /** Whether trainees are alarmed of limits that they break; a run begins without. */
  tellLimits: { method: "POST", path: "/runs/current/limits", body: z.strictObject({ told: z.boolean() }) },
  /** `atS`: seconds of run time from the run's start; what lies in the past is made at once. */
  planInject: {
    method: "POST",
    path: "/runs/current/plan",
    body: z.strictObject({ title: text(80), atS: z.number().min(0).max(86_400), deed: trainerDeed }),
  },
  unplanInject: { method: "POST", path: "/runs/current/plan/{planId}/remove", body: z.strictObject({}) },
  /** A new run from where the mark (or the run's start) was set: a branch of its own; what was before stays in the record. */
  rewindRun: { method: "POST", path: "/runs/{runId}/rewind", body: z.strictObject({ markSeq: z.int().positive() }) },
  gradeRun: {
    method: "POST",
    path: "/runs/{runId}/grade",
    body: z.strictObject({
      personId: text(80),
      passed: z.boolean(),
      points: z.number().min(0).max(100).optional(),
      text: text(1000),
    }),
  },
} as const;

export type ActName = keyof typeof acts;
export type ActBody<N extends ActName> = z.infer<(typeof acts)[N]["body"]>;

/** RFC 9457 problem details; `doThis` is our extension member. */
export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance?: string;
  readonly doThis?: string;
};
