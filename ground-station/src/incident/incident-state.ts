import type { Alert, AlertKind, Fact, FactData, IncidentClock, Place } from "@outrider/contract";
import { canonicalText } from "../record/index.js";
import type { WhatItDoes } from "./what-it-does.js";

export type HeldAlert = { readonly alert: Alert; readonly cancelled: boolean };

/** One incident as the facts so far say. Objects are never changed in place; the maps of the room's state are. */
export type Incident = {
  readonly incidentId: string;
  readonly number: string;
  readonly title: string;
  readonly kind: AlertKind;
  readonly callType: string;
  readonly place: Place;
  readonly urgency: number;
  readonly openedMs: number;
  readonly closed: boolean;
  readonly real: "real" | "not-real" | "unknown" | undefined;
  readonly alerts: readonly HeldAlert[];
  readonly clock: IncidentClock;
  readonly launchId: string | undefined;
  readonly uid: string | undefined;
  readonly whatItDoes: WhatItDoes;
  /** Its aircraft is not heard by the bridge, or the bridge not by us. */
  readonly linkLost: boolean;
  readonly bridgeLost: boolean;
  readonly notPossible: FactData<"LaunchNotPossible">["reasons"] | undefined;
  readonly outcome: "open" | "arrived" | "declined" | "expired" | "refused" | "aborted" | "notPossible";
  readonly facts: readonly Fact[];
};

/** What a source has told so far under one of its ids. */
export type SourceEntry = {
  readonly alertId: string;
  readonly incidentId: string;
  readonly revision: number;
  readonly essence: string;
  readonly cancelled: boolean;
};

export type IncidentState = {
  readonly byId: Map<string, Incident>;
  readonly bySource: Map<string, SourceEntry>;
  readonly incidentOfLaunch: Map<string, string>;
  /** Launches that are to relieve another and are not there yet. */
  readonly reliefs: Set<string>;
  /** Which incident an aircraft works for now. */
  readonly incidentOfUid: Map<string, string>;
  readonly incidentOfPurpose: Map<string, string>;
  /** Received and not yet opened or merged: within one commit only. */
  readonly arriving: Map<string, { readonly alert: Alert; readonly fact: Fact }>;
  readonly countOfYear: Map<number, number>;
  /** Closed incidents by the source of their first alert. */
  readonly truth: Map<string, { readonly real: number; readonly notReal: number }>;
};

export const newIncidentState = (): IncidentState => ({
  byId: new Map(),
  bySource: new Map(),
  incidentOfLaunch: new Map(),
  reliefs: new Set(),
  incidentOfUid: new Map(),
  incidentOfPurpose: new Map(),
  arriving: new Map(),
  countOfYear: new Map(),
  truth: new Map(),
});

export const sourceKey = (sourceId: string, sourceIncidentId: string): string => `${sourceId}\n${sourceIncidentId}`;

/** Everything of an alert but what this station adds: two requests with one essence said the same. */
export function essenceOf(alert: Alert): string {
  const { alertId: _, receivedAtMs: __, realOf100: ___, signed: ____, placedBy: _____, ...said } = alert;
  // Where somebody has put an address is this station's word, not the source's.
  return canonicalText(alert.addressOnly === true ? { ...said, place: alert.place.label } : said);
}
