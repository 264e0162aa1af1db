import { z } from "zod";
import { expectation } from "../expectation.js";
import { orderVerb } from "../order.js";
import { privacyReason } from "../privacy-reason.js";
import { runBranch } from "../sim-wire.js";

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
  /** It has its system id for itself again. */
  DuplicateSysidOver: z.strictObject({ uid }),
  /**
   * An autopilot is heard since `sinceMs` and does not say who it is (`silent`), has no unique id to say (`noUid`), or
   * says the `uid` of another one that is there (`uidTaken`): watched, never ordered. With `uid` and another reason it
   * is known from before, and must say anew that it is the same one.
   */
  AircraftUnidentified: z.strictObject({
    endpoint: z.string(),
    sysid: z.int(),
    compid: z.int(),
    reason: z.enum(["silent", "noUid", "uidTaken"]),
    sinceMs: z.number(),
    uid: uid.optional(),
  }),
  AircraftUnidentifiedOver: z.strictObject({
    endpoint: z.string(),
    sysid: z.int(),
    why: z.enum(["identified", "gone"]),
  }),
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
  /**
   * Primary control of a gimbal is with somebody else, without our order, by GIMBAL_MANAGER_STATUS. `sysid` 0: it was
   * taken from us and nobody has it; our own: somebody uses our ids.
   */
  GimbalTakenByOther: z.strictObject({ uid, gimbal: z.int(), sysid: z.int(), compid: z.int(), text: z.string() }),
  GimbalGivenBack: z.strictObject({ uid, gimbal: z.int() }),
  /** A sender uses our own ids: its frames are dropped, since answers to it could be taken for answers to us. */
  OurIdsUsed: z.strictObject({ sysid: z.int(), compid: z.int(), endpoint: z.string() }),
  /** The same aircraft by another system id. */
  SysidChanged: z.strictObject({ uid, before: z.int(), sysid: z.int() }),
  /** Another aircraft answers where `before` did; `before` is not there any more. */
  AircraftReplaced: z.strictObject({ uid, before: z.string(), sysid: z.int(), endpoint: z.string() }),
  /** Of several links to one aircraft, this one carries what we send from now on. */
  CarrierChanged: z.strictObject({ uid, from: z.string().optional(), to: z.string(), why: z.string() }),
  /** Hand flying ended without its pilot letting go: the bridge holds it where it is. */
  SticksEnded: z.strictObject({ uid, text: z.string() }),
  Armed: z.strictObject({ uid, launchId }),
  Disarmed: z.strictObject({ uid, launchId }),
  Airborne: z.strictObject({ uid, launchId, altAmslM: z.number() }),
  Landed: z.strictObject({ uid, launchId, latDeg: z.number(), lonDeg: z.number() }),
  ModeChanged: z.strictObject({ uid, mode: z.string(), by: z.enum(["ours", "other", "failsafe"]) }),
  FailsafeSeen: z.strictObject({ uid, text: z.string() }),
  FailsafeOver: z.strictObject({ uid }),
  /** What keeps it from arming, by the autopilot's own checks; empty when nothing does any more. */
  ArmingChecksChanged: z.strictObject({ uid, failing: z.array(z.string()) }),
  /** The remote ID module on board. `silent`: it was heard before and is not heard now. */
  RemoteIdChanged: z.strictObject({ uid, state: z.enum(["good", "failed", "silent"]), text: z.string() }),
  ParachuteChanged: z.strictObject({ uid, state: z.enum(["ready", "failed", "silent"]) }),
  /**
   * A camera on board: what it can do and which pictures it sends. `cameraId` is MAVLink's: its component, or 1 to 6 for
   * one that the autopilot speaks for; without it, of records from before there were several, the only one.
   */
  CameraIdentified: z.strictObject({
    uid,
    cameraId: z.int().optional(),
    vendor: z.string(),
    model: z.string(),
    can: z.array(z.string()),
    streams: z.array(
      z.strictObject({
        streamId: z.int(),
        kind: z.string(),
        uri: z.string(),
        running: z.boolean(),
        thermal: z.boolean(),
      }),
    ),
    storages: z.array(z.strictObject({ storageId: z.int(), ready: z.boolean(), freeMiB: z.number() })),
  }),
  /** Its parameters as a whole: `changed` are names that differ from when they were listed before. `hash` is PX4's own. */
  ParametersListed: z.strictObject({
    uid,
    count: z.int(),
    hash: z.int().optional(),
    changed: z.array(z.string()),
  }),
  AutopilotSaid: z.strictObject({ uid, severity: z.int().min(0).max(7), text: z.string().max(400) }),
  PositionDoubted: z.strictObject({ uid, reason: z.string(), measured: z.number(), limit: z.number() }),
  PositionTrusted: z.strictObject({ uid }),
  OrderSent: z.strictObject({ orderId, uid, launchId, act: orderVerb }),
  OrderAcknowledged: z.strictObject({ orderId, uid, launchId, verb: z.string() }),
  OrderDone: z.strictObject({ orderId, uid, launchId, verb: z.string(), text: z.string() }),
  OrderRefused: z.strictObject({ orderId, uid, launchId, verb: z.string(), reason: z.string() }),
  OrderUnconfirmed: z.strictObject({ orderId, uid, launchId, verb: z.string(), text: z.string() }),
  /**
   * A later order for the same thing took its place before its effect was seen, or before it could be sent. Its end too:
   * nothing of it is open any more.
   */
  OrderSuperseded: z.strictObject({
    orderId,
    uid,
    launchId,
    verb: z.string(),
    byOrderId: z.string(),
    byVerb: z.string(),
    text: z.string(),
  }),
  /** An order came that is not the station's own (wrong key, changed, late, again): nothing was sent. Told seldom, with how many. */
  OrderNotVerified: z.strictObject({ uid, orderId, verb: z.string(), reason: z.string(), count: z.int().positive() }),
  PlanReadBack: z.strictObject({ orderId, uid, launchId, planId: z.string(), items: z.int(), fenceHash: z.string() }),
  DockConnected: z.strictObject({ dockId: z.string(), type: z.enum(["dock", "pad"]) }),
  DockLost: z.strictObject({ dockId: z.string() }),
  DockDoorChanged: z.strictObject({
    dockId: z.string(),
    door: z.string(),
    padClear: z.boolean(),
    occupied: z.boolean(),
  }),
  /** `replay`: it plays a recording back and there is no aircraft at its other end. */
  BridgeStarted: z.strictObject({ bootId: z.string(), replay: z.string().optional() }),
  /** The .tlog of a flight was opened on the bridge's disk. `part` counts from 1 where one flight takes several files. */
  RecordingBegan: z.strictObject({ uid, launchId, file: z.string(), part: z.int().positive(), fromMs: z.number() }),
  /**
   * The .tlog is finished: its SHA-256 as it lies on the disk. `dropped`: frames that a slow or full disk did not take.
   * `tornBytes`: half a record at its end, cut off after a crash.
   */
  RecordingSealed: z.strictObject({
    uid,
    launchId,
    file: z.string(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    bytes: z.int().nonnegative(),
    frames: z.int().nonnegative(),
    toMs: z.number(),
    dropped: z.int().nonnegative(),
    tornBytes: z.int().nonnegative(),
  }),
  /** A flight is not recorded, or not by this file. */
  RecordingFailed: z.strictObject({ uid, file: z.string(), reason: z.string() }),
  /** Deleted to make room: the oldest sealed one; one that is not sealed never is. */
  RecordingDeleted: z.strictObject({ uid, file: z.string(), sha256: z.string(), bytes: z.int(), why: z.string() }),
} as const;

