import type { LaunchView } from "@outrider/contract";
import type { IncidentBrief } from "./incidents.js";
import { isEnded, type Launch, phaseOf } from "./launch.js";

/** The card and what became of it, for a pilot's screen. */
export function launchView(launch: Launch, incident: IncidentBrief | undefined): LaunchView {
  const { offer } = launch;
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
    because: becauseOf(launch, incident),
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
function becauseOf(launch: Launch, incident: IncidentBrief | undefined): string {
  const alerts = incident?.alerts ?? [];
  const newest = alerts[alerts.length - 1];
  if (newest === undefined) return isEnded(launch) ? "" : "The report has been cancelled.";
  const ageS = Math.max(0, Math.round((launch.offer.proposedMs - newest.occurredAtMs) / 1000));
  const reports = alerts.length === 1 ? "One report" : `${alerts.length} reports`;
  const odds = newest.realOf100 === undefined ? "" : ` ${Math.round(newest.realOf100)} of 100 like it were real.`;
  return `${reports}, the last ${ageS} s before this card, within ${Math.round(newest.place.error.semiMajorM)} m.${odds}`;
}
