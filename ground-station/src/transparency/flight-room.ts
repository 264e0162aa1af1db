import type { Fact, FactData, GeoPoint } from "@outrider/contract";
import type { Room } from "../kernel/index.js";

/** One flight as it will or will not be published. Names of people and the exact place stay out from the start. */
export type PublicFlight = {
  readonly launchId: string;
  readonly flightId: string | undefined;
  readonly plan: FactData<"LaunchProposed">["plan"];
  readonly byRule: boolean;
  readonly ruleText: string;
  readonly startedMs: number | undefined;
  readonly endedMs: number | undefined;
  /** Where it was sent after the plan, by hand. */
  readonly detours: readonly GeoPoint[];
  /** What kind of report it was flown for; never the caller's own words. */
  readonly reported: string;
  readonly purpose: string;
  readonly category: string;
  readonly publishedAfterMs: number | undefined;
  readonly withheld: { readonly reason: string; readonly untilMs: number } | undefined;
};

export type PublicState = {
  readonly byLaunch: Map<string, PublicFlight>;
  readonly launchOfFlight: Map<string, string>;
  /** What was reported of each incident, and how. */
  readonly reports: Map<string, string>;
};

function change(
  state: PublicState,
  launchId: string | undefined,
  next: (flight: PublicFlight) => Partial<PublicFlight>,
): void {
  const flight = launchId === undefined ? undefined : state.byLaunch.get(launchId);
  if (launchId !== undefined && flight !== undefined) state.byLaunch.set(launchId, { ...flight, ...next(flight) });
}

const reportWords: Readonly<Record<string, string>> = {
  call: "a call to the emergency number",
  gunshot: "a gunshot sensor",
  cap: "a public alert",
  alpr: "a plate reader",
  manual: "an operator",
};

function apply(state: PublicState, fact: Fact): void {
  switch (fact.type) {
    case "IncidentOpened":
      state.reports.set(
        fact.data.incidentId,
        `${fact.data.callType}, reported by ${reportWords[fact.data.kind] ?? "a source of the agency"}.`,
      );
      return;
    case "LaunchProposed":
      state.byLaunch.set(fact.data.launchId, {
        launchId: fact.data.launchId,
        flightId: undefined,
        plan: fact.data.plan,
        byRule: false,
        ruleText: fact.data.ruleText,
        startedMs: undefined,
        endedMs: undefined,
        detours: [],
        reported: state.reports.get(fact.data.incidentId) ?? "",
        purpose: "",
        category: "",
        publishedAfterMs: undefined,
        withheld: undefined,
      });
      return;
    case "VetoWindowElapsed":
      return change(state, fact.data.launchId, () => ({ byRule: true }));
    case "Airborne":
      return change(state, fact.data.launchId, (flight) => ({ startedMs: flight.startedMs ?? fact.tMs }));
    case "Landed":
      return change(state, fact.data.launchId, () => ({ endedMs: fact.tMs }));
    case "OrderIssued": {
      const { act, launchId } = fact.data;
      if (act.verb === "goto" || act.verb === "orbit")
        change(state, launchId, (flight) => ({ detours: [...flight.detours, act.point].slice(-200) }));
      return;
    }
    case "LaunchDeclined":
    case "LaunchExpired":
    case "LaunchRefused":
      // Never flew: nothing to publish and nothing to remember.
      if (state.byLaunch.get(fact.data.launchId)?.startedMs === undefined) state.byLaunch.delete(fact.data.launchId);
      return;
    default:
      applyEnd(state, fact);
  }
}

function applyEnd(state: PublicState, fact: Fact): void {
  switch (fact.type) {
    case "FlightClosed": {
      const { launchId, flightId, purpose, category } = fact.data;
      state.launchOfFlight.set(flightId, launchId);
      return change(state, launchId, (flight) => ({
        flightId,
        purpose,
        category,
        endedMs: flight.endedMs ?? fact.tMs,
      }));
    }
    case "FlightPublished":
      return change(state, fact.data.launchId, () => ({ publishedAfterMs: fact.data.afterMs, withheld: undefined }));
    case "FlightWithheld":
      return change(state, fact.data.launchId, () => ({
        withheld: { reason: fact.data.reason, untilMs: fact.data.untilMs },
        publishedAfterMs: undefined,
      }));
    default:
      return;
  }
}

/** Flights on their way to the public log. The maps are changed in place. */
export const flightRoom: Room<PublicState> = {
  name: "public-flights",
  initial: () => ({ byLaunch: new Map(), launchOfFlight: new Map(), reports: new Map() }),
  evolve(state, fact) {
    apply(state, fact);
    return state;
  },
};
