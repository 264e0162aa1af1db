import { z } from "zod";
import { type ConfigProblem, readYaml } from "./config-read.js";
import { orderVerb } from "./order.js";
import { geoPoint } from "./place.js";

const verb = z.enum(orderVerb.options.map((option) => option.shape.verb.value));

/**
 * What the bridge refuses by itself, whatever the station says: a file beside the bridge that the station cannot
 * write. Hold, return, land and letting go of the sticks are never limited and need not be listed.
 */
export const bridgeLimits = z
  .strictObject({
    volume: z.strictObject({
      /** No target, no corner of a plan and no piece of a way lies outside. */
      ring: z.array(geoPoint).min(3).max(500),
      maxAmslM: z.number(),
      maxAglM: z.number().positive().max(500),
      /** Least height of a target over the ground there. */
      minAglM: z.number().min(5),
      /** Ground of this site: an order that claims other ground is not believed. */
      lowestGroundAmslM: z.number(),
      highestGroundAmslM: z.number(),
    }),
    /** Places where nothing goes lower than this, whatever ground an order claims: hills, towers. */
    floors: z
      .array(z.strictObject({ name: z.string(), ring: z.array(geoPoint).min(3).max(500), minAmslM: z.number() }))
      .max(500)
      .optional(),
    /** Verbs allowed by what the aircraft is doing; a state that is left out allows all. */
    verbs: z
      .strictObject({
        disarmed: z.array(verb).optional(),
        armed: z.array(verb).optional(),
        inAir: z.array(verb).optional(),
      })
      .optional(),
    arming: z.strictObject({
      /** Of one aircraft. */
      perHour: z.int().positive(),
      /** Of all aircraft together. */
      perHourAll: z.int().positive(),
      /** Nothing more arms while this many are armed or in the air. */
      maxActive: z.int().positive(),
    }),
    /** Orders to one aircraft. */
    orders: z.strictObject({ perSecond: z.number().positive().max(50), burst: z.int().positive().max(100) }),
  })
  .superRefine((limits, context) => {
    const { volume } = limits;
    if (volume.maxAmslM <= volume.lowestGroundAmslM)
      context.addIssue({ code: "custom", path: ["volume", "maxAmslM"], message: "lies below the lowest ground" });
    if (volume.highestGroundAmslM < volume.lowestGroundAmslM)
      context.addIssue({
        code: "custom",
        path: ["volume", "highestGroundAmslM"],
        message: "lies below the lowest ground",
      });
    if (volume.maxAglM <= volume.minAglM)
      context.addIssue({ code: "custom", path: ["volume", "maxAglM"], message: "leaves nothing above minAglM" });
  });
export type BridgeLimits = z.infer<typeof bridgeLimits>;

/** Parses and checks a limits file; on error names file, line and field. Nothing is defaulted. */
export function readBridgeLimits(
  file: string,
  text: string,
): { kind: "ok"; limits: BridgeLimits } | { kind: "bad"; problems: readonly ConfigProblem[] } {
  const read = readYaml(file, text, bridgeLimits);
  return read.kind === "ok" ? { kind: "ok", limits: read.value } : read;
}
