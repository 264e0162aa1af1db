import { type Actor, type Alert, type GeoPoint, type NewFact, needsPlace, newFact } from "@outrider/contract";
import type { Incident } from "./incident-state.js";

export type PlaceDecision =
  | { readonly kind: "set"; readonly facts: readonly NewFact[] }
  | { readonly kind: "refused"; readonly reason: string; readonly doThis: string };

/** A person puts a call that has only an address on the map. The source's own position is never moved. */
export function decideSetPlace(
  incident: Incident,
  wish: { readonly point: GeoPoint; readonly radiusM: number },
  by: Actor,
): PlaceDecision {
  if (incident.closed) return { kind: "refused", reason: "The incident is closed.", doThis: "Open a new one." };
  const alerts = incident.alerts
    .filter((held) => !held.cancelled && (needsPlace(held.alert) || held.alert.placedBy !== undefined))
    .map(({ alert }) => alert);
  if (alerts.length === 0)
    return {
      kind: "refused",
      reason: "The place was given by its source.",
      doThis: "Write a note, or ask for a look at another place.",
    };
  const error = { semiMajorM: wish.radiusM, semiMinorM: wish.radiusM, bearingDeg: 0 };
  const facts = alerts.flatMap((before): NewFact[] => {
    const place = { point: wish.point, error, label: before.place.label };
    const alert: Alert = { ...before, place, placedBy: "person" };
    const text = `Put on the map by a person, within ${Math.round(wish.radiusM)} m.`;
    return [
      newFact(
        "PlaceSet",
        { incidentId: incident.incidentId, alertId: alert.alertId, place, address: before.place.label, text },
        by,
      ),
      newFact("AlertUpdated", { incidentId: incident.incidentId, alert }, by),
    ];
  });
  return { kind: "set", facts };
}
