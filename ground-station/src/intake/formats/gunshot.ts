import { z } from "zod";
import { readJson } from "../../http/index.js";
import { bad, circle, clip, type Reader, reports, timeWithOffset } from "../report.js";

const body = z.object({
  source: z.string().max(100).optional(),
  sourceIncidentId: z.string().min(1).max(200),
  revision: z.int().nonnegative(),
  kind: z.enum(["gunfire", "possible_gunfire", "fireworks", "other"]),
  classifier: z.enum(["machine", "human"]),
  workflow: z.enum(["machine", "in_review", "published", "reclassified", "dismissed"]),
  confidence: z.number().min(0).max(1).optional(),
  occurredAt: z.string(),
  publishedAt: z.string().optional(),
  location: z.object({
    lat: z.number().min(-90).max(90),
    lon: z.number().min(-180).max(180),
    radiusM: z.number().min(1).max(500).optional(),
    address: z.string().max(200).optional(),
  }),
  rounds: z.int().min(1).max(1000).optional(),
  flags: z.array(z.string().max(60)).max(20).default([]),
});

const shots = (kind: string): boolean => kind === "gunfire" || kind === "possible_gunfire";

/** Canonical gunshot alert. A source that takes its word back (reclassified, dismissed) stops what it started. */
export const readGunshot: Reader = (bytes) => {
  const json = readJson(bytes);
  if (json.kind === "bad") return bad(json.detail, 400);
  const parsed = body.safeParse(json.value);
  if (!parsed.success) return bad(z.prettifyError(parsed.error));
  const { data } = parsed;
  if (data.workflow === "dismissed" || (data.workflow === "reclassified" && !shots(data.kind)))
    return reports({
      kind: "cancel",
      sourceIncidentId: data.sourceIncidentId,
      revision: data.revision,
      reason: data.workflow === "dismissed" ? "The sensor's reviewer dismissed it." : `Reclassified as ${data.kind}.`,
    });
  const occurredAtMs = timeWithOffset(data.occurredAt);
  if (occurredAtMs === undefined) return bad("occurredAt: must be a date and time with an offset from UTC.");
  // Field tests: about 12 m typical error; a machine alone is worse and nobody has listened.
  const radiusM = data.location.radiusM ?? (data.classifier === "machine" ? 50 : 25);
  const isShot = shots(data.kind);
  const rounds = data.rounds === undefined ? "" : `${data.rounds} rounds. `;
  return reports({
    kind: "alert",
    draft: {
      kind: "gunshot",
      sourceIncidentId: data.sourceIncidentId,
      revision: data.revision,
      callType: isShot ? "SHOOT" : "FIREWRKS",
      title: isShot ? "Possible gunfire" : data.kind === "fireworks" ? "Fireworks" : "Loud noise",
      narrative: clip(`${rounds}${data.flags.join(", ").replaceAll("_", " ").toLowerCase()}`, 2000),
      urgency: isShot ? (data.classifier === "human" ? 9 : 8) : 2,
      place: {
        point: { latDeg: data.location.lat, lonDeg: data.location.lon },
        error: circle(radiusM),
        label: clip(data.location.address ?? "", 200),
      },
      occurredAtMs,
      classifier: data.classifier,
      vehicles: [],
      ...(data.rounds === undefined ? {} : { rounds: data.rounds }),
    },
  });
};
