import { type Fact, type GeoPoint, type Place, parseFact } from "@outrider/contract";
import { somewhere } from "../placing/placing.js";
import { factTitle } from "./factWords.js";

/** Facts of a run in order, with the times between which a scrubber moves. */
export interface ReplayTape {
  readonly facts: readonly Fact[];
  readonly fromMs: number;
  readonly toMs: number;
  /** Lines that were no facts of this version. */
  readonly bad: number;
}

/** `GET /replay`: `{ facts }`. */
export function replayTape(body: unknown): ReplayTape | undefined {
  const rows: unknown =
    typeof body === "object" && body !== null ? (body as Readonly<Record<string, unknown>>)["facts"] : undefined; // Any JSON object.
  if (!Array.isArray(rows)) return undefined;
  const facts: Fact[] = [];
  for (const row of rows) {
    const parsed = parseFact(row);
    if (parsed.kind === "ok") facts.push(parsed.fact);
  }
  facts.sort((a, b) => a.seq - b.seq);
  const times = facts.map((f) => f.tMs);
  const fromMs = times.reduce((a, b) => Math.min(a, b), times[0] ?? 0);
  const toMs = times.reduce((a, b) => Math.max(a, b), fromMs);
  return { facts, fromMs, toMs, bad: rows.length - facts.length };
}

export interface ReplayIncident {
  readonly incidentId: string;
  readonly title: string;
  readonly place: Place;
}
export interface ReplayFlight {
  readonly launchId: string;
  readonly callSign: string;
  readonly incidentId: string;
  readonly state: string;
  readonly route: readonly { readonly at: GeoPoint; readonly altAmslM: number }[];
  readonly commanded: boolean;
}
export interface ReplayMoment {
  readonly incidents: readonly ReplayIncident[];
  readonly flights: readonly ReplayFlight[];
  readonly alarms: readonly string[];
  /** Index of the newest fact at or before this time; -1 before the first. */
  readonly at: number;
}

/** What the record says was so at a time. Folded anew for each place of the scrubber, so that it goes both ways. */
export function replayAt(tape: ReplayTape, tMs: number): ReplayMoment {
  const incidents = new Map<string, ReplayIncident>();
  const flights = new Map<string, ReplayFlight>();
  const alarms = new Map<string, string>();
  let at = -1;
  for (const fact of tape.facts) {
    if (fact.tMs > tMs) break;
    at++;
    evolveIncidents(incidents, fact);
    evolveFlights(flights, fact);
    if (fact.type === "AlarmRaised") alarms.set(fact.data.alarmId, fact.data.text);
    if (fact.type === "AlarmEnded") alarms.delete(fact.data.alarmId);
  }
  const placed = [...incidents.values()].filter((i) => !somewhere(i));
  return { incidents: placed, flights: [...flights.values()], alarms: [...alarms.values()], at };
}

function evolveIncidents(incidents: Map<string, ReplayIncident>, fact: Fact): void {
  if (fact.type === "IncidentOpened")
    incidents.set(fact.data.incidentId, {
      incidentId: fact.data.incidentId,
      title: fact.data.title,
      place: fact.data.place,
    });
  if (fact.type === "PlaceSet") {
    const before = incidents.get(fact.data.incidentId);
    if (before !== undefined) incidents.set(fact.data.incidentId, { ...before, place: fact.data.place });
  }
  if (fact.type === "IncidentClosed") incidents.delete(fact.data.incidentId);
}

/** Words of a flight's state by the fact that brought it there; facts that are not listed leave it as it was. */
const STATES: Readonly<Partial<Record<Fact["type"], string>>> = {
  LaunchApproved: "approved",
  VetoWindowElapsed: "launching by itself",
  LaunchDeclined: "declined",
  LaunchExpired: "lapsed",
  LaunchRefused: "refused",
  LaunchAborted: "aborted",
  DockOpened: "dock open",
  Armed: "armed",
  Airborne: "in the air",
  EnRoute: "on the way",
  OnScene: "on scene",
  Returning: "going home",
  Landed: "landed",
  Docked: "in its dock",
};
const OVER: ReadonlySet<string> = new Set(["declined", "lapsed", "refused", "aborted", "landed", "in its dock"]);

