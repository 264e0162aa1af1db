import { z } from "zod";
import { readJson } from "../../http/index.js";
import {
  type AlertDraft,
  bad,
  clip,
  nowhere,
  type Reader,
  type ReadResult,
  type Report,
  timeWithOffset,
} from "../report.js";
import { noGeodetic, type PidfPlace, readCivic, readPidfLo } from "./pidf-lo.js";

const ref = z.object({ $ref: z.string() });
const prologue = z.object({
  $id: z.string().min(1),
  lastUpdateTimeStamp: z.string(),
  updatedByAgencyReference: ref,
});
const location = prologue.extend({
  locationTypeDescriptionRegistryText: z.string(),
  locationByValue: z.string().optional(),
  locationDescriptionText: z.string().optional(),
  crossStreetByValue: z.array(z.string()).max(20).optional(),
  intersectingStreetByValue: z.array(z.string()).max(20).optional(),
});
const note = prologue.extend({ notesActionComments: z.string() });
const incident = prologue.extend({
  incidentTypeCommonRegistryText: z.string().min(1),
  incidentTypeInternalText: z.string().optional(),
  incidentStatusCommonRegistryText: z.array(z.string()).optional(),
  internalIncidentId: z.string().optional(),
  incidentCommonPriorityNumber: z.int().min(0).max(10).optional(),
  locationReference: z.array(ref).optional(),
  notesReference: z.array(ref).optional(),
});
const merge = prologue.extend({
  incidentTrackingIdentifier: z.string(),
  incidentMergeDirectionCode: z.enum(["REPLACING", "REPLACED", "SPLIT"]),
});
const call = prologue.extend({ callStartTimestamp: z.string() });

/** Only what a launch rests on is read; the rest of the document may hold what it likes. */
const eido = prologue.extend({
  eidoVersion: z.literal("1.0"),
  issuingElementIdentification: z.string(),
  agencyComponent: z.array(prologue).min(1),
  incidentComponent: incident,
  locationComponent: z.array(location).default([]),
  notesComponent: z.array(note).default([]),
  callComponent: z.array(call).default([]),
  mergeComponent: z.array(merge).default([]),
});
type Eido = z.infer<typeof eido>;

/** Every `$id` of a component and every `{"$ref"}`, at any depth. */
function collectIds(value: unknown, ids: string[], refs: Set<string>): void {
  if (Array.isArray(value)) {
    for (const one of value) collectIds(one, ids, refs);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === "$id" && typeof inner === "string") ids.push(inner);
    else if (key === "$ref" && typeof inner === "string") refs.add(inner);
    else collectIds(inner, ids, refs);
  }
}

function linkProblem(value: unknown): string | undefined {
  const ids: string[] = [];
  const refs = new Set<string>();
  collectIds(value, ids, refs);
  const known = new Set(ids);
  if (known.size !== ids.length) return "two components carry the same $id";
  for (const one of refs) if (!known.has(one)) return "a $ref points to no component of this document";
  return undefined;
}

/** Where to fly: what the call taker says the incident is at. A cell tower or a routing point never. */
const flyTo = ["CurrentIncident", "InitialIncident"];

type Found =
  | { readonly kind: "place"; readonly place: Extract<PidfPlace, { kind: "place" }>; readonly label: string }
  /** Words and no position: somebody has to put them on the map. */
  | { readonly kind: "address"; readonly address: string }
  | { readonly kind: "none"; readonly problem: string };

function placeOf(doc: Eido): Found {
  let problem = "no location of type CurrentIncident or InitialIncident";
  let address = "";
  for (const type of flyTo) {
    for (const one of doc.locationComponent) {
      if (one.locationTypeDescriptionRegistryText !== type) continue;
      if (one.locationByValue === undefined) {
        if (address === "") address = addressOf(one);
        continue;
      }
      const place = readPidfLo(one.locationByValue);
      if (place.kind === "place") return { kind: "place", place, label: clip(one.locationDescriptionText ?? "", 200) };
      // A position that cannot be read is refused, never replaced by words that may mean another place.
      if (place.why !== noGeodetic) return { kind: "none", problem: `locationByValue ${place.why}` };
      problem = `locationByValue ${place.why}`;
      if (address === "") address = addressOf(one) || clip(readCivic(one.locationByValue), 200);
    }
  }
  return address === "" ? { kind: "none", problem } : { kind: "address", address };
}

