import type { Fact, FactData, FactOf, Place, VehicleDescription } from "@outrider/contract";
import type { Room } from "../kernel/index.js";
import { needsSecond, vehicleWords } from "../sightings/index.js";

export type Advice = {
  readonly data: FactData<"OfficerAdvised">;
  readonly sentMs: number;
  readonly by: string;
  readonly readBy: readonly { readonly unit: string; readonly tMs: number; readonly by: string }[];
  readonly withdrawn: string | undefined;
};
export type Observation = FactData<"ObservationMade"> & { readonly tMs: number; readonly by: string };
export type OfficerLink = {
  readonly linkId: string;
  readonly incidentId: string;
  readonly unit: string;
  readonly tokenHash: string;
  readonly untilMs: number;
  readonly deviceHash: string | undefined;
  readonly opened: boolean;
  readonly ended: string | undefined;
  /** Who holds the phone, where badge and PIN were given. */
  readonly holder: { readonly badge: string; readonly name: string } | undefined;
  readonly badTries: number;
};
/** A plate that somebody read or said about an incident, and whether people have confirmed it. */
export type KnownPlate = {
  readonly hitId: string | undefined;
  readonly incidentId: string | undefined;
  readonly read: string;
  readonly listed: string;
  readonly vehicle: VehicleDescription;
  readonly state: "unconfirmed" | "second-needed" | "confirmed" | "ruled-out";
  readonly needsSecond: boolean;
  readonly confirmedMs: number | undefined;
  readonly by: string;
};
export type Flight = {
  readonly uid: string;
  readonly callSign: string;
  readonly phase: string;
  readonly inAir: boolean;
};

export type DispatchIncident = {
  readonly incidentId: string;
  readonly number: string;
  readonly title: string;
  readonly place: Place;
  readonly kinds: readonly string[];
  readonly openedMs: number;
  readonly closedMs: number | undefined;
  readonly advice: readonly Advice[];
  readonly observations: readonly Observation[];
  readonly direction: { readonly text: string; readonly vehicle: string; readonly tMs: number } | undefined;
  readonly flight: Flight | undefined;
};

/** The maps are changed in place: the state belongs to the kernel alone. */
export type DispatchState = {
  readonly incidents: Map<string, DispatchIncident>;
  readonly links: Map<string, OfficerLink>;
  readonly linkOfToken: Map<string, string>;
  readonly linkOfDevice: Map<string, string>;
  readonly incidentOfAdvice: Map<string, string>;
  readonly incidentOfLaunch: Map<string, string>;
  readonly plates: Map<string, KnownPlate>;
  readonly vehicleWords: Map<string, string>;
  /** Plates that callers named, until their alert has an incident. */
  readonly arriving: Map<string, readonly VehicleDescription[]>;
};

export const dispatchRoom: Room<DispatchState> = {
  name: "dispatch",
  initial: () => ({
    incidents: new Map(),
    links: new Map(),
    linkOfToken: new Map(),
    linkOfDevice: new Map(),
    incidentOfAdvice: new Map(),
    incidentOfLaunch: new Map(),
    plates: new Map(),
    vehicleWords: new Map(),
    arriving: new Map(),
  }),
  evolve(state, fact) {
    evolveIncidents(state, fact);
    evolveAdvice(state, fact);
    evolveLinks(state, fact);
    evolvePlates(state, fact);
    evolveFlight(state, fact);
    return state;
  },
};

function change(
  state: DispatchState,
  incidentId: string,
  next: (held: DispatchIncident) => Partial<DispatchIncident>,
): void {
  const held = state.incidents.get(incidentId);
  if (held !== undefined) state.incidents.set(incidentId, { ...held, ...next(held) });
}

const keepClosedMs = 24 * 3_600_000;
const mostPlates = 5_000;

/** The record keeps everything; what a desk or a phone can still ask for ends a day after its incident. */
function forgetOld(state: DispatchState, nowMs: number): void {
  for (const [incidentId, incident] of state.incidents) {
    if (incident.closedMs === undefined || incident.closedMs > nowMs - keepClosedMs) continue;
    state.incidents.delete(incidentId);
    for (const advice of incident.advice) state.incidentOfAdvice.delete(advice.data.adviceId);
    for (const [linkId, link] of state.links) if (link.incidentId === incidentId) state.links.delete(linkId);
  }
  for (const key of state.plates.keys()) {
    if (state.plates.size <= mostPlates) break;
    state.plates.delete(key);
  }
}

