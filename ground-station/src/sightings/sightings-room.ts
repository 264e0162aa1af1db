import type { Fact, FactData, FactOf, GeoPoint, Place, VehicleDescription } from "@outrider/contract";
import type { Room } from "../kernel/index.js";

export type Sighting = {
  readonly readId: string;
  readonly place: Place;
  readonly atMs: number;
  readonly headingDeg: number | undefined;
};

export type SoughtVehicle = {
  readonly vehicleId: string;
  readonly incidentId: string;
  readonly description: VehicleDescription;
  readonly lastSeen: Place;
  readonly seenAtMs: number;
  /** Confirmed by a person, in the order of their times. */
  readonly sightings: readonly Sighting[];
};

export type HitEntry = {
  readonly data: FactData<"HitFound">;
  readonly foundMs: number;
  readonly state: "unread" | "same" | "not-same" | "cannot-tell" | "second-needed";
  readonly by: string | undefined;
  /** Who said yes first: the second yes must come from somebody else. */
  readonly firstYesId: string | undefined;
};

export type OpenIncident = {
  readonly incidentId: string;
  readonly number: string;
  readonly place: Place;
  readonly eventMs: number;
};

export type Purpose = FactData<"PurposeGiven">;

/** The maps are changed in place: the state belongs to the kernel alone. */
export type SightingsState = {
  readonly incidents: Map<string, OpenIncident>;
  readonly vehicles: Map<string, SoughtVehicle>;
  readonly hits: Map<string, HitEntry>;
  /** By person and incident: the newest purpose. */
  readonly purposes: Map<string, Purpose>;
  /** Pairs of plate read and plate listed that a person has told apart, until when. */
  readonly cleared: Map<string, number>;
  readonly eventMsOfAlert: Map<string, number>;
};

const keepHitsMs = 24 * 3_600_000;
const clearedMs = 24 * 3_600_000;

export const clearedKey = (plateRead: string, plateListed: string): string => `${plateRead}|${plateListed}`;
export const purposeKey = (personId: string, incidentId: string): string => `${personId}|${incidentId}`;

export const needsSecond = (hit: FactData<"HitFound">): boolean => hit.secondNeeded !== false;

export const sightingsRoom: Room<SightingsState> = {
  name: "sightings",
  initial: () => ({
    incidents: new Map(),
    vehicles: new Map(),
    hits: new Map(),
    purposes: new Map(),
    cleared: new Map(),
    eventMsOfAlert: new Map(),
  }),
  evolve(state, fact) {
    evolveIncidents(state, fact);
    evolveHits(state, fact);
    evolveVehicles(state, fact);
    return state;
  },
};

function evolveIncidents(state: SightingsState, fact: Fact): void {
  switch (fact.type) {
    case "AlertReceived":
      state.eventMsOfAlert.set(fact.data.alert.alertId, fact.data.alert.occurredAtMs);
      break;
    case "IncidentOpened": {
      const { incidentId, number, place, alertId } = fact.data;
      const eventMs = state.eventMsOfAlert.get(alertId) ?? fact.tMs;
      state.eventMsOfAlert.delete(alertId);
      state.incidents.set(incidentId, { incidentId, number, place, eventMs });
      break;
    }
    case "AlertMerged": {
      const held = state.incidents.get(fact.data.incidentId);
      const eventMs = state.eventMsOfAlert.get(fact.data.alertId);
      state.eventMsOfAlert.delete(fact.data.alertId);
      if (held === undefined) break;
      const better = fact.data.place.error.semiMajorM < held.place.error.semiMajorM;
      state.incidents.set(held.incidentId, {
        ...held,
        ...(better ? { place: fact.data.place } : {}),
        eventMs: Math.min(held.eventMs, eventMs ?? held.eventMs),
      });
      break;
    }
    case "IncidentClosed":
      // A sought vehicle ends with its incident, and so does every purpose to look for it.
      state.incidents.delete(fact.data.incidentId);
      for (const [id, vehicle] of state.vehicles)
        if (vehicle.incidentId === fact.data.incidentId) state.vehicles.delete(id);
      for (const [key, purpose] of state.purposes)
        if (purpose.incidentId === fact.data.incidentId) state.purposes.delete(key);
      break;
    case "PurposeGiven":
      if (fact.data.incidentId !== undefined)
        state.purposes.set(purposeKey(fact.data.personId, fact.data.incidentId), fact.data);
      break;
    default:
      break;
  }
}

