import { z } from "zod";
import type { Claim } from "./claimed.js";
import type { IncomingParse } from "./incoming-read.js";
import { describeProblem, short } from "./vendor-fields.js";

/** Its documents give a range to no confidence: up to 1 it is a share, above that a percentage. */
const confidence = z.number().min(0).max(100);
const percent = (said: number): number => (said <= 1 ? said * 100 : said);

const mostText = 80;

/** Hotlist alert of Flock Safety, one match a POST (webhook of its v3 API; formats/alpr.md section 3). */
const alert = z.object({
  deviceName: short(80).optional(),
  deviceExternalId: short(60),
  networkName: z.string().max(200).optional(),
  objectId: short(60),
  eventTime: z.iso.datetime({ offset: true }),
  ocr: z
    .object({
      label: z.string().max(40).optional(),
      labelConfidence: confidence.optional(),
      state: z.string().max(30).nullish(),
    })
    .nullish(),
  sources: z.array(z.object({ name: z.string().max(200), reason: z.string().max(200).nullish() })).max(50),
});
type Alert = z.infer<typeof alert>;

/**
 * A read like every other, held against our own lists; and where none of them has it, a lead by that network's word. The
 * letters, state and age that a person has to compare are in its list, not in the alert, so nothing of the claim counts
 * as compared. Its picture is an address of the vendor's; nothing that somebody posts makes this station open an address.
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
        claim: claimOf(parsed.data),
      },
    ],
  };
}

/** Names of its lists with that of their network, and why the plate stands in them. */
function claimOf({ sources, networkName }: Alert): Claim | undefined {
  if (sources.length === 0) return undefined;
  const names = [...new Set(sources.map(({ name }) => name.trim()).filter((name) => name !== ""))];
  const reasons = [...new Set(sources.flatMap(({ reason }) => reason?.trim() || []))];
  const network = networkName === undefined || networkName.trim() === "" ? "" : ` (${networkName.trim()})`;
  return {
    list: `${names.length === 0 ? "a list" : names.join(", ")}${network}`.slice(0, mostText),
    reason: (reasons.length === 0 ? "no reason was sent" : reasons.join(", ")).slice(0, mostText),
  };
}
