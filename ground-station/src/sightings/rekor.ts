import { z } from "zod";
import type { IncomingParse } from "./incoming-read.js";
import { describeProblem, imageBase64, named, short } from "./vendor-fields.js";

/** Rekor Scout `alpr_group`: one vehicle pass (formats/alpr.md section 1). Fields we do not use are passed over. */
const group = z.object({
  data_type: z.literal("alpr_group"),
  epoch_start: z.number(),
  camera_id: z.union([z.int(), short(40)]),
  uuids: z.array(short(120)).max(200).default([]),
  best_uuid: short(120).optional(),
  best_uuid_epoch_ms: z.number().optional(),
  best_plate_number: z.string().max(40),
  best_confidence: z.number().min(0).max(100),
  best_region: z.string().max(20).optional(),
  is_preview: z.boolean().default(false),
  travel_direction: z.number().min(-360).max(360).optional(),
  candidates: z
    .array(z.object({ plate: z.string().max(40), confidence: z.number().min(0).max(100) }))
    .max(100)
    .default([]),
  best_plate: z.object({ plate_crop_jpeg: imageBase64.optional() }).optional(),
  vehicle: z.object({ color: named, make: named, make_model: named, body_type: named }).partial().optional(),
  web_server_config: z.object({ camera_label: z.string().max(80).optional() }).optional(),
});

export function parseRekor(value: unknown): IncomingParse {
  const kind = z.object({ data_type: z.string() }).safeParse(value);
  if (!kind.success) return { kind: "bad", problem: "data_type is missing: expected a Rekor Scout message" };
  if (
    kind.data.data_type === "heartbeat" ||
    kind.data.data_type === "alpr_results" ||
    kind.data.data_type === "vehicle"
  )
    return { kind: "nothing", why: `${kind.data.data_type} needs nothing: vehicle passes come as alpr_group` };
  const parsed = group.safeParse(value);
  if (!parsed.success) return { kind: "bad", problem: describeProblem(parsed.error) };
  const read = parsed.data;
  const uuids = [...new Set([...(read.best_uuid === undefined ? [] : [read.best_uuid]), ...read.uuids])];
  if (uuids.length === 0) return { kind: "bad", problem: "uuids is empty: a pass must have an id to be told once" };
  const vehicle = read.vehicle ?? {};
  const model = vehicle.make_model?.[0]?.name.replace(/^[^_]*_/, "");
  return {
    kind: "reads",
    reads: [
      {
        uuids,
        isPreview: read.is_preview,
        vendorCamera: String(read.camera_id),
        cameraLabel: read.web_server_config?.camera_label,
        atMs: read.best_uuid_epoch_ms ?? read.epoch_start,
        plates: [{ plate: read.best_plate_number, confidence: read.best_confidence }, ...read.candidates].map(
          ({ plate, confidence }) => ({ text: plate, confidence }),
        ),
        plateState: read.best_region,
        vehicle: {
          ...(vehicle.color?.[0] === undefined ? {} : { color: vehicle.color[0].name.slice(0, 30) }),
          ...(vehicle.make?.[0] === undefined ? {} : { make: vehicle.make[0].name.slice(0, 40) }),
          ...(model === undefined ? {} : { model: model.slice(0, 40) }),
          ...(vehicle.body_type?.[0] === undefined ? {} : { body: vehicle.body_type[0].name.slice(0, 30) }),
        },
        imageDirectionDeg: read.travel_direction,
        cropBase64: read.best_plate?.plate_crop_jpeg,
      },
    ],
  };
}
