import { type IncidentSummary, type IncidentView, needsPlace } from "@outrider/contract";
import type { Incident } from "./incident-state.js";
import { duration, type Speech, timelineLine } from "./words/index.js";

export function summaryOf(incident: Incident): IncidentSummary {
  const { incidentId, number, title, place, callType, urgency, openedMs, closed, launchId, uid, notPossible } =
    incident;
  const alerts = incident.alerts.map(({ alert }) => ({
    alertId: alert.alertId,
    kind: alert.kind,
    title: alert.title,
    place: alert.place,
    occurredAtMs: alert.occurredAtMs,
    receivedAtMs: alert.receivedAtMs,
    narrative: alert.narrative,
    signed: alert.signed,
  }));
  return {
    ...{ incidentId, number, title, place, callType, urgency, openedMs, closed, alerts, launchId, uid, notPossible },
    ...addressOf(incident),
  };
}

/** The address that somebody has to put on the map, while no report of it has a position. */
function addressOf({ alerts, closed }: Incident): Pick<IncidentSummary, "needsPlace"> {
  const standing = alerts.filter((held) => !held.cancelled).map(({ alert }) => alert);
  const first = standing[0];
  return closed || first === undefined || !standing.every(needsPlace) ? {} : { needsPlace: first.place.label };
}

/** What stands where: one sentence fit for the radio. Never more than what is known, and says so. */
export function sentenceOf(incident: Incident, nowMs: number, speech: Speech): string {
  const ago = duration((nowMs - incident.clock.eventMs) / 1000);
  const standing = incident.alerts.filter((held) => !held.cancelled);
  if (standing.length === 0 && incident.alerts.length > 0)
    return `${incident.title}, ${incident.place.label}: taken back by its source.`;
  const sources = standing.length > 1 ? `, ${standing.length} reports` : "";
  const doubt = incident.kind === "gunshot" ? ", unconfirmed" : "";
  const head = `${incident.title}, ${incident.place.label}, ${ago} ago${sources}${doubt}.`;
  return `${head} ${aircraftWords(incident, speech)}`.trim();
}

function aircraftWords(incident: Incident, speech: Speech): string {
  if (incident.uid === undefined) return incident.notPossible === undefined ? "" : "No aircraft can come.";
  const callSign = speech.callSign(incident.uid);
  if (incident.clock.cameraOnTargetMs !== undefined) return `${callSign} has its camera on it.`;
  if (incident.clock.liftOffMs !== undefined) return `${callSign} is on the way.`;
  switch (incident.outcome) {
    case "declined":
    case "expired":
    case "refused":
    case "aborted":
    case "notPossible":
      return "No aircraft is on the way.";
    default:
      return incident.clock.decidedMs === undefined ? `${callSign} is proposed.` : `${callSign} gets ready.`;
  }
}

/** The incident's own part of its view; cameras, hits, advice and the rest come from the rooms that own them. */
export function incidentView(incident: Incident, nowMs: number, speech: Speech): IncidentView {
  return {
    ...summaryOf(incident),
    clock: incident.clock,
    timeline: incident.facts.flatMap((fact) => timelineLine(fact, speech) ?? []),
    sentence: sentenceOf(incident, nowMs, speech),
    asks: [],
    cameras: [],
    nobodySees: "",
    hits: [],
    advice: [],
    observations: [],
    couldBe: undefined,
    purposeNeeded: true,
    officerLinks: [],
  };
}
