import { z } from "zod";
import type { IncomingParse } from "./incoming-read.js";
import { describeProblem, short } from "./vendor-fields.js";

const share = z.number().min(0).max(1);
/** Plate Recognizer Stream webhook, its JSON (formats/alpr.md section 2). Its confidences run 0 to 1. */
const webhook = z.object({
  hook: z
    .object({ id: z.union([z.string(), z.number()]).optional(), filename: z.string().max(300).optional() })
    .optional(),
  data: z.object({
    camera_id: short(80),
    filename: z.string().max(300).optional(),
    timestamp: z.iso.datetime({ offset: true }),
    results: z
      .array(
        z.object({
          plate: z.string().max(40),
          score: share,
          region: z.object({ code: z.string().max(20) }).optional(),
          candidates: z
            .array(z.object({ plate: z.string().max(40), score: share }))
            .max(100)
            .default([]),
          vehicle: z.object({ type: z.string().max(40).optional() }).optional(),
          model_make: z
            .array(z.object({ make: z.string().max(40), model: z.string().max(40) }))
            .max(20)
            .default([]),
          color: z
            .array(z.object({ color: z.string().max(30) }))
            .max(20)
            .default([]),
          direction: z.union([z.number(), z.literal("")]).optional(),
        }),
      )
      .max(20),
  }),
});

/** @param picture the frame, or the vehicle cut out of it, that came in the same form; a person compares it with every plate. */
export function parsePlateRecognizer(value: unknown, picture?: Uint8Array): IncomingParse {
  const parsed = webhook.safeParse(value);
  if (!parsed.success) return { kind: "bad", problem: describeProblem(parsed.error) };
  const { data } = parsed.data;
  if (data.results.length === 0) return { kind: "nothing", why: "no plate in this picture" };
  return {
    kind: "reads",
    reads: data.results.map((result, index) => ({
      // The vendor gives no id of a pass: camera, moment and place in the list name it as well as anything can.
      uuids: [`${data.camera_id}/${data.timestamp}/${index}`.slice(0, 120)],
      isPreview: false,
      vendorCamera: data.camera_id,
      cameraLabel: undefined,
      atMs: Date.parse(data.timestamp),
      plates: [{ plate: result.plate, score: result.score }, ...result.candidates].map((one) => ({
        text: one.plate,
        confidence: one.score * 100,
      })),
      plateState: result.region?.code,
      vehicle: {
        ...(result.color[0] === undefined ? {} : { color: result.color[0].color }),
        ...(result.model_make[0] === undefined
          ? {}
          : { make: result.model_make[0].make, model: result.model_make[0].model }),
        ...(result.vehicle?.type === undefined ? {} : { body: result.vehicle.type.slice(0, 30) }),
      },
      imageDirectionDeg: typeof result.direction === "number" ? result.direction : undefined,
      cropBase64: undefined,
      cropBytes: picture,
    })),
  };
}
