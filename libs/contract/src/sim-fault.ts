import { z } from "zod";

const share = z.number().min(0).max(1);

/**
 * What can be broken on purpose. Every fault is reversible by clearing it. Shares are of the datagrams of a link, each
 * way; times are in ms.
 */
export const simFault = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("packet-loss"), probability: share }),
  z.strictObject({ kind: z.literal("duplicate"), probability: share }),
  z.strictObject({ kind: z.literal("reorder"), probability: share, delayMs: z.number().min(0).max(60_000) }),
  z.strictObject({
    kind: z.literal("delay"),
    delayMs: z.number().min(0).max(60_000),
    jitterMs: z.number().min(0).max(60_000),
  }),
  z.strictObject({ kind: z.literal("byte-noise"), probability: share }),
  z.strictObject({ kind: z.literal("dead-link") }),
  /** Commands are executed, their COMMAND_ACK is swallowed; without `command` for all. */
  z.strictObject({ kind: z.literal("no-ack"), command: z.int().min(0).max(65_535).optional() }),
  /** Commands are executed, the COMMAND_ACK lies: `result` is its MAV_RESULT. */
  z.strictObject({
    kind: z.literal("wrong-ack"),
    command: z.int().min(0).max(65_535).optional(),
    result: z.int().min(0).max(255),
  }),
  z.strictObject({ kind: z.literal("gps-jump"), northM: z.number(), eastM: z.number(), upM: z.number() }),
  z.strictObject({ kind: z.literal("gps-stop") }),
  /** Charge that is shown and usable falls to this at most, as cold or old cells do it. */
  z.strictObject({ kind: z.literal("battery-sag"), toPct: z.number().min(0).max(100) }),
  z.strictObject({ kind: z.literal("motor-loss"), rotor: z.literal([1, 2, 3, 4]) }),
  /** The dock's door stops where it is. */
  z.strictObject({ kind: z.literal("jammed-dock") }),
  /** The aircraft says that it is another one. */
  z.strictObject({ kind: z.literal("duplicate-sysid"), sysid: z.int().min(1).max(255) }),
  /** The target's clock reads this much ahead of run time. */
  z.strictObject({ kind: z.literal("clock-skew"), skewMs: z.number() }),
]);
export type SimFault = z.infer<typeof simFault>;
export type SimFaultKind = SimFault["kind"];