const nameOf = (fact: Fact): string => {
  switch (fact.by.kind) {
    case "person":
      return fact.by.name;
    case "source":
      return fact.by.sourceId;
    case "system":
      return "computed";
  }
};

function evolveIncidents(state: DispatchState, fact: Fact): void {
  switch (fact.type) {
    case "IncidentOpened": {
      const { incidentId, number, title, place, kind } = fact.data;
      forgetOld(state, fact.tMs);
      state.incidents.set(incidentId, {
        incidentId,
        number,
        title,
        place,
        kinds: [kind],
        openedMs: fact.tMs,
        closedMs: undefined,
        advice: [],
        observations: [],
        direction: undefined,
        flight: undefined,
      });
      break;
    }
    case "AlertMerged":
      change(state, fact.data.incidentId, (held) => ({
        title: fact.data.title,
        kinds: [...held.kinds, fact.data.kind],
        place: fact.data.place.error.semiMajorM < held.place.error.semiMajorM ? fact.data.place : held.place,
      }));
      break;
    case "IncidentClosed":
      change(state, fact.data.incidentId, () => ({ closedMs: fact.tMs }));
      break;
    case "TravelDirectionEstimated": {
      const vehicle = state.vehicleWords.get(fact.data.vehicleId) ?? "vehicle";
      change(state, fact.data.incidentId, () => ({ direction: { text: fact.data.text, vehicle, tMs: fact.tMs } }));
      break;
    }
    case "ObservationMade": {
      const observation = { ...fact.data, tMs: fact.tMs, by: nameOf(fact) };
      change(state, fact.data.incidentId, (held) => ({ observations: [...held.observations, observation] }));
      break;
    }
    default:
      break;
  }
}

function evolveAdvice(state: DispatchState, fact: Fact): void {
  switch (fact.type) {
    case "OfficerAdvised": {
      const advice = { data: fact.data, sentMs: fact.tMs, by: nameOf(fact), readBy: [], withdrawn: undefined };
      state.incidentOfAdvice.set(fact.data.adviceId, fact.data.incidentId);
      change(state, fact.data.incidentId, (held) => ({ advice: [...held.advice, advice] }));
      break;
    }
    case "AdviceAcknowledged":
      changeAdvice(state, fact, (advice) => ({
        readBy: advice.readBy.some((one) => one.unit === fact.data.unit)
          ? advice.readBy
          : [...advice.readBy, { unit: fact.data.unit, tMs: fact.tMs, by: readerOf(fact) }],
      }));
      break;
    case "AdviceWithdrawn":
      changeAdvice(state, fact, () => ({ withdrawn: fact.data.why }));
      break;
    default:
      break;
  }
}

/** Facts of the time before badges say nothing: nobody's name was asked then. */
const readerOf = (fact: FactOf<"AdviceAcknowledged">): string =>
  fact.data.holder === "badge" ? nameOf(fact) : "link holder";

function changeAdvice(
  state: DispatchState,
  fact: FactOf<"AdviceAcknowledged"> | FactOf<"AdviceWithdrawn">,
  next: (advice: Advice) => Partial<Advice>,
): void {
  const { adviceId, incidentId } = fact.data;
  change(state, incidentId, (held) => ({
    advice: held.advice.map((one) => (one.data.adviceId === adviceId ? { ...one, ...next(one) } : one)),
  }));
}

function evolveLinks(state: DispatchState, fact: Fact): void {
  switch (fact.type) {
    case "OfficerLinkMade": {
      const { linkId, incidentId, unit, tokenHash, untilMs } = fact.data;
      state.linkOfToken.set(tokenHash, linkId);
      state.links.set(linkId, {
        linkId,
        incidentId,
        unit,
        tokenHash,
        untilMs,
        deviceHash: undefined,
        opened: false,
        ended: undefined,
        holder: undefined,
        badTries: 0,
      });
      break;
    }
    case "OfficerLinkOpened": {
      const held = state.links.get(fact.data.linkId);
      if (held === undefined) break;
      if (fact.data.deviceHash !== undefined) state.linkOfDevice.set(fact.data.deviceHash, held.linkId);
      state.links.set(held.linkId, { ...held, opened: true, deviceHash: fact.data.deviceHash });
      break;
    }
    case "OfficerBadgeGiven": {
      const held = state.links.get(fact.data.linkId);
      const { badge, name } = fact.data;
      if (held !== undefined) state.links.set(held.linkId, { ...held, holder: { badge, name }, badTries: 0 });
      break;
    }
    case "OfficerBadgeRefused": {
      const held = state.links.get(fact.data.linkId);
      if (held !== undefined) state.links.set(held.linkId, { ...held, badTries: held.badTries + 1 });
      break;
    }
    case "OfficerLinkEnded": {
      const held = state.links.get(fact.data.linkId);
      if (held === undefined) break;
      state.linkOfToken.delete(held.tokenHash);
      if (held.deviceHash !== undefined) state.linkOfDevice.delete(held.deviceHash);
      state.links.set(held.linkId, { ...held, ended: fact.data.why });
      break;
    }
    default:
      break;
  }
}

