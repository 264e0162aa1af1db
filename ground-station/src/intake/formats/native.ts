import { alertKind, place, vehicleDescription } from "@outrider/contract";
import { z } from "zod";
import { readJson } from "../../http/index.js";
import { bad, type Reader, reports } from "../report.js";

const body = z.union([
  z.strictObject({
    sourceIncidentId: z.string().min(1).max(200),
    revision: z.int().nonnegative(),
    kind: alertKind,
    callType: z.string().min(1).max(40),
    title: z.string().min(1).max(120),
    narrative: z.string().max(2000),
    urgency: z.number().min(0).max(10),
    place,
    occurredAtMs: z.number(),
    rounds: z.int().positive().max(1000).optional(),
    classifier: z.enum(["machine", "human"]).optional(),
    vehicles: z.array(vehicleDescription).max(5).default([]),
  }),
  z.strictObject({
    sourceIncidentId: z.string().min(1).max(200),
    cancelled: z.literal(true),
    revision: z.int().nonnegative().optional(),
    reason: z.string().min(1).max(500),
  }),
]);

/** Our own form (docs/api.md, "Native alerts"). */
export const readNative: Reader = (bytes) => {
  const json = readJson(bytes);
  if (json.kind === "bad") return bad(json.detail, 400);
  const parsed = body.safeParse(json.value);
  if (!parsed.success) return bad(z.prettifyError(parsed.error));
  const { data } = parsed;
  if ("cancelled" in data)
    return reports({
      kind: "cancel",
      sourceIncidentId: data.sourceIncidentId,
      reason: data.reason,
      revision: data.revision,
    });
  return reports({ kind: "alert", draft: data });
};
