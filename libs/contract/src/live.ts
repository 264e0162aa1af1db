import { z } from "zod";
import type { Fact } from "./facts/index.js";
import type { RoomViews, SessionView } from "./room-views.js";
import type { RunTiming } from "./run-clock.js";

export const liveVersion = 1;

/**
 * Rooms: `incidents`, `incident:<id>`, `fleet`, `pilot:<personId>`, `site`, `sky`, `cameras`, `sightings`, `trainer`,
 * `supervisor`, `health`. Join answers with a snapshot and its sequence, then facts in order with the view they lead to.
 */
export const roomName = z
  .string()
  .regex(/^(incidents|fleet|site|sky|cameras|sightings|trainer|supervisor|health|incident:[\w-]+|pilot:[\w-]+)$/);
export type RoomName = string;
export type RoomKind = keyof RoomViews;

/** Browser to station, JSON text. The first message must be `hello`, within 5 s. */
export const liveToStation = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("hello"), version: z.literal(liveVersion), ticket: z.string().max(64) }),
  z.strictObject({ kind: z.literal("join"), room: roomName, since: z.int().nonnegative().optional() }),
  z.strictObject({ kind: z.literal("leave"), room: roomName }),
  z.strictObject({ kind: z.literal("ping"), n: z.int(), visible: z.boolean() }),
  /** A key, pointer or touch happened at a visible page since the last one: what presence means. */
  z.strictObject({ kind: z.literal("presence") }),
  z.strictObject({
    kind: z.literal("sticks"),
    uid: z.string(),
    forward: z.number().min(-1).max(1),
    right: z.number().min(-1).max(1),
    up: z.number().min(-1).max(1),
    yaw: z.number().min(-1).max(1),
  }),
  z.strictObject({ kind: z.literal("watchVideo"), cameraId: z.string(), on: z.boolean() }),
]);
export type LiveToStation = z.infer<typeof liveToStation>;

/** Station to browser, JSON text; samples and video units travel as binary frames beside it (sample.ts, video.ts). */
export type StationToLive =
  | {
      readonly kind: "welcome";
      readonly version: number;
      readonly session: SessionView;
      readonly bootId: string;
      readonly timing: RunTiming;
      readonly nowMs: number;
      readonly sim: boolean;
    }
  | {
      readonly kind: "room";
      readonly room: RoomName;
      readonly seq: number;
      readonly facts: readonly Fact[];
      readonly view: RoomViews[RoomKind];
    }
  | { readonly kind: "refused"; readonly room: RoomName; readonly why: string }
  /** Handles used in binary sample and video frames on this connection. */
  | {
      readonly kind: "handles";
      readonly aircraft: readonly { readonly handle: number; readonly uid: string }[];
      readonly cameras: readonly { readonly handle: number; readonly cameraId: string }[];
    }
  | { readonly kind: "timing"; readonly timing: RunTiming }
  | { readonly kind: "pong"; readonly n: number; readonly nowMs: number }
  | { readonly kind: "bye"; readonly why: string };

export const liveTimes = {
  /** Samples are sent once a tick of wall time, newest row per aircraft. */
  tickMs: 50,
  helloWithinMs: 5_000,
  pingEveryMs: 1_000,
  /** The browser draws its own red frame when nothing has come for this long. */
  channelDeadMs: 3_000,
  reconnectFirstMs: 500,
  reconnectMostMs: 2_000,
} as const;