/** Facts that the station itself makes about control of aircraft and health of its parts. */
export const controlFacts = {
  OrderIssued: z.strictObject({ orderId, uid, launchId, act: orderVerb }),
  ActRefused: z.strictObject({ uid: z.string().optional(), act: z.string(), reason: z.string() }),
  /** Somebody flies or looks into a privacy zone, and has said why. */
  PrivacyZoneEntered: z.strictObject({
    uid,
    zone: z.string(),
    act: z.enum(["goto", "orbit", "look"]),
    reason: privacyReason,
  }),
  ControlTaken: z.strictObject({ uid, personId: z.string(), name: z.string(), from: z.string().optional() }),
  ControlOffered: z.strictObject({ uid, to: z.string(), toName: z.string(), text: z.string() }),
  ControlGiven: z.strictObject({ uid, personId: z.string(), name: z.string(), from: z.string() }),
  /** A change of control that could not be recorded did not happen: it is with `personId` still, or with nobody. */
  ControlKept: z.strictObject({ uid, personId: z.string().optional(), name: z.string().optional(), why: z.string() }),
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
  /** With what the run is judged by, so that the record alone can be judged later; absent in records of older versions. */
  RunStarted: z.strictObject({
    runId: z.string(),
    scenario: z.string(),
    seed: z.int(),
    title: z.string().optional(),
    teaches: z.string().optional(),
    expect: z.array(expectation).optional(),
    onWatch: z.array(z.strictObject({ personId: z.string(), name: z.string() })).optional(),
    branch: runBranch.optional(),
  }),
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
