import { z } from "zod";
import { dockState } from "./dock.js";
import { order } from "./order.js";
import { orderProof } from "./order-proof.js";
import { runTiming } from "./run-timing.js";

/** Remote ID (ASTM F3411) beside place and speed. Accuracies are its classes as they were told; 0 is "not known". */
const remoteIdHeard = z.strictObject({
  /** As the receiver names the sender, before and beside its id: hex. Senders change it as they like. */
  sender: z.string().max(80),
  /** `sender`: it has not told an id, and is called by its sender. */
  idKind: z.enum(["serial", "registration", "utm", "session", "sender"]),
  onGround: z.boolean(),
  /** Over 1013.25 hPa, beside a height over the ellipsoid. */
  pressureAltM: z.number().optional(),
  accuracy: z.strictObject({ horizontal: z.int(), vertical: z.int(), barometer: z.int(), speed: z.int() }),
  /** Where its operator says to be. */
  operator: z
    .strictObject({
      latDeg: z.number().min(-90).max(90),
      lonDeg: z.number().min(-180).max(180),
      altHaeM: z.number().optional(),
      kind: z.enum(["takeoff", "live", "fixed"]),
      ageMs: z.number().nonnegative(),
    })
    .optional(),
  /** Why not to take its word for granted, in words. It is passed on all the same. */
  doubts: z.array(z.string().max(120)).max(8),
});

/** One aircraft that is none of ours, as one of ours hears it. What is not known is left out. */
export const trafficSeen = z.strictObject({
  /** ICAO address in hex, or a drone's own id. */
  trafficId: z.string(),
  source: z.enum(["adsb", "utm", "remote-id"]),
  /** uid of our aircraft that hears it; `link:<name>` where a receiver on the ground does. */
  heardBy: z.string(),
  simulated: z.boolean(),
  latDeg: z.number().min(-90).max(90),
  lonDeg: z.number().min(-180).max(180),
  altM: z.number().optional(),
  /** What the height is measured from; a pressure height is right only where its setting is known. */
  altKind: z.enum(["pressure", "ellipsoid", "amsl"]).optional(),
  velNorthMps: z.number().optional(),
  velEastMps: z.number().optional(),
  velUpMps: z.number().optional(),
  callSign: z.string().optional(),
  /** ADSB_EMITTER_TYPE; 7 is a rotorcraft. */
  emitterType: z.int().optional(),
  /** What only Remote ID tells. */
  remoteId: remoteIdHeard.optional(),
  /** At the moment it was sent. */
  ageMs: z.number().nonnegative(),
});
export type TrafficSeen = z.infer<typeof trafficSeen>;

/**
 * Bridge wire, version 1: the bridge dials `ws://station/bridge` with header `authorization: Bearer <token>`.
 * JSON text for facts and orders, binary frames (sample.ts) for samples. Facts resume by the bridge's own sequence.
 */
