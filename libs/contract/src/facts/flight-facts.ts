import { z } from "zod";
import { orderVerb } from "../order.js";

const uid = z.string();
const launchId = z.string().optional();
const orderId = z.string();

/** What the bridge saw or did. Telemetry is the evidence: none of the movement facts comes from an ACK. */
export const bridgeFacts = {
  AircraftIdentified: z.strictObject({
    uid,
    sysid: z.int(),
    autopilot: z.enum(["px4", "ardupilot", "other"]),
    firmware: z.string(),
    signedLink: z.boolean(),
    endpoint: z.string(),
  }),
  AircraftRebooted: z.strictObject({ uid }),
  DuplicateSysid: z.strictObject({ sysid: z.int(), uids: z.array(z.string()) }),
  FailsafeParametersRead: z.strictObject({
    uid,
    values: z.record(z.string(), z.number()),
    missing: z.array(z.string()),
  }),
  LinkLate: z.strictObject({ uid, ageS: z.number() }),
  LinkLost: z.strictObject({ uid, ageS: z.number() }),
  LinkBack: z.strictObject({ uid, lostS: z.number() }),
  ForeignStationHeard: z.strictObject({ uid, sysid: z.int(), endpoint: z.string() }),
  ForeignStationGone: z.strictObject({ uid, sysid: z.int() }),
  /** Another ground station moved it, or changed what it will fly: seen and said, not fought. Ends with our next order. */
  OtherStationTookControl: z.strictObject({ uid, sysid: z.int().optional(), text: z.string() }),
  OtherStationLetGo: z.strictObject({ uid }),
  /** The aircraft answered a command that is none of ours. `to` is the system that it answers, where it says so. */
  ForeignAnswerSeen: z.strictObject({ uid, to: z.int().optional(), command: z.int(), result: z.int() }),
  /** What it will fly, or stay inside of, was changed by somebody else. `planId` is the aircraft's own number for it. */
  PlanChangedByOther: z.strictObject({ uid, part: z.enum(["mission", "fence", "rally"]), planId: z.int() }),
  /** A sender uses our own ids: its frames are dropped, since answers to it could be taken for answers to us. */
  OurIdsUsed: z.strictObject({ sysid: z.int(), compid: z.int(), endpoint: z.string() }),
  /** The same aircraft by another system id. */
  SysidChanged: z.strictObject({ uid, before: z.int(), sysid: z.int() }),
  /** Another aircraft answers where `before` did; `before` is not there any more. */
  AircraftReplaced: z.strictObject({ uid, before: z.string(), sysid: z.int(), endpoint: z.string() }),
  /** Of several links to one aircraft, this one carries what we send from now on. */
  CarrierChanged: z.strictObject({ uid, from: z.string().optional(), to: z.string(), why: z.string() }),
  Armed: z.strictObject({ uid, launchId }),
  Disarmed: z.strictObject({ uid, launchId }),
  Airborne: z.strictObject({ uid, launchId, altAmslM: z.number() }),
  Landed: z.strictObject({ uid, launchId, latDeg: z.number(), lonDeg: z.number() }),
  ModeChanged: z.strictObject({ uid, mode: z.string(), by: z.enum(["ours", "other", "failsafe"]) }),
  FailsafeSeen: z.strictObject({ uid, text: z.string() }),
  FailsafeOver: z.strictObject({ uid }),
  AutopilotSaid: z.strictObject({ uid, severity: z.int().min(0).max(7), text: z.string().max(400) }),
  PositionDoubted: z.strictObject({ uid, reason: z.string(), measured: z.number(), limit: z.number() }),
  PositionTrusted: z.strictObject({ uid }),
  OrderSent: z.strictObject({ orderId, uid, launchId, act: orderVerb }),
  OrderAcknowledged: z.strictObject({ orderId, uid, launchId, verb: z.string() }),
  OrderDone: z.strictObject({ orderId, uid, launchId, verb: z.string(), text: z.string() }),
  OrderRefused: z.strictObject({ orderId, uid, launchId, verb: z.string(), reason: z.string() }),
  OrderUnconfirmed: z.strictObject({ orderId, uid, launchId, verb: z.string(), text: z.string() }),
  PlanReadBack: z.strictObject({ orderId, uid, launchId, planId: z.string(), items: z.int(), fenceHash: z.string() }),
  DockConnected: z.strictObject({ dockId: z.string(), type: z.enum(["dock", "pad"]) }),
  DockLost: z.strictObject({ dockId: z.string() }),
  DockDoorChanged: z.strictObject({
    dockId: z.string(),
    door: z.string(),
    padClear: z.boolean(),
    occupied: z.boolean(),
  }),
  BridgeStarted: z.strictObject({ bootId: z.string() }),
} as const;

/** Facts that the station itself makes about control of aircraft and health of its parts. */
export const controlFacts = {
  OrderIssued: z.strictObject({ orderId, uid, launchId, act: orderVerb }),
  ActRefused: z.strictObject({ uid: z.string().optional(), act: z.string(), reason: z.string() }),
  ControlTaken: z.strictObject({ uid, personId: z.string(), name: z.string(), from: z.string().optional() }),
  ControlOffered: z.strictObject({ uid, to: z.string(), toName: z.string(), text: z.string() }),
  ControlGiven: z.strictObject({ uid, personId: z.string(), name: z.string(), from: z.string() }),
  CameraGranted: z.strictObject({ uid, personId: z.string(), name: z.string() }),
  CameraReturned: z.strictObject({ uid, personId: z.string() }),
  PresenceStale: z.strictObject({ personId: z.string(), name: z.string(), ageS: z.number() }),
  PresenceBack: z.strictObject({ personId: z.string() }),
  CalledHome: z.strictObject({ uid, why: z.string() }),
  AlarmRaised: z.strictObject({
    alarmId: z.string(),
    level: z.enum(["warning", "caution"]),
    about: z.string(),
    text: z.string(),
    consequence: z.string(),
  }),
  AlarmAcknowledged: z.strictObject({ alarmId: z.string() }),
  AlarmEnded: z.strictObject({ alarmId: z.string() }),
  BridgeLost: z.strictObject({ bridgeId: z.string() }),
  BridgeBack: z.strictObject({ bridgeId: z.string() }),
  StationStarted: z.strictObject({ bootId: z.string(), configHash: z.string(), version: z.string() }),
  RunStarted: z.strictObject({ runId: z.string(), scenario: z.string(), seed: z.int() }),
  RunEnded: z.strictObject({ runId: z.string(), score: z.number().optional() }),
  RunRetimed: z.strictObject({ runId: z.string(), rate: z.number(), paused: z.boolean() }),
  InjectMade: z.strictObject({ runId: z.string(), inject: z.string(), text: z.string() }),
  MarkMade: z.strictObject({ runId: z.string(), text: z.string() }),
  /** The track's file is finished: its SHA-256 as it lies on the disk, header line included; `count` rows. */
  TrackSealed: z.strictObject({
    flightId: z.string(),
    launchId,
    uid,
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    count: z.int().nonnegative(),
    fromMs: z.number(),
    toMs: z.number(),
    missed: z.int().nonnegative(),
  }),
  /** A look at where aircraft were. Written before the answer. */
  TrackRead: z.strictObject({ personId: z.string(), flightIds: z.array(z.string()) }),
} as const;
