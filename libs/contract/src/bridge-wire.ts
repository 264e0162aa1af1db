import { z } from "zod";
import { dockState } from "./dock.js";
import { order } from "./order.js";

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
  z.strictObject({ kind: z.literal("pong"), n: z.int() }),
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
  }),
]);
export type BridgeToStation = z.infer<typeof bridgeToStation>;

/** Times that both ends of the wire rest on. */
export const bridgeTimes = {
  /** How long a bridge goes on with its heartbeats for a station that it does not hear, an aircraft in the air. */
  stationGraceS: 20,
} as const;

export const runTiming = z.strictObject({
  runId: z.string(),
  epochMs: z.number(),
  rate: z.number().positive(),
  paused: z.boolean(),
});

export const stationToBridge = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("welcome"),
    version: z.literal(1),
    haveSeq: z.int().nonnegative(),
    timing: runTiming.optional(),
  }),
  z.strictObject({ kind: z.literal("ack"), seq: z.int().nonnegative() }),
  z.strictObject({ kind: z.literal("order"), order }),
  /** Which aircraft are enrolled (uid -> call sign, dock). An aircraft not listed is heard but never ordered. */
  z.strictObject({
    kind: z.literal("enrolled"),
    aircraft: z.array(z.strictObject({ uid: z.string(), callSign: z.string(), dockId: z.string() })),
  }),
  /** Once a second: feeds the bridge's grace timer for a lost station. */
  z.strictObject({ kind: z.literal("feed"), n: z.int() }),
  z.strictObject({ kind: z.literal("timing"), timing: runTiming }),
  /** Hand-flying: 20 a second while held. Axes -1..1; older than 300 ms centres, 2 s ends in Hold. */
  z.strictObject({
    kind: z.literal("sticks"),
    uid: z.string(),
    forward: z.number().min(-1).max(1),
    right: z.number().min(-1).max(1),
    up: z.number().min(-1).max(1),
    yaw: z.number().min(-1).max(1),
  }),
]);
export type StationToBridge = z.infer<typeof stationToBridge>;
