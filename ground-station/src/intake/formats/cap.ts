import type { ErrorEllipse, GeoPoint } from "@outrider/contract";
import { geoDistanceM } from "@outrider/geo";
import {
  type AlertDraft,
  bad,
  circle,
  clip,
  type ReadContext,
  type Reader,
  type ReadResult,
  reports,
  timeWithOffset,
} from "../report.js";
import { children, childText, isNode, readXml, type XmlNode } from "./safe-xml.js";

const namespace = "urn:oasis:names:tc:emergency:cap:1.2";
const mostBytes = 1024 * 1024;
/** Larger is a region to warn, not a place to fly to; it is also what metres in the place of kilometres look like. */
const mostRadiusKm = 5;

type Area = { readonly point: GeoPoint; readonly error: ErrorEllipse } | { readonly problem: string };

const pairOf = (text: string): GeoPoint | undefined => {
  const [latDeg, lonDeg] = text.split(",").map(Number);
  if (latDeg === undefined || lonDeg === undefined) return undefined;
  return Math.abs(latDeg) <= 90 && Math.abs(lonDeg) <= 180 ? { latDeg, lonDeg } : undefined;
};

function circleOf(text: string): Area {
  const [pair = "", radius = ""] = text.trim().split(/\s+/);
  const point = pairOf(pair);
  const radiusKm = Number(radius);
  if (point === undefined || !(radiusKm >= 0)) return { problem: "circle must be `lat,lon radius`" };
  if (radiusKm > mostRadiusKm)
    return { problem: `circle of ${radiusKm} km: the radius is in kilometres, at most ${mostRadiusKm}` };
  return { point, error: circle(Math.max(1, radiusKm * 1000)) };
}

function polygonOf(text: string): Area {
  const points = text.trim().split(/\s+/).map(pairOf);
  const ring = points.filter((point) => point !== undefined);
  if (ring.length !== points.length || ring.length < 4)
    return { problem: "polygon must be at least four `lat,lon` pairs" };
  const corners = ring.slice(0, -1);
  const point = {
    latDeg: corners.reduce((sum, corner) => sum + corner.latDeg, 0) / corners.length,
    lonDeg: corners.reduce((sum, corner) => sum + corner.lonDeg, 0) / corners.length,
  };
  const radiusM = Math.max(...corners.map((corner) => geoDistanceM(point, corner)));
  if (radiusM > mostRadiusKm * 1000) return { problem: `polygon wider than ${mostRadiusKm} km is no place to fly to` };
  return { point, error: circle(Math.max(1, radiusM)) };
}

function areaOf(info: XmlNode): Area {
  const area = children(info, "area").find(isNode);
  if (area === undefined) return { problem: "info has no area" };
  const round = childText(area, "circle");
  if (round !== undefined) return circleOf(round);
  const corners = childText(area, "polygon");
  return corners === undefined ? { problem: "area has no circle and no polygon" } : polygonOf(corners);
}

/** CAP 1.2 dateTime: always an offset, never Z. */
const capTime = (text: string | undefined): number | undefined =>
  text === undefined || text.endsWith("Z") ? undefined : timeWithOffset(text);

function urgencyOf(info: XmlNode): number {
  const base = { Immediate: 8, Expected: 6, Future: 3, Past: 1 }[childText(info, "urgency") ?? ""] ?? 4;
  return Math.min(
    10,
    base + (childText(info, "severity") === "Extreme" ? 2 : childText(info, "severity") === "Severe" ? 1 : 0),
  );
}

function parameter(info: XmlNode, name: string): string | undefined {
  for (const one of children(info, "parameter"))
    if (isNode(one) && childText(one, "valueName") === name) return childText(one, "value");
  return undefined;
}

/** `sender,identifier,sent` groups: the first is the alert that everything later is about. */
function referenceOf(alert: XmlNode): string | undefined {
  const [sender, identifier] = (childText(alert, "references") ?? "").trim().split(/\s+/)[0]?.split(",") ?? [];
  return sender && identifier ? `${sender},${identifier}` : undefined;
}

