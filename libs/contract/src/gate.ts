import { z } from "zod";
import { wording } from "./wording.js";

/** Gates of a launch (design section 4). Each has one name in the record, on the card and in `outrider.yaml`. */
export const gateId = z.enum([
  "pic",
  "pic-workload",
  "aircraft",
  "failsafe-parameters",
  "battery",
  "dock",
  "link",
  "energy",
  "fence",
  "clearance",
  "way-home",
  "own-aircraft",
  "privacy",
  "provenance",
  "foreign-station",
  "position",
  "launch-criteria",
  "remote-id",
  "airspace",
  "traffic",
  "weather",
  "assembly-lock",
  "lights",
  "prearm",
  "currency",
]);
export type GateId = z.infer<typeof gateId>;

/**
 * `unknown`: configured, not measurable now: needs a human and stops a veto launch.
 * `notConfigured`: named in outrider.yaml with who, when and why; shown grey and recorded with each launch.
 */
export const gateState = z.enum(["pass", "caution", "block", "unknown", "notConfigured"]);
export type GateState = z.infer<typeof gateState>;

export const gateResult = z.strictObject({
  gate: gateId,
  name: z.string(),
  state: gateState,
  /** A sentence a person can read aloud, with the measured value and its limit. */
  text: z.string(),
  /** The text in its parts, where figures of it have other units for another reader. */
  wording: wording.optional(),
  measured: z.number().optional(),
  limit: z.number().optional(),
  unit: z.string().optional(),
  /** What to do about a block or an unknown. */
  doThis: z.string().optional(),
  settledBy: z.string().optional(),
});
export type GateResult = z.infer<typeof gateResult>;