/** Two streets say more than a description of their corner. */
function addressOf(one: Eido["locationComponent"][number]): string {
  const streets = [...(one.intersectingStreetByValue ?? []), ...(one.crossStreetByValue ?? [])];
  if (streets.length >= 2) return clip(`${streets[0]} & ${streets[1]}`, 200);
  return clip(one.locationDescriptionText ?? "", 200);
}

const titles: Readonly<Record<string, string>> = {
  SHOOT: "Shots fired",
  ACTSHOOT: "Active shooter",
  CARJACK: "Carjacking",
  PURSUIT: "Pursuit",
  ROBBERY: "Robbery",
  BURGLARY: "Burglary",
  ASSAULT: "Assault",
  STABBING: "Stabbing",
  FIGHT: "Fight",
  VEHSTLN: "Stolen vehicle",
  VEHSUSP: "Suspicious vehicle",
  PERSUSP: "Suspicious person",
  SUICTHRT: "Person may harm themselves",
  FSTRU: "Building on fire",
  FBRUSH: "Brush fire",
  FVEH: "Vehicle on fire",
  RESCUE: "Rescue",
  HLP1: "Responder in trouble",
  NONEMERG: "Not urgent",
};

function draftOf(doc: Eido, found: Exclude<Found, { kind: "none" }>, occurredAtMs: number): AlertDraft {
  const { incidentComponent: one } = doc;
  const callType = clip(one.incidentTypeCommonRegistryText, 40);
  return {
    kind: "call",
    sourceIncidentId: doc.$id,
    revision: timeWithOffset(doc.lastUpdateTimeStamp) ?? 0,
    callType,
    title: titles[callType] ?? clip(one.incidentTypeInternalText ?? callType, 120),
    narrative: clip(doc.notesComponent.map((held) => held.notesActionComments).join(" "), 2000),
    urgency: one.incidentCommonPriorityNumber ?? 5,
    ...(found.kind === "address"
      ? nowhere(found.address)
      : { place: { point: found.place.point, error: found.place.error, label: found.label } }),
    occurredAtMs,
    vehicles: [],
  };
}

const gone = new Set(["Cancelled", "Closed"]);

function readChecked(doc: Eido, nowMs: number): ReadResult {
  const updatedMs = timeWithOffset(doc.lastUpdateTimeStamp);
  if (updatedMs === undefined) return bad("lastUpdateTimeStamp: must be a date and time with an offset from UTC.");
  if (updatedMs > nowMs + 60_000) return bad("lastUpdateTimeStamp: is more than 60 s in the future.");
  const cancels: Report[] = doc.mergeComponent
    .filter((one) => one.incidentMergeDirectionCode === "REPLACING")
    .map((one) => ({
      kind: "cancel",
      sourceIncidentId: one.incidentTrackingIdentifier,
      reason: "Merged into another call.",
      revision: undefined,
    }));
  const cancelThis = (reason: string): ReadResult => ({
    kind: "reports",
    reports: [...cancels, { kind: "cancel", sourceIncidentId: doc.$id, reason, revision: updatedMs }],
  });
  const status = doc.incidentComponent.incidentStatusCommonRegistryText?.find((one) => gone.has(one));
  if (status !== undefined) return cancelThis(`The call-taking center set it to ${status.toLowerCase()}.`);
  if (doc.mergeComponent.some((one) => one.incidentMergeDirectionCode === "REPLACED"))
    return cancelThis("Merged into another call.");
  const found = placeOf(doc);
  if (found.kind === "none") return bad(`No place to fly to and no address: ${found.problem}.`);
  const starts = doc.callComponent.map((one) => timeWithOffset(one.callStartTimestamp)).filter((t) => t !== undefined);
  const occurredAtMs = starts.length > 0 ? Math.min(...starts) : updatedMs;
  return { kind: "reports", reports: [...cancels, { kind: "alert", draft: draftOf(doc, found, occurredAtMs) }] };
}

/** NENA-STA-021.1 EIDO, sent by value. `$ref` means a component of the same document and is never followed elsewhere. */
export const readEido: Reader = (bytes, context) => {
  const json = readJson(bytes);
  if (json.kind === "bad") return bad(json.detail, 400);
  const parsed = eido.safeParse(json.value);
  if (!parsed.success) return bad(z.prettifyError(parsed.error));
  const problem = linkProblem(json.value);
  return problem === undefined
    ? readChecked(parsed.data, context.nowMs)
    : bad(`The document is not whole: ${problem}.`);
};
