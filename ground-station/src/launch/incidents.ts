import type { Alert, Fact, Place } from "@outrider/contract";

/** What the launch rooms keep of an incident: enough to propose for it, no more. */
export type IncidentBrief = {
  readonly incidentId: string;
  readonly number: string;
  readonly title: string;
  readonly callType: string;
  readonly place: Place;
  readonly urgency: number;
  readonly openedMs: number;
  /** Alerts that stand: cancelled ones are gone. */
  readonly alerts: readonly Alert[];
  readonly launchId: string | undefined;
  /** What was last proposed to relieve that launch. */
  readonly reliefId: string | undefined;
  /** Asks for another aircraft, by id: what was asked is not in the answer. */
  readonly asked: readonly string[];
  /** Why nothing could be launched, until something could. */
  readonly notPossible: readonly { readonly code: string; readonly text: string }[] | undefined;
  /** The PIC or the policy has said no: it is not offered again by itself. */
  readonly decided: boolean;
};

export type Incidents = {
  /** Alerts heard that are not yet part of an incident. */
  readonly loose: ReadonlyMap<string, Alert>;
  readonly open: ReadonlyMap<string, IncidentBrief>;
  /** Sources that flooded, with when that was last said. */
  readonly floods: ReadonlyMap<string, number>;
};

export const noIncidents: Incidents = { loose: new Map(), open: new Map(), floods: new Map() };
const MOST_LOOSE = 100;
const KEPT_ASKS = 20;

export function evolveIncidents(state: Incidents, fact: Fact): Incidents {
  switch (fact.type) {
    case "AlertReceived":
      return hear(state, fact.data.alert);
    case "IncidentOpened": {
      const { incidentId, number, title, callType, place, urgency, alertId } = fact.data;
      const alert = state.loose.get(alertId);
      const brief: IncidentBrief = {
        incidentId,
        number,
        title,
        callType,
        place,
        urgency,
        openedMs: fact.tMs,
        alerts: alert === undefined ? [] : [alert],
        launchId: undefined,
        reliefId: undefined,
        asked: [],
        notPossible: undefined,
        decided: false,
      };
      return put({ ...state, loose: without(state.loose, alertId) }, brief);
    }
    case "AlertMerged": {
      const { incidentId, alertId, title, place } = fact.data;
      const alert = state.loose.get(alertId);
      const loose = without(state.loose, alertId);
      return change({ ...state, loose }, incidentId, (brief) => ({
        title,
        place,
        urgency: Math.max(brief.urgency, alert?.urgency ?? 0),
        alerts: alert === undefined ? brief.alerts : [...brief.alerts.filter((one) => one.alertId !== alertId), alert],
      }));
    }
    case "AlertUpdated": {
      const { alert } = fact.data;
      return change(state, fact.data.incidentId, (brief) => ({
        alerts: brief.alerts.map((one) => (one.alertId === alert.alertId ? alert : one)),
        ...(brief.alerts.length === 1 ? { place: alert.place, callType: alert.callType } : {}),
      }));
    }
    case "AlertCancelled":
      return change(state, fact.data.incidentId, (brief) => ({
        alerts: brief.alerts.filter((one) => one.alertId !== fact.data.alertId),
      }));
    case "SourceFlooding":
      return { ...state, floods: new Map(state.floods).set(fact.data.sourceId, fact.tMs) };
    case "IncidentClosed":
      return { ...state, open: without(state.open, fact.data.incidentId) };
    default:
      return evolveLaunched(state, fact);
  }
}

/** What was proposed for an incident, asked for, and said of it. */
function evolveLaunched(state: Incidents, fact: Fact): Incidents {
  switch (fact.type) {
    case "LaunchProposed": {
      const { launchId, reliefFor } = fact.data;
      const which = reliefFor === undefined ? { launchId } : { reliefId: launchId };
      return change(state, fact.data.incidentId, () => ({ ...which, notPossible: undefined }));
    }
    case "AskMade": {
      const { ask, askId } = fact.data;
      if (ask.kind !== "aircraft") return state;
      return change(state, fact.data.incidentId, (brief) => ({ asked: [...brief.asked, askId].slice(-KEPT_ASKS) }));
    }
    case "OnScene": {
      const { launchId } = fact.data;
      return change(state, fact.data.incidentId, (brief) =>
        brief.reliefId === launchId ? { launchId, reliefId: undefined } : {},
      );
    }
    case "LaunchNotPossible":
      return change(state, fact.data.incidentId, () => ({ notPossible: fact.data.reasons }));
    case "LaunchDeclined":
    case "LaunchExpired":
    case "FlightClosed":
      return change(state, fact.data.incidentId, () => ({ decided: true }));
    default:
      return state;
  }
}

function hear(state: Incidents, alert: Alert): Incidents {
  const loose = new Map(state.loose).set(alert.alertId, alert);
  const oldest = loose.size > MOST_LOOSE ? loose.keys().next().value : undefined;
  if (oldest !== undefined) loose.delete(oldest);
  return { ...state, loose };
}

function without<V>(map: ReadonlyMap<string, V>, key: string): ReadonlyMap<string, V> {
  const next = new Map(map);
  next.delete(key);
  return next;
}

const put = (state: Incidents, brief: IncidentBrief): Incidents => ({
  ...state,
  open: new Map(state.open).set(brief.incidentId, brief),
});

function change(
  state: Incidents,
  incidentId: string,
  with_: (brief: IncidentBrief) => Partial<IncidentBrief>,
): Incidents {
  const brief = state.open.get(incidentId);
  return brief === undefined ? state : put(state, { ...brief, ...with_(brief) });
}