export const bridgeToStation = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("hello"),
    version: z.literal(1),
    bridgeId: z.string(),
    bootId: z.string(),
    lastSeq: z.int().nonnegative(),
    provenance: z.enum(["live", "sim"]),
    /** 128 random bits of this connection and the bridge's clock: what orders must be signed for. */
    challenge: z.string().optional(),
    tMs: z.number().optional(),
  }),
  /** `fact` is an un-numbered-by-the-station fact; `seq` counts in the bridge's journal from 1 without gap. */
  z.strictObject({
    kind: z.literal("fact"),
    seq: z.int().positive(),
    tMs: z.number(),
    type: z.string(),
    data: z.unknown(),
  }),
  /** Which handle in binary sample frames means which aircraft, on this connection. */
  z.strictObject({
    kind: z.literal("handles"),
    handles: z.array(z.strictObject({ handle: z.int(), uid: z.string(), sysid: z.int() })),
  }),
  z.strictObject({ kind: z.literal("docks"), docks: z.array(dockState) }),
  /** `tMs`: the bridge's clock, by which orders expire. */
  z.strictObject({ kind: z.literal("pong"), n: z.int(), tMs: z.number().optional() }),
  /** Other aircraft, heard by the receivers of ours: latest wins, all of them each time, about once a second. */
  z.strictObject({ kind: z.literal("traffic"), seen: z.array(trafficSeen).max(500) }),
  /** Counts for /metrics and the health room. */
  z.strictObject({
    kind: z.literal("health"),
    links: z.array(
      z.strictObject({
        name: z.string(),
        state: z.string(),
        frames: z.number(),
        crcErrors: z.number(),
        lost: z.number(),
        /** Datagrams of senders that are not this link's peer. */
        strangers: z.number().optional(),
        /** Frames that a peer would not take. */
        dropped: z.number().optional(),
        /** Frames of another station that were not let through. */
        refused: z.number().optional(),
      }),
    ),
    heartbeatsOut: z.boolean(),
    /** What the bridge holds orders against; `text` says what is wrong, or how they are held. */
    orders: z
      .strictObject({
        signed: z.enum(["yes", "no", "keyTrouble"]),
        /** Since the bridge started: not the station's, and therefore not carried out. */
        notVerified: z.int().nonnegative(),
        limits: z.enum(["file", "builtIn"]),
        text: z.string(),
        /** Since the bridge started, by reason: samples of sticks, and other messages, that changed nothing. */
        refused: z
          .strictObject({
            sticks: z.record(z.string(), z.int().nonnegative()),
            others: z.record(z.string(), z.int().nonnegative()),
          })
          .optional(),
      })
      .optional(),
    /** MAVLink frames since the bridge started; absent where the site signs nothing. */
    signing: z
      .strictObject({
        policy: z.enum(["required", "preferred"]),
        signedOut: z.int().nonnegative(),
        signedIn: z.int().nonnegative(),
        /** Taken although unsigned: of an autopilot that has never signed, or a radio's own status. */
        unsignedIn: z.int().nonnegative(),
        /** Senders whose signature was seen for the first time since the start. */
        newStreams: z.int().nonnegative(),
        /** Not heard, by reason: unsigned, forged, unknown, replayed, old, crowd. */
        refused: z.record(z.string(), z.int().nonnegative()),
      })
      .optional(),
  }),
]);
export type BridgeToStation = z.infer<typeof bridgeToStation>;

/** Times that both ends of the wire rest on. */
export const bridgeTimes = {
  /** How long a bridge goes on with its heartbeats for a station that it does not hear, an aircraft in the air. */
  stationGraceS: 20,
} as const;

/**
 * `proof` (said-proof.ts) is on all but `ack` where the station signs: what moves an aircraft by hand, says which are
 * enrolled, keeps heartbeats going or sets the pace of a simulated run is believed from no one else.
 */
export const stationToBridge = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("welcome"),
    version: z.literal(1),
    haveSeq: z.int().nonnegative(),
    timing: runTiming.optional(),
    /** With which key this station signs its orders; absent: it does not. */
    signs: z.strictObject({ stationId: z.string(), keyId: z.string() }).optional(),
    proof: orderProof.optional(),
  }),
  z.strictObject({ kind: z.literal("ack"), seq: z.int().nonnegative() }),
  z.strictObject({ kind: z.literal("order"), order, proof: orderProof.optional() }),
  /** Which aircraft are enrolled (uid -> call sign, dock). An aircraft not listed is heard but never ordered. */
  z.strictObject({
    kind: z.literal("enrolled"),
    aircraft: z.array(z.strictObject({ uid: z.string(), callSign: z.string(), dockId: z.string() })),
    proof: orderProof.optional(),
  }),
  /** Once a second: feeds the bridge's grace timer for a lost station. */
  z.strictObject({ kind: z.literal("feed"), n: z.int(), proof: orderProof.optional() }),
  z.strictObject({ kind: z.literal("timing"), timing: runTiming, proof: orderProof.optional() }),
  /** Hand-flying: 20 a second while held. Axes -1..1; older than 300 ms centres, 2 s ends in Hold. */
  z.strictObject({
    kind: z.literal("sticks"),
    uid: z.string(),
    forward: z.number().min(-1).max(1),
    right: z.number().min(-1).max(1),
    up: z.number().min(-1).max(1),
    yaw: z.number().min(-1).max(1),
    /** Id of the signed order that took these sticks: samples of an earlier hand move nothing. */
    grantId: z.string().optional(),
    /** Whose hand it is: another one than that of the order ends it. */
    personId: z.string().optional(),
    proof: orderProof.optional(),
  }),
  /** Who answers for an aircraft from now on: the sticks of anybody before end at once, and the aircraft holds. */
  z.strictObject({
    kind: z.literal("pilot"),
    uid: z.string(),
    personId: z.string(),
    proof: orderProof.optional(),
  }),
]);
export type StationToBridge = z.infer<typeof stationToBridge>;
