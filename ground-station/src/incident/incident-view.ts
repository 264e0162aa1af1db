import { assertNever, type IncidentSummary, type IncidentView, needsPlace } from "@outrider/contract";
import type { Incident } from "./incident-state.js";
import { hasFlown } from "./what-it-does.js";
import { type Speech, timelineLine } from "./words/index.js";

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
  const ago = agoWords((nowMs - incident.clock.eventMs) / 1000);
  const standing = incident.alerts.filter((held) => !held.cancelled);
  if (standing.length === 0 && incident.alerts.length > 0)
    return `${incident.title}, ${incident.place.label}: taken back by its source.`;
  const sources = standing.length > 1 ? `, ${standing.length} reports` : "";
  const doubt = incident.kind === "gunshot" ? ", unconfirmed" : "";
  const head = `${incident.title}, ${incident.place.label}, ${ago}${sources}${doubt}.`;
  return `${head} ${aircraftWords(incident, speech)}`.trim();
}

function aircraftWords(incident: Incident, speech: Speech): string {
  if (incident.uid === undefined) {
    if (incident.notPossible !== undefined) return "No aircraft can come.";
    return incident.whatItDoes === "left" ? "No aircraft is there now." : "";
  }
  const callSign = speech.callSign(incident.uid);
  if ((incident.linkLost || incident.bridgeLost) && hasFlown(incident.whatItDoes))
    return `No contact with ${callSign}.`;
  switch (incident.whatItDoes) {
    case "comes":
      return `${callSign} is on the way.`;
    case "isOverhead":
      return `${callSign} is overhead.`;
    case "watches":
      return `${callSign} has its camera on it.`;
    case "left":
      return `${callSign} is not there any more.`;
    case "flies":
      return `${callSign} is in the air.`;
    case "isProposed":
      return `${callSign} is proposed.`;
    case "getsReady":
      return `${callSign} gets ready.`;
    case "nothing":
      return "No aircraft is on the way.";
    default:
      return assertNever(incident.whatItDoes);
  }
}

/** As it is said by voice: nobody says a hundred and six seconds. */
function agoWords(seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  return s < 100 ? `${s} s ago` : `${Math.round(s / 60)} min ago`;
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
