import { z } from "zod";

/**
 * dock/1: JSON text messages over a WebSocket. The dock dials the bridge (default port 8090, path `/dock`), says
 * hello, then sends `state` once a second and on every change. It obeys `open`, `close` and `charge` only.
 */
export const dockDoor = z.enum(["closed", "opening", "open", "closing", "jammed", "none"]);
export type DockDoor = z.infer<typeof dockDoor>;

export const dockWeather = z.strictObject({
  windMps: z.number(),
  windFromDeg: z.number(),
  gustMps: z.number(),
  temperatureC: z.number(),
  rain: z.boolean(),
});

export const dockState = z.strictObject({
  kind: z.literal("state"),
  dockId: z.string(),
  door: dockDoor,
  padClear: z.boolean(),
  /** Aircraft standing on the pad, by the dock's own sensor. */
  occupied: z.boolean(),
  charging: z.boolean(),
  chargePct: z.number().min(0).max(100).optional(),
  weather: dockWeather.optional(),
  ageMs: z.number().nonnegative(),
});
export type DockState = z.infer<typeof dockState>;

export const dockToBridge = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("hello"),
    version: z.literal(1),
    dockId: z.string(),
    token: z.string(),
    provenance: z.enum(["live", "sim"]),
    /** `pad`: a dock without a door, so that a bare aircraft has one. */
    type: z.enum(["dock", "pad"]),
  }),
  dockState,
  z.strictObject({
    kind: z.literal("answer"),
    orderId: z.string(),
    result: z.enum(["accepted", "refused"]),
    reason: z.string().optional(),
  }),
]);
export type DockToBridge = z.infer<typeof dockToBridge>;

export const bridgeToDock = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("welcome"), version: z.literal(1) }),
  z.strictObject({ kind: z.literal("open"), orderId: z.string() }),
  z.strictObject({ kind: z.literal("close"), orderId: z.string() }),
  z.strictObject({ kind: z.literal("charge"), orderId: z.string(), on: z.boolean() }),
]);
export type BridgeToDock = z.infer<typeof bridgeToDock>;
