import type { Alert, Fact, FactOf, Place } from "@outrider/contract";
import type { Room } from "../kernel/index.js";
import { incidentOfFact } from "./incident-of-fact.js";
import {
  essenceOf,
  type HeldAlert,
  type Incident,
  type IncidentState,
  newIncidentState,
  sourceKey,
} from "./incident-state.js";
import { hasFlown, whatItDoesAfter } from "./what-it-does.js";

const sizeOf = (place: Place): number => place.error.semiMajorM;

/** The best known place: the smallest error among what still stands. */
function bestPlace(alerts: readonly HeldAlert[], fallback: Place): Place {
  const standing = alerts.filter((held) => !held.cancelled).map((held) => held.alert.place);
  return standing.reduce((best, place) => (sizeOf(place) < sizeOf(best) ? place : best), standing[0] ?? fallback);
}

function change(state: IncidentState, incidentId: string, next: (incident: Incident) => Partial<Incident>): void {
  const incident = state.byId.get(incidentId);
  if (incident !== undefined) state.byId.set(incidentId, { ...incident, ...next(incident) });
}

function rememberAlert(state: IncidentState, alert: Alert, incidentId: string, cancelled = false): void {
  state.bySource.set(sourceKey(alert.sourceId, alert.sourceIncidentId), {
    alertId: alert.alertId,
    incidentId,
    revision: alert.revision,
    essence: essenceOf(alert),
    cancelled,
  });
}

function open(state: IncidentState, fact: FactOf<"IncidentOpened">): void {
  const { incidentId, alertId, number, kind, title, callType, place, urgency } = fact.data;
  const arriving = state.arriving.get(alertId);
  state.arriving.delete(alertId);
  const alerts = arriving === undefined ? [] : [{ alert: arriving.alert, cancelled: false }];
  if (arriving) rememberAlert(state, arriving.alert, incidentId);
  const year = new Date(fact.tMs).getUTCFullYear();
  state.countOfYear.set(year, (state.countOfYear.get(year) ?? 0) + 1);
  state.byId.set(incidentId, {
    incidentId,
    number,
    title,
    kind,
    callType,
    place,
    urgency,
    openedMs: fact.tMs,
    closed: false,
    real: undefined,
    alerts,
    clock: {
      eventMs: arriving?.alert.occurredAtMs ?? fact.tMs,
      alertMs: arriving?.alert.receivedAtMs ?? fact.tMs,
      proposedMs: undefined,
      decidedMs: undefined,
      liftOffMs: undefined,
      cameraOnTargetMs: undefined,
    },
    launchId: undefined,
    uid: undefined,
    whatItDoes: "nothing",
    linkLost: false,
    bridgeLost: false,
    notPossible: undefined,
    outcome: "open",
    facts: arriving === undefined ? [] : [arriving.fact],
  });
}

function merge(state: IncidentState, fact: FactOf<"AlertMerged">): void {
  const { alertId, incidentId } = fact.data;
  const arriving = state.arriving.get(alertId);
  state.arriving.delete(alertId);
  if (arriving === undefined) return;
  rememberAlert(state, arriving.alert, incidentId);
  change(state, incidentId, (incident) => {
    const alerts = [...incident.alerts, { alert: arriving.alert, cancelled: false }];
    return {
      alerts,
      place: bestPlace(alerts, incident.place),
      title: fact.data.title,
      urgency: Math.max(incident.urgency, arriving.alert.urgency),
      facts: [...incident.facts, arriving.fact],
    };
  });
}

function update(state: IncidentState, fact: FactOf<"AlertUpdated">): void {
  const { alert, incidentId } = fact.data;
  rememberAlert(state, alert, incidentId);
  change(state, incidentId, (incident) => {
    const alerts = incident.alerts.map((held) =>
      held.alert.alertId === alert.alertId ? { alert, cancelled: false } : held,
    );
    return { alerts, place: bestPlace(alerts, incident.place), urgency: alert.urgency };
  });
}

function cancel(state: IncidentState, fact: FactOf<"AlertCancelled">): void {
  const { alertId, incidentId } = fact.data;
  change(state, incidentId, (incident) => {
    const alerts = incident.alerts.map((held) =>
      held.alert.alertId === alertId ? { ...held, cancelled: true } : held,
    );
    const alert = alerts.find((held) => held.alert.alertId === alertId)?.alert;
    if (alert) rememberAlert(state, alert, incidentId, true);
    return { alerts, place: bestPlace(alerts, incident.place) };
  });
}

function close(state: IncidentState, fact: FactOf<"IncidentClosed">): void {
  const { real, incidentId } = fact.data;
  change(state, incidentId, () => ({ closed: true, real }));
  const source = state.byId.get(incidentId)?.alerts[0]?.alert.sourceId;
  if (source === undefined || real === "unknown") return;
  const held = state.truth.get(source) ?? { real: 0, notReal: 0 };
  state.truth.set(source, {
    real: held.real + (real === "real" ? 1 : 0),
    notReal: held.notReal + (real === "not-real" ? 1 : 0),
  });
}

const first = (held: number | undefined, tMs: number): number => held ?? tMs;

