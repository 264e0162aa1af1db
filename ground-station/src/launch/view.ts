import type { LaunchBasis, LaunchView } from "@outrider/contract";
import type { IncidentBrief } from "./incidents.js";
import { isEnded, type Launch, phaseOf } from "./launch.js";

/** The card and what became of it, for a pilot's screen. */
export function launchView(launch: Launch, incident: IncidentBrief | undefined): LaunchView {
  const { offer } = launch;
  const restsOn = basisOf(launch, incident);
  return {
    launchId: launch.launchId,
    incidentId: launch.incidentId,
    incidentTitle: incident?.title ?? "",
    placeLabel: incident?.place.label ?? "",
    phase: phaseOf(launch),
    version: offer.version,
    policy: offer.policy,
    ruleText: offer.ruleText,
    choice: offer.choice,
    losers: offer.losers,
    gates: launch.gates,
    plan: offer.plan,
    picId: launch.picId,
    picName: launch.picName,
    nonce: offer.nonce,
    proposedMs: offer.proposedMs,
    expiresAtMs: offer.expiresAtMs,
    ifNothing: offer.ifNothing,
    note: noteOf(launch),
    unconfirmed: launch.unconfirmed,
    because: becauseOf(launch, restsOn),
    restsOn,
  };
}

function noteOf(launch: Launch): string {
  const { choice } = launch.offer;
  const { stage } = launch;
  switch (stage.kind) {
    case "approved":
    case "openingDock":
      return `${choice.dockName} opens.`;
    case "dockOpen":
    case "uploading":
      return `The plan goes to ${choice.callSign} and is read back.`;
    case "planReady":
    case "arming":
      return `${choice.callSign} arms.`;
    case "armed":
    case "starting":
    case "climbing":
      return `${choice.callSign} takes off.`;
    case "returning":
      return `Comes home: ${stage.why}.`;
    case "declined":
    case "refused":
    case "aborted":
      return stage.reason;
    case "expired":
      return "Nobody decided in time.";
    default:
      return "";
  }
}

/** What it rests on, as it was heard. */
function basisOf(launch: Launch, incident: IncidentBrief | undefined): LaunchBasis | undefined {
  const alerts = incident?.alerts ?? [];
  const newest = alerts[alerts.length - 1];
  if (newest === undefined) return undefined;
  return {
    reports: alerts.length,
    lastAgeS: Math.max(0, Math.round((launch.offer.proposedMs - newest.occurredAtMs) / 1000)),
    withinM: Math.round(newest.place.error.semiMajorM),
    realOf100: newest.realOf100 === undefined ? undefined : Math.round(newest.realOf100),
  };
}

/** For whoever reads it without a desk: its figures stand beside it. */
function becauseOf(launch: Launch, basis: LaunchBasis | undefined): string {
  if (basis === undefined) return isEnded(launch) ? "" : "The report has been cancelled.";
  const { lastAgeS, withinM, realOf100 } = basis;
  const reports = basis.reports === 1 ? "One report" : `${basis.reports} reports`;
  const age = `${Math.floor(lastAgeS / 60)}:${String(lastAgeS % 60).padStart(2, "0")}`;
  const odds = realOf100 === undefined ? "" : ` ${realOf100} of 100 like it were real.`;
  return `${reports}, the last ${age} before this card, within ${withinM} m.${odds}`;
}
