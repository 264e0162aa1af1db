import type { IncidentBrief, Incidents } from "./incidents.js";
import type { Launch } from "./launch.js";

/** Said once a minute while it lasts. */
const FLOOD_STANDS_MS = 90_000;

/** The source that alone speaks for an incident, where that source floods now. */
export function floodingSource(
  incident: IncidentBrief,
  floods: Incidents["floods"],
  nowMs: number,
): string | undefined {
  const sources = new Set(incident.alerts.map((alert) => alert.sourceId));
  const [only] = sources;
  if (only === undefined || sources.size > 1) return undefined;
  const saidMs = floods.get(only);
  return saidMs !== undefined && nowMs - saidMs < FLOOD_STANDS_MS ? only : undefined;
}

/**
 * Whether a source that floods has its share: half of the aircraft, one at least. A sensor gone mad, or somebody who got
 * hold of its key, must not take every aircraft from the call of a person (security reference, "Alert flood").
 */
export function hasItsShare(
  sourceId: string,
  launches: Iterable<Launch>,
  incidents: Incidents,
  aircraft: number,
  nowMs: number,
): boolean {
  let held = 0;
  for (const { stage, incidentId } of launches) {
    const incident = incidents.open.get(incidentId);
    const waits = stage.kind === "proposed" && incident !== undefined;
    if (waits && floodingSource(incident, incidents.floods, nowMs) === sourceId) held++;
  }
  return held >= Math.max(1, Math.floor(aircraft / 2));
}