function headProblem(alert: XmlNode, context: ReadContext): string | undefined {
  for (const name of ["identifier", "sender", "sent", "status", "msgType", "scope"])
    if (!childText(alert, name)) return `lacks ${name}`;
  const status = childText(alert, "status");
  const allowed = context.prov === "sim" ? ["Actual", "Exercise", "Test"] : ["Actual"];
  if (!allowed.includes(status ?? ""))
    return `has status ${clip(status ?? "", 20)}: exercises and tests go to a simulated site only`;
  if (capTime(childText(alert, "sent")) === undefined)
    return "has no sent time with an offset (CAP 1.2 does not allow Z)";
  return undefined;
}

function alertReport(alert: XmlNode, sourceIncidentId: string, sentMs: number, nowMs: number): ReadResult {
  const info = children(alert, "info").find(isNode);
  if (info === undefined) return bad("The alert has no info.");
  const expires = childText(info, "expires");
  const expiresMs = capTime(expires);
  if (expires !== undefined && (expiresMs === undefined || expiresMs < nowMs)) return bad("The alert has expired.");
  const area = areaOf(info);
  if ("problem" in area) return bad(`The alert names no place to fly to: ${area.problem}.`);
  const event = clip(childText(info, "event") ?? "", 120);
  if (event === "") return bad("info: lacks event.");
  const roundsText = parameter(info, "rounds");
  const rounds = roundsText === undefined ? undefined : Number(roundsText);
  const draft: AlertDraft = {
    kind: "cap",
    sourceIncidentId,
    revision: sentMs,
    callType: /gun|shot/i.test(event) ? "SHOOT" : clip(event.toUpperCase(), 40),
    title: clip(childText(info, "headline") ?? event, 120),
    narrative: clip(childText(info, "description") ?? "", 2000),
    urgency: urgencyOf(info),
    place: { point: area.point, error: area.error, label: clip(areaLabel(info), 200) },
    occurredAtMs: capTime(childText(info, "onset")) ?? sentMs,
    vehicles: [],
    ...(rounds !== undefined && Number.isInteger(rounds) && rounds >= 1 && rounds <= 1000 ? { rounds } : {}),
  };
  return reports({ kind: "alert", draft });
}

const areaLabel = (info: XmlNode): string => {
  const area = children(info, "area").find(isNode);
  return area === undefined ? "" : (childText(area, "areaDesc") ?? "");
};

/** OASIS CAP 1.2. Latitude first, radius in kilometres, no document type, exercises only where everything is simulated. */
export const readCap: Reader = (bytes, context) => {
  if (bytes.byteLength > mostBytes) return bad("The message is larger than 1 MiB.", 400);
  const text = new TextDecoder().decode(bytes);
  // Prefixes are removed by the reader, so the namespace is looked for where it is declared.
  if (!text.includes(`"${namespace}"`) && !text.includes(`'${namespace}'`))
    return bad(`The message is not in the namespace ${namespace}.`);
  const read = readXml(text);
  if (read.kind === "bad") return bad(`The message ${read.why}.`, 400);
  const alert = children(read.root, "alert").find(isNode);
  if (alert === undefined) return bad("The message has no alert element.", 400);
  const problem = headProblem(alert, context);
  if (problem !== undefined) return bad(`The alert ${problem}.`);
  const own = clip(`${childText(alert, "sender")},${childText(alert, "identifier")}`, 200);
  const sentMs = capTime(childText(alert, "sent")) ?? 0;
  const about = referenceOf(alert);
  switch (childText(alert, "msgType")) {
    case "Alert":
      return alertReport(alert, own, sentMs, context.nowMs);
    case "Update":
      return about === undefined
        ? bad("An Update must have references.")
        : alertReport(alert, clip(about, 200), sentMs, context.nowMs);
    case "Cancel":
      return about === undefined
        ? bad("A Cancel must have references.")
        : reports({
            kind: "cancel",
            sourceIncidentId: clip(about, 200),
            reason: clip(childText(alert, "note") ?? "Cancelled by its sender.", 500),
            revision: sentMs,
          });
    default:
      return bad("msgType must be Alert, Update or Cancel.");
  }
};