function evolveFlights(flights: Map<string, ReplayFlight>, fact: Fact): void {
  if (fact.type === "LaunchProposed") {
    const { plan, choice, launchId, incidentId } = fact.data;
    const route = [
      { at: plan.home.point, altAmslM: plan.takeoffAltAmslM },
      ...plan.route.map((w) => ({ at: w.point, altAmslM: w.altAmslM })),
      { at: plan.scene.point, altAmslM: plan.scene.altAmslM },
    ];
    flights.set(launchId, {
      launchId,
      incidentId,
      callSign: choice.callSign,
      state: "proposed",
      route,
      commanded: false,
    });
    return;
  }
  const state = STATES[fact.type];
  const launchId: unknown = "launchId" in fact.data ? fact.data.launchId : undefined;
  const flight = typeof launchId === "string" ? flights.get(launchId) : undefined;
  if (state === undefined || flight === undefined) return;
  flights.set(flight.launchId, { ...flight, state, commanded: !OVER.has(state) });
}

/** A fact as one line of a debrief: what happened and by whom. */
export function factLine(fact: Fact): {
  readonly title: string;
  readonly by: string;
  readonly kind: "measured" | "person" | "computed";
} {
  const title = factTitle(fact.type);
  switch (fact.by.kind) {
    case "person":
      return { title, by: fact.by.name, kind: "person" };
    case "source":
      return { title, by: fact.by.sourceId, kind: "measured" };
    case "system":
      return { title, by: fact.by.part, kind: fact.by.part === "ground-station" ? "computed" : "measured" };
  }
}

/** The scrubber's next place: a step goes to the next or the fact before, whatever the time between. */
export function stepTo(tape: ReplayTape, tMs: number, by: 1 | -1): number {
  if (by > 0) return tape.facts.find((f) => f.tMs > tMs)?.tMs ?? tape.toMs;
  return tape.facts.findLast((f) => f.tMs < tMs)?.tMs ?? tape.fromMs;
}

/** Where the scrubber stands after some wall time of playing; stops at the end. */
export function playedTo(tape: ReplayTape, tMs: number, wallMs: number, rate: number): number {
  return Math.min(tape.toMs, Math.max(tape.fromMs, tMs + wallMs * rate));
}

export interface PastRun {
  readonly runId: string;
  readonly scenario: string;
  readonly fromSeq: number;
  readonly toSeq: number;
  /** When it began and ended, run time; undefined where only its facts are known. */
  readonly startedMs?: number | undefined;
  readonly endedMs?: number | undefined;
  readonly score?: number | undefined;
  /** It began where another run had been taken back to. */
  readonly isBranch?: boolean;
}

const numberOf = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);

/** `GET /runs`: `{ current: { startedMs }, past: [...] }`; newest last. */
export function runsAnswer(body: unknown): {
  readonly past: readonly PastRun[];
  readonly startedMs: number | undefined;
} {
  const b = (typeof body === "object" && body !== null ? body : {}) as Readonly<Record<string, unknown>>; // Any JSON object.
  const current = b["current"] as Readonly<Record<string, unknown>> | null | undefined; // Any JSON object.
  const startedMs = current?.["startedMs"];
  const past = Array.isArray(b["past"]) ? (b["past"] as readonly Readonly<Record<string, unknown>>[]) : [];
  return {
    startedMs: numberOf(startedMs),
    past: past.flatMap((r): PastRun[] =>
      typeof r["fromSeq"] === "number" && typeof r["toSeq"] === "number"
        ? [
            {
              runId: String(r["runId"]),
              scenario: String(r["scenario"]),
              fromSeq: r["fromSeq"],
              toSeq: r["toSeq"],
              startedMs: numberOf(r["startedMs"]),
              endedMs: numberOf(r["endedMs"]),
              score: numberOf(r["score"]),
              isBranch: typeof r["branch"] === "object" && r["branch"] !== null,
            },
          ]
        : [],
    ),
  };
}
