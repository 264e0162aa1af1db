import { z } from "zod";

export const role = z.enum(["pic", "rtcc", "trainer", "supervisor", "officer", "auditor", "admin"]);
export type Role = z.infer<typeof role>;

/** Who did it. Every fact has one: there are no anonymous acts. */
export const actor = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("person"), personId: z.string(), name: z.string(), role }),
  z.strictObject({ kind: z.literal("source"), sourceId: z.string() }),
  z.strictObject({
    kind: z.literal("system"),
    part: z.enum(["ground-station", "drone-bridge", "sim", "aircraft", "dock"]),
  }),
]);
export type Actor = z.infer<typeof actor>;

/** Live and simulated things never meet: every source, aircraft and fact carries one of these. */
export const provenance = z.enum(["live", "sim"]);
export type Provenance = z.infer<typeof provenance>;
