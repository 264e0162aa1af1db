import { type Actor, type Alert, type GeoPoint, type NewFact, needsPlace, newFact } from "@outrider/contract";
import { essenceOf, type Incident, type IncidentState, sourceKey } from "./incident-state.js";

export type MergeLimits = { readonly mergeWithinM: number; readonly mergeWithinS: number };

export type AlertDecision =
  | { readonly kind: "new"; readonly alertId: string; readonly incidentId: string; readonly facts: readonly NewFact[] }
  /** The same was said before (or something newer): nothing happens, the answer is the same. */
  | { readonly kind: "known"; readonly alertId: string; readonly incidentId: string }
  | { readonly kind: "conflict"; readonly why: string };

export type AlertInput = {
  readonly alert: Alert;
  readonly by: Actor;
  readonly incidentId: string;
  readonly nowMs: number;
  readonly limits: MergeLimits;
  readonly distanceM: (from: GeoPoint, to: GeoPoint) => number;
};

type Near = { readonly incident: Incident; readonly distanceM: number; readonly gapS: number };

/** The shortest degree of latitude on the ellipsoid, at the equator. */
const LATITUDE_DEGREE_M = 110_574;

/** Mostly latitude alone settles it; the distance is exact and dear, and there may be hundreds of open incidents. */
const isFarNorth = (a: GeoPoint, b: GeoPoint, withinM: number): boolean =>
  Math.abs(a.latDeg - b.latDeg) * LATITUDE_DEGREE_M > withinM;

/** The open incident that this alert is about, if one is near in place and time. */
function findNear(input: AlertInput, state: IncidentState): Near | undefined {
  let best: Near | undefined;
  // What is nowhere yet is near nothing.
  if (needsPlace(input.alert)) return undefined;
  for (const incident of state.byId.values()) {
    if (incident.closed) continue;
    for (const held of incident.alerts) {
      // What was withdrawn draws nothing new to itself: the new alert is a new event.
      if (held.cancelled || needsPlace(held.alert)) continue;
      const gapS = Math.abs(held.alert.occurredAtMs - input.alert.occurredAtMs) / 1000;
      if (gapS > input.limits.mergeWithinS) continue;
      if (isFarNorth(held.alert.place.point, input.alert.place.point, input.limits.mergeWithinM)) continue;
      const distanceM = input.distanceM(held.alert.place.point, input.alert.place.point);
      if (distanceM > input.limits.mergeWithinM) continue;
      if (best === undefined || distanceM < best.distanceM) best = { incident, distanceM, gapS };
    }
  }
  return best;
}

const yearOf = (tMs: number): number => new Date(tMs).getUTCFullYear();

/** Like 26-00001: two digits of the year and a count of that year. */
export function nextNumber(state: IncidentState, nowMs: number): string {
  const year = yearOf(nowMs);
  const count = (state.countOfYear.get(year) ?? 0) + 1;
  return `${String(year % 100).padStart(2, "0")}-${String(count).padStart(5, "0")}`;
}

/** Of 100 closed incidents that this source began, how many were real; told only from 10 on, below that it is noise. */
export function realOf100(state: IncidentState, sourceId: string): number | undefined {
  const truth = state.truth.get(sourceId);
  const closed = truth === undefined ? 0 : truth.real + truth.notReal;
  return truth === undefined || closed < 10 ? undefined : Math.round((100 * truth.real) / closed);
}

function mergedTitle(incident: Incident, alert: Alert): string {
  if (incident.title.includes(alert.title)) return incident.title;
  return `${incident.title} + ${alert.title.charAt(0).toLowerCase()}${alert.title.slice(1)}`.slice(0, 120);
}

/** Opens an incident, merges into one near in place and time, updates, or says that nothing is new. */
export function decideAlert(input: AlertInput, state: IncidentState): AlertDecision {
  const held = state.bySource.get(sourceKey(input.alert.sourceId, input.alert.sourceIncidentId));
  if (held !== undefined) return decideKnown(input, held, state);
  const share = realOf100(state, input.alert.sourceId);
  const alert: Alert = share === undefined ? input.alert : { ...input.alert, realOf100: share };
  const received = newFact("AlertReceived", { alert }, input.by);
  const near = findNear(input, state);
  if (near === undefined) {
    const { alertId, kind, title, callType, place, urgency } = alert;
    const number = nextNumber(state, input.nowMs);
    const opened = newFact(
      "IncidentOpened",
      { incidentId: input.incidentId, number, alertId, kind, title, callType, place, urgency },
      input.by,
    );
    return { kind: "new", alertId, incidentId: input.incidentId, facts: [received, opened] };
  }
  const { incidentId } = near.incident;
  const merged = newFact(
    "AlertMerged",
    {
      incidentId,
      alertId: alert.alertId,
      kind: alert.kind,
      distanceM: near.distanceM,
      gapS: near.gapS,
      title: mergedTitle(near.incident, alert),
      place: alert.place,
    },
    input.by,
  );
  return { kind: "new", alertId: alert.alertId, incidentId, facts: [received, merged] };
}

function decideKnown(
  input: AlertInput,
  held: NonNullable<ReturnType<IncidentState["bySource"]["get"]>>,
  state: IncidentState,
): AlertDecision {
  const known = { kind: "known", alertId: held.alertId, incidentId: held.incidentId } as const;
  const { alert } = input;
  if (alert.revision < held.revision) return known;
  const updated: Alert = { ...keepPlace(alert, held, state), alertId: held.alertId };
  if (alert.revision === held.revision) {
    if (essenceOf(updated) === held.essence || held.cancelled) return known;
    return {
      kind: "conflict",
      why: `revision ${alert.revision} of ${alert.sourceIncidentId} was sent before with other content`,
    };
  }
  return {
    kind: "new",
    alertId: held.alertId,
    incidentId: held.incidentId,
    facts: [newFact("AlertUpdated", { incidentId: held.incidentId, alert: updated }, input.by)],
  };
}

/** A source that says more about its address does not undo where it was put on the map; one that gives a position does. */
function keepPlace(
  alert: Alert,
  { alertId, incidentId }: { readonly alertId: string; readonly incidentId: string },
  state: IncidentState,
): Alert {
  const before = state.byId.get(incidentId)?.alerts.find((one) => one.alert.alertId === alertId)?.alert;
  const stays =
    alert.addressOnly === true && before?.placedBy !== undefined && before.place.label === alert.place.label;
  return stays ? { ...alert, place: before.place, placedBy: before.placedBy } : alert;
}

export type CancelDecision =
  | {
      readonly kind: "cancelled";
      readonly alertId: string;
      readonly incidentId: string;
      readonly facts: readonly NewFact[];
    }
  | { readonly kind: "known"; readonly alertId: string; readonly incidentId: string }
  | { readonly kind: "unknown" };

/** A source takes its alert back: the fact stays, the launch stops. */
export function decideCancel(
  wish: { sourceId: string; sourceIncidentId: string; reason: string; by: Actor },
  state: IncidentState,
): CancelDecision {
  const held = state.bySource.get(sourceKey(wish.sourceId, wish.sourceIncidentId));
  if (held === undefined) return { kind: "unknown" };
  const { alertId, incidentId } = held;
  if (held.cancelled) return { kind: "known", alertId, incidentId };
  const fact = newFact("AlertCancelled", { incidentId, alertId, reason: wish.reason }, wish.by);
  return { kind: "cancelled", alertId, incidentId, facts: [fact] };
}