function evolvePlates(state: DispatchState, fact: Fact): void {
  switch (fact.type) {
    case "AlertReceived":
      state.arriving.set(fact.data.alert.alertId, fact.data.alert.vehicles);
      break;
    case "IncidentOpened":
    case "AlertMerged": {
      const said = state.arriving.get(fact.data.alertId) ?? [];
      state.arriving.delete(fact.data.alertId);
      said.forEach((vehicle, index) => {
        notePlate(state, `${fact.data.alertId}/${index}`, fact.data.incidentId, vehicle);
      });
      break;
    }
    case "VehicleSought":
      state.vehicleWords.set(fact.data.vehicleId, vehicleWords(fact.data.description));
      notePlate(state, fact.data.vehicleId, fact.data.incidentId, fact.data.description);
      break;
    case "HitFound": {
      const { hitId, incidentId, plateRead, plateListed, vehicle } = fact.data;
      state.plates.set(hitId, {
        hitId,
        incidentId,
        read: plateRead,
        listed: plateListed,
        vehicle,
        state: "unconfirmed",
        needsSecond: needsSecond(fact.data),
        confirmedMs: undefined,
        by: "",
      });
      break;
    }
    case "VehicleConfirmed": {
      const held = state.plates.get(fact.data.hitId);
      if (held === undefined) break;
      const done = fact.data.second || !held.needsSecond;
      state.plates.set(fact.data.hitId, {
        ...held,
        state: done ? "confirmed" : "second-needed",
        confirmedMs: done ? fact.tMs : undefined,
        by: nameOf(fact),
      });
      break;
    }
    case "VehicleRuledOut": {
      const held = state.plates.get(fact.data.hitId);
      if (held !== undefined)
        state.plates.set(fact.data.hitId, { ...held, state: "ruled-out", confirmedMs: undefined });
      break;
    }
    default:
      break;
  }
}

function notePlate(state: DispatchState, key: string, incidentId: string, vehicle: VehicleDescription): void {
  if (vehicle.plate === undefined) return;
  state.plates.set(key, {
    hitId: undefined,
    incidentId,
    read: vehicle.plate,
    listed: vehicle.plate,
    vehicle,
    state: "unconfirmed",
    needsSecond: true,
    confirmedMs: undefined,
    by: "",
  });
}

function evolveFlight(state: DispatchState, fact: Fact): void {
  const set = (launchId: string | undefined, next: Partial<Flight>): void => {
    const incidentId = launchId === undefined ? undefined : state.incidentOfLaunch.get(launchId);
    if (incidentId === undefined) return;
    change(state, incidentId, (held) => (held.flight === undefined ? {} : { flight: { ...held.flight, ...next } }));
  };
  switch (fact.type) {
    case "LaunchProposed": {
      const { launchId, incidentId, choice } = fact.data;
      state.incidentOfLaunch.set(launchId, incidentId);
      change(state, incidentId, (held) =>
        held.flight?.inAir === true
          ? {}
          : { flight: { uid: choice.uid, callSign: choice.callSign, phase: "proposed", inAir: false } },
      );
      break;
    }
    case "LaunchApproved":
    case "VetoWindowElapsed":
      return set(fact.data.launchId, { phase: "approved" });
    case "Airborne":
      return set(fact.data.launchId, { phase: "climbing", inAir: true });
    case "EnRoute":
      return set(fact.data.launchId, { phase: "enRoute", inAir: true });
    case "OnScene":
      return set(fact.data.launchId, { phase: "onScene", inAir: true });
    case "Returning":
      return set(fact.data.launchId, { phase: "returning" });
    case "Landed":
      return set(fact.data.launchId, { phase: "landed", inAir: false });
    case "LaunchDeclined":
    case "LaunchExpired":
    case "LaunchRefused":
    case "LaunchAborted":
    case "FlightClosed": {
      const incidentId = state.incidentOfLaunch.get(fact.data.launchId);
      if (incidentId !== undefined)
        change(state, incidentId, (held) => (held.flight?.inAir === true ? {} : { flight: undefined }));
      break;
    }
    default:
      break;
  }
}
