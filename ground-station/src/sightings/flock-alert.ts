import { z } from "zod";
import type { IncomingParse } from "./incoming-read.js";
import { describeProblem, short } from "./vendor-fields.js";

/** Its documents give a range to no confidence: up to 1 it is a share, above that a percentage. */
const confidence = z.number().min(0).max(100);
const percent = (said: number): number => (said <= 1 ? said * 100 : said);

/** Hotlist alert of Flock Safety, one match a POST (webhook of its v3 API; formats/alpr.md section 3). */
const alert = z.object({
  deviceName: short(80).optional(),
  deviceExternalId: short(60),
  objectId: short(60),
  eventTime: z.iso.datetime({ offset: true }),
  ocr: z
    .object({
      label: z.string().max(40).optional(),
      labelConfidence: confidence.optional(),
      state: z.string().max(30).nullish(),
    })
    .nullish(),
  sources: z.array(z.object({ name: z.string().max(200) })).max(50),
});

/**
 * Its claim that the plate is on a list of that network is not taken over: the letters, state and age that a person has
 * to compare are in the network's list, not in the alert. The read is held against our own lists like every other. Its
 * picture is an address of the vendor's; nothing that somebody posts makes this station open an address.
 */
export function parseFlockAlert(value: unknown): IncomingParse {
  const parsed = alert.safeParse(value);
  if (!parsed.success) return { kind: "bad", problem: describeProblem(parsed.error) };
  const { deviceExternalId, deviceName, objectId, eventTime, ocr } = parsed.data;
  if (ocr?.label === undefined || ocr.label === "") return { kind: "nothing", why: "no plate in this alert" };
  return {
    kind: "reads",
    reads: [
      {
        uuids: [objectId],
        isPreview: false,
        vendorCamera: deviceExternalId,
        cameraLabel: deviceName,
        atMs: Date.parse(eventTime),
        plates: [{ text: ocr.label, confidence: percent(ocr.labelConfidence ?? 0) }],
        plateState: ocr.state ?? undefined,
        vehicle: {},
        imageDirectionDeg: undefined,
        cropBase64: undefined,
      },
    ],
  };
}