/** A relief is not the incident's aircraft before it is there: until then the one that it relieves is spoken of. */
function relieves(state: IncidentState, fact: Fact, incidentId: string): boolean {
  if (fact.type === "LaunchProposed" && fact.data.reliefFor !== undefined) {
    state.incidentOfLaunch.set(fact.data.launchId, incidentId);
    state.reliefs.add(fact.data.launchId);
    return true;
  }
  const launchId = "launchId" in fact.data ? fact.data.launchId : undefined;
  if (launchId === undefined || !state.reliefs.has(launchId)) return false;
  if (fact.type === "LaunchApproved") state.incidentOfUid.set(fact.data.uid, incidentId);
  if (fact.type === "OnScene") {
    state.reliefs.delete(launchId);
    change(state, incidentId, () => ({ launchId, uid: fact.data.uid }));
  }
  return fact.type !== "OnScene" && fact.type !== "Docked" && fact.type !== "FlightClosed";
}

/** What launches and flights mean for the incident: its clock and its outcome. */
function followLaunch(state: IncidentState, fact: Fact, incidentId: string): void {
  const clock = (next: Partial<Incident["clock"]>, more: Partial<Incident> = {}): void =>
    change(state, incidentId, (incident) => ({ ...more, clock: { ...incident.clock, ...next } }));
  const held = state.byId.get(incidentId)?.clock;
  if (relieves(state, fact, incidentId)) return;
  switch (fact.type) {
    case "LaunchProposed":
      state.incidentOfLaunch.set(fact.data.launchId, incidentId);
      clock(
        { proposedMs: first(held?.proposedMs, fact.tMs) },
        { launchId: fact.data.launchId, uid: fact.data.choice.uid, notPossible: undefined, outcome: "open" },
      );
      break;
    case "LaunchApproved":
    case "VetoWindowElapsed":
      state.incidentOfUid.set(fact.data.uid, incidentId);
      clock({ decidedMs: first(held?.decidedMs, fact.tMs) }, { uid: fact.data.uid, outcome: "open" });
      break;
    case "LaunchDeclined":
      clock({ decidedMs: first(held?.decidedMs, fact.tMs) }, { outcome: "declined" });
      break;
    case "LaunchExpired":
      change(state, incidentId, () => ({ outcome: "expired" }));
      break;
    case "LaunchRefused":
      change(state, incidentId, () => ({ outcome: "refused" }));
      break;
    case "LaunchAborted":
      change(state, incidentId, () => ({ outcome: "aborted" }));
      break;
    case "LaunchNotPossible":
      change(state, incidentId, () => ({ notPossible: fact.data.reasons, outcome: "notPossible" }));
      break;
    case "Airborne":
      clock({ liftOffMs: first(held?.liftOffMs, fact.tMs) });
      break;
    case "CameraOnTarget":
      clock({ cameraOnTargetMs: first(held?.cameraOnTargetMs, fact.tMs) }, { outcome: "arrived" });
      break;
    case "Docked":
    case "FlightClosed":
      if (state.incidentOfUid.get(fact.data.uid) === incidentId) state.incidentOfUid.delete(fact.data.uid);
      change(state, incidentId, (incident) =>
        incident.uid === fact.data.uid
          ? { uid: undefined, whatItDoes: hasFlown(incident.whatItDoes) ? "left" : "nothing" }
          : {},
      );
      break;
    default:
      break;
  }
}

function apply(state: IncidentState, fact: Fact): void {
  switch (fact.type) {
    case "AlertReceived":
      state.arriving.set(fact.data.alert.alertId, { alert: fact.data.alert, fact });
      break;
    case "IncidentOpened":
      open(state, fact);
      break;
    case "AlertMerged":
      merge(state, fact);
      break;
    case "AlertUpdated":
      update(state, fact);
      break;
    case "AlertCancelled":
      cancel(state, fact);
      break;
    case "IncidentClosed":
      close(state, fact);
      break;
    case "BridgeLost":
    case "BridgeBack":
      for (const incidentId of state.incidentOfUid.values())
        change(state, incidentId, () => ({ bridgeLost: fact.type === "BridgeLost" }));
      break;
    case "PurposeGiven":
      if (fact.data.incidentId !== undefined) state.incidentOfPurpose.set(fact.data.purposeId, fact.data.incidentId);
      break;
    default:
      break;
  }
}

/**
 * Incidents, from facts of every room. The maps are changed in place: the state belongs to the kernel alone, and a
 * copy of ten thousand incidents for each fact would cost more than everything else a fact does.
 */
export const incidentRoom: Room<IncidentState> = {
  name: "incidents",
  initial: newIncidentState,
  evolve(state, fact) {
    apply(state, fact);
    // Before its launch's end is applied, a fact of that end still belongs to the incident.
    const incidentId = incidentOfFact(state, fact);
    if (incidentId === undefined) return state;
    followLaunch(state, fact, incidentId);
    change(state, incidentId, (incident) => whatItDoesAfter(incident, fact));
    change(state, incidentId, (incident) => ({ facts: [...incident.facts, fact] }));
    return state;
  },
};