function evolveHits(state: SightingsState, fact: Fact): void {
  switch (fact.type) {
    case "HitFound":
      for (const [id, old] of state.hits) if (old.foundMs < fact.tMs - keepHitsMs) state.hits.delete(id);
      state.hits.set(fact.data.hitId, {
        data: fact.data,
        foundMs: fact.tMs,
        state: "unread",
        by: undefined,
        firstYesId: undefined,
      });
      break;
    case "VehicleConfirmed":
      confirm(state, fact);
      break;
    case "VehicleRuledOut": {
      const entry = state.hits.get(fact.data.hitId);
      if (entry === undefined) break;
      state.hits.set(fact.data.hitId, { ...entry, state: fact.data.why, by: nameOf(fact), firstYesId: undefined });
      if (fact.data.why === "not-same")
        state.cleared.set(clearedKey(entry.data.plateRead, entry.data.plateListed), fact.tMs + clearedMs);
      unlink(state, entry.data.readId);
      break;
    }
    default:
      break;
  }
}

function confirm(state: SightingsState, fact: FactOf<"VehicleConfirmed">): void {
  const entry = state.hits.get(fact.data.hitId);
  if (entry === undefined) return;
  const done = fact.data.second || !needsSecond(entry.data);
  state.hits.set(fact.data.hitId, {
    ...entry,
    state: done ? "same" : "second-needed",
    by: nameOf(fact),
    firstYesId: entry.firstYesId ?? (fact.by.kind === "person" ? fact.by.personId : undefined),
  });
}

const nameOf = (fact: Fact): string | undefined => (fact.by.kind === "person" ? fact.by.name : undefined);

function evolveVehicles(state: SightingsState, fact: Fact): void {
  switch (fact.type) {
    case "VehicleSought":
      state.vehicles.set(fact.data.vehicleId, { ...fact.data, sightings: [] });
      break;
    case "SightingLinked": {
      const vehicle = state.vehicles.get(fact.data.vehicleId);
      if (vehicle === undefined) break;
      const { readId, place, atMs, headingDeg } = fact.data;
      const sightings = [
        ...vehicle.sightings.filter((one) => one.readId !== readId),
        { readId, place, atMs, headingDeg },
      ];
      state.vehicles.set(vehicle.vehicleId, { ...vehicle, sightings: sightings.sort((a, b) => a.atMs - b.atMs) });
      break;
    }
    default:
      break;
  }
}

/** A yes can be taken back: the sighting goes, and what was computed from it starts from the one before. */
function unlink(state: SightingsState, readId: string): void {
  for (const [id, vehicle] of state.vehicles) {
    if (!vehicle.sightings.some((one) => one.readId === readId)) continue;
    state.vehicles.set(id, { ...vehicle, sightings: vehicle.sightings.filter((one) => one.readId !== readId) });
  }
}

export type LastSeen = {
  readonly point: GeoPoint;
  readonly place: Place;
  readonly atMs: number;
  readonly headingDeg: number | undefined;
};

/** Where a vehicle was surely last: its last confirmed sighting, else what the report said. */
export function lastSeenOf(vehicle: SoughtVehicle): LastSeen {
  const last = vehicle.sightings.at(-1);
  if (last !== undefined && last.atMs >= vehicle.seenAtMs)
    return { point: last.place.point, place: last.place, atMs: last.atMs, headingDeg: last.headingDeg };
  return {
    point: vehicle.lastSeen.point,
    place: vehicle.lastSeen,
    atMs: vehicle.seenAtMs,
    headingDeg: vehicle.description.headingDeg,
  };
}

/** The person's purpose for the incident, while it holds. */
export function purposeOf(
  state: SightingsState,
  personId: string,
  incidentId: string,
  nowMs: number,
): Purpose | undefined {
  const purpose = state.purposes.get(purposeKey(personId, incidentId));
  return purpose !== undefined && purpose.untilMs > nowMs && state.incidents.has(incidentId) ? purpose : undefined;
}
