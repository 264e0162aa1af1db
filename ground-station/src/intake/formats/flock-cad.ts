import type { VehicleDescription } from "@outrider/contract";
import { z } from "zod";
import { readJson } from "../../http/index.js";
import { bad, circle, clip, nowhere, type Reader, type ReadResult, type Report, timeWithOffset } from "../report.js";

const event = z.object({
  externalId: z.string().min(1).max(200),
  eventType: z.string().min(1).max(200),
  /** 1 is the highest here: the opposite of NENA. */
  priority: z.int().min(1).max(9),
  timestamp: z.string().optional(),
  closedAt: z.string().nullish(),
  displayStatus: z.string().optional(),
  narratives: z.array(z.string()).max(200).default([]),
  location: z.object({
    latitude: z.number().min(-90).max(90).optional(),
    longitude: z.number().min(-180).max(180).optional(),
    streetAddress: z.string().max(300).optional(),
    name: z.string().max(300).optional(),
    accuracyM: z.number().positive().max(5000).optional(),
  }),
  involvedVehicles: z
    .array(
      z.object({
        color: z.string().max(30).nullish(),
        make: z.string().max(40).nullish(),
        model: z.string().max(40).nullish(),
        plateNumber: z.string().max(12).nullish(),
        plateState: z.string().max(20).nullish(),
      }),
    )
    .max(5)
    .default([]),
});
type FlockEvent = z.infer<typeof event>;
const body = z.union([z.object({ events: z.array(event).min(1).max(100) }), event]);

/** APCO common types for the words that CADs use most; anything else keeps the CAD's own word. */
const common: readonly (readonly [RegExp, string])[] = [
  [/SHOT|SHOOT|GUN/i, "SHOOT"],
  [/CARJACK/i, "CARJACK"],
  [/PURSUIT/i, "PURSUIT"],
  [/ROBBERY/i, "ROBBERY"],
  [/BURGLAR/i, "BURGLARY"],
  [/STAB/i, "STABBING"],
  [/ASSAULT/i, "ASSAULT"],
  [/STOLEN VEH/i, "VEHSTLN"],
];

const vehicleOf = (one: FlockEvent["involvedVehicles"][number]): VehicleDescription => ({
  ...(one.color ? { color: one.color } : {}),
  ...(one.make ? { make: one.make } : {}),
  ...(one.model ? { model: one.model } : {}),
  ...(one.plateNumber ? { plate: one.plateNumber.toUpperCase().replace(/[^A-Z0-9]/g, "") } : {}),
  ...(one.plateState ? { plateState: one.plateState } : {}),
});

function reportOf(one: FlockEvent, nowMs: number): Report | { problem: string } {
  if (one.closedAt)
    return { kind: "cancel", sourceIncidentId: one.externalId, reason: "The CAD closed it.", revision: undefined };
  const { latitude, longitude, streetAddress, name, accuracyM } = one.location;
  const address = clip(streetAddress ?? name ?? "", 200);
  const isPlaced = latitude !== undefined && longitude !== undefined;
  if (!isPlaced && address === "")
    return { problem: `${clip(one.externalId, 60)} has neither a position nor an address` };
  const occurredAtMs = one.timestamp === undefined ? nowMs : timeWithOffset(one.timestamp);
  if (occurredAtMs === undefined) return { problem: "timestamp must be a date and time with an offset from UTC" };
  const callType = common.find(([words]) => words.test(one.eventType))?.[1] ?? clip(one.eventType.toUpperCase(), 40);
  return {
    kind: "alert",
    draft: {
      kind: "call",
      sourceIncidentId: one.externalId,
      revision: undefined,
      callType,
      title: clip(one.eventType.charAt(0).toUpperCase() + one.eventType.slice(1).toLowerCase(), 120),
      narrative: clip(one.narratives.join(" "), 2000),
      urgency: Math.max(0, 12 - 2 * one.priority),
      ...(isPlaced
        ? {
            place: {
              point: { latDeg: latitude, lonDeg: longitude },
              error: circle(accuracyM ?? 50),
              label: address,
            },
          }
        : nowhere(address)),
      occurredAtMs,
      vehicles: one.involvedVehicles.map(vehicleOf),
    },
  };
}

/** Flock CAD events (v3): one event or `{events: […]}`, upserted by externalId; there are no revisions. */
export const readFlockCad: Reader = (bytes, context): ReadResult => {
  const json = readJson(bytes);
  if (json.kind === "bad") return bad(json.detail, 400);
  const parsed = body.safeParse(json.value);
  if (!parsed.success) return bad(z.prettifyError(parsed.error));
  const events = "events" in parsed.data ? parsed.data.events : [parsed.data];
  const list: Report[] = [];
  for (const one of events) {
    const report = reportOf(one, context.nowMs);
    if ("problem" in report) return bad(`${report.problem}.`);
    list.push(report);
  }
  return { kind: "reports", reports: list };
};
