import type { IncidentSummary } from "@outrider/contract";

const MOST_OPEN = 20;
const MOST_CLOSED = 3;

/** The incidents beside the one on the desk: open ones first, newest first; of the closed ones the newest few. */
export function otherIncidents(
  incidents: readonly IncidentSummary[],
  chosenId: string | undefined,
): { readonly shown: readonly IncidentSummary[]; readonly moreOpen: number } {
  const others = incidents.filter((one) => one.incidentId !== chosenId).sort((a, b) => b.openedMs - a.openedMs);
  const open = others.filter((one) => !one.closed);
  const closed = others.filter((one) => one.closed).slice(0, MOST_CLOSED);
  return { shown: [...open.slice(0, MOST_OPEN), ...closed], moreOpen: Math.max(0, open.length - MOST_OPEN) };
}
