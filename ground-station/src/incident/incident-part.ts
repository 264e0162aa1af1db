import {
  type ActBody,
  type Alert,
  type GeoPoint,
  type IncidentSummary,
  type IncidentView,
  newFact,
  type Role,
} from "@outrider/contract";
import { geoDistanceM } from "@outrider/geo";
import {
  actorOf,
  actRoute,
  type Durable,
  type Reply,
  type Route,
  type Session,
  type StationContext,
  type StationPart,
} from "../kernel/index.js";
import { factFor } from "../people/index.js";
import { type AlertDecision, type CancelDecision, decideAlert, decideCancel } from "./decide-alert.js";
import { incidentOfFact } from "./incident-of-fact.js";
import { incidentRoom } from "./incident-room.js";
import { type Incident, sourceKey } from "./incident-state.js";
import { incidentView, summaryOf } from "./incident-view.js";
import { decideSetPlace } from "./set-place.js";
import { createSpeech, type Speech } from "./words/index.js";

const seers: readonly Role[] = ["pic", "rtcc", "trainer", "supervisor"];

/** What other rooms may ask of incidents. */
export type Incidents = {
  readonly speech: Speech;
  get(incidentId: string): Incident | undefined;
  all(): Iterable<Incident>;
  /** Decides about an alert; the caller commits the facts and answers when they are durable. */
  decide(alert: Alert, by: Parameters<typeof decideAlert>[0]["by"]): AlertDecision;
  decideCancel(wish: Parameters<typeof decideCancel>[0]): CancelDecision;
  /** Newest revision held of what a source told under this id. */
  heldRevision(sourceId: string, sourceIncidentId: string): number | undefined;
};

export type IncidentDeps = {
  /** The whole view of an incident, with the pieces of every part. */
  readonly fullView: (incidentId: string, viewer: Session) => IncidentView | undefined;
  readonly addressNear: (point: GeoPoint) => string;
};

/** Incidents: opening, merging, updating, notes, closing, and how they are told. */
export class IncidentPart implements StationPart {
  readonly name = "incident";
  readonly rooms = [incidentRoom];
  readonly routes: readonly Route[];
  readonly views: NonNullable<StationPart["views"]>;
  readonly incidents: Incidents;
  readonly #context: StationContext;
  readonly #deps: IncidentDeps;
  /** One summary for one state of an incident. Frozen: every screen gets the same. */
  readonly #summariesOf = new WeakMap<Incident, IncidentSummary>();

  constructor(context: StationContext, deps: IncidentDeps) {
    this.#context = context;
    this.#deps = deps;
    this.incidents = this.#selectors();
    this.routes = this.#routes();
    this.views = {
      incidents: () => ({ kind: "view", view: { incidents: this.#summaries() } }),
      incident: (key, viewer) => {
        const view = this.#deps.fullView(key, viewer);
        return view === undefined ? { kind: "refused", why: "There is no such incident." } : { kind: "view", view };
      },
    };
  }

  #state() {
    return this.#context.kernel.state(incidentRoom);
  }

  #selectors(): Incidents {
    const { config, kernel, chance } = this.#context;
    const speech = createSpeech(
      {
        callSigns: new Map(config.aircraft.map((one) => [one.uid, one.callSign])),
        dockNames: new Map(config.docks.map((one) => [one.dockId, one.name])),
      },
      config.display.units,
    );
    return {
      speech,
      get: (incidentId) => this.#state().byId.get(incidentId),
      all: () => this.#state().byId.values(),
      decide: (alert, by) =>
        decideAlert(
          {
            alert,
            by,
            incidentId: chance.id("i"),
            nowMs: kernel.nowMs(),
            limits: config.launch,
            distanceM: geoDistanceM,
          },
          this.#state(),
        ),
      decideCancel: (wish) => decideCancel(wish, this.#state()),
      heldRevision: (sourceId, sourceIncidentId) =>
        this.#state().bySource.get(sourceKey(sourceId, sourceIncidentId))?.revision,
    };
  }

  /** Open ones and those of the last day, newest first: the list is a desk's, not an archive. */
  #summaries() {
    const sinceMs = this.#context.kernel.nowMs() - 86_400_000;
    return [...this.#state().byId.values()]
      .filter((incident) => !incident.closed || incident.openedMs > sinceMs)
      .sort((a, b) => b.openedMs - a.openedMs)
      .slice(0, 500)
      .map((incident) => this.#summaryOf(incident));
  }

  #summaryOf(incident: Incident): IncidentSummary {
    const kept = this.#summariesOf.get(incident);
    if (kept !== undefined) return kept;
    const summary = Object.freeze(summaryOf(incident));
    this.#summariesOf.set(incident, summary);
    return summary;
  }

  incidentPieces(incidentId: string): Partial<IncidentView> {
    const incident = this.#state().byId.get(incidentId);
    return incident === undefined ? {} : incidentView(incident, this.#context.kernel.nowMs(), this.incidents.speech);
  }

  touches(fact: Parameters<NonNullable<StationPart["touches"]>>[0]): readonly string[] {
    const incidentId = incidentOfFact(this.#state(), fact);
    if (incidentId === undefined) return [];
    return ["incidents", `incident:${incidentId}`];
  }

  #routes(): readonly Route[] {
    return [
      actRoute({
        act: "openIncident",
        roles: ["rtcc", "pic", "supervisor"],
        handle: ({ body, session }, reply) => (session ? this.#open(body, session, reply) : undefined),
      }),
      actRoute({
        act: "setPlace",
        roles: ["rtcc", "pic", "supervisor"],
        handle: ({ body, params, session }, reply) =>
          session ? this.#setPlace(params["incidentId"] ?? "", body, session, reply) : undefined,
      }),
      actRoute({
        act: "addNote",
        roles: ["rtcc", "pic", "supervisor"],
        handle: ({ body, params, session }, reply) =>
          session ? this.#note(params["incidentId"] ?? "", body.text, session, reply) : undefined,
      }),
      actRoute({
        act: "closeIncident",
        roles: ["rtcc", "pic", "supervisor"],
        handle: ({ body, params, session }, reply) =>
          session ? this.#close(params["incidentId"] ?? "", body, session, reply) : undefined,
      }),
      {
        kind: "get",
        path: "/incidents",
        roles: seers,
        summary: "Open incidents and those of the last day",
        handle: (_, reply) => reply.ok({ incidents: this.#summaries() }),
      },
      {
        kind: "get",
        path: "/incidents/{incidentId}",
        roles: seers,
        summary: "The whole story of one incident: view, clock, timeline and every fact",
        handle: ({ params, session }, reply) =>
          session ? this.#story(params["incidentId"] ?? "", session, reply) : undefined,
      },
      {
        kind: "get",
        path: "/alerts",
        roles: seers,
        summary: "Alerts of the last day as they were received",
        handle: (_, reply) => reply.ok({ alerts: this.#alerts() }),
      },
    ];
  }

  #alerts() {
    const sinceMs = this.#context.kernel.nowMs() - 86_400_000;
    return [...this.#state().byId.values()]
      .flatMap((incident) => incident.alerts.map((held) => ({ ...held, incidentId: incident.incidentId })))
      .filter((held) => held.alert.receivedAtMs > sinceMs)
      .slice(-500);
  }

  #story(incidentId: string, session: Session, reply: Reply): void {
    const view = this.#deps.fullView(incidentId, session);
    if (view === undefined) return reply.problem(404, "No such incident", "There is no incident with this id.");
    const facts = this.#state().byId.get(incidentId)?.facts ?? [];
    reply.ok({ ...view, facts: facts.flatMap((fact) => factFor(fact, session.roles) ?? []) });
  }

  #open(body: ActBody<"openIncident">, session: Session, reply: Reply): void {
    const { kernel, chance } = this.#context;
    const nowMs = kernel.nowMs();
    const id = chance.id("a");
    const alert: Alert = {
      alertId: id,
      kind: body.kind,
      sourceId: `person:${session.personId}`,
      sourceIncidentId: id,
      revision: 0,
      signed: false,
      callType: body.callType,
      title: body.title,
      narrative: body.narrative,
      urgency: body.urgency,
      place: {
        point: body.point,
        error: { semiMajorM: body.radiusM, semiMinorM: body.radiusM, bearingDeg: 0 },
        label: this.#deps.addressNear(body.point),
      },
      occurredAtMs: nowMs,
      receivedAtMs: nowMs,
      vehicles: [],
    };
    const decision = this.incidents.decide(alert, actorOf(session, roleOf(session)));
    if (decision.kind !== "new") return reply.problem(409, "Not opened", "This was opened before.");
    kernel.commit(decision.facts, (durable) =>
      durable.kind === "ok"
        ? reply.ok({ alertId: decision.alertId, incidentId: decision.incidentId }, 201)
        : notRecorded(reply),
    );
  }

  #setPlace(incidentId: string, body: ActBody<"setPlace">, session: Session, reply: Reply): void {
    const incident = this.#state().byId.get(incidentId);
    if (incident === undefined) return reply.problem(404, "No such incident", "There is no incident with this id.");
    const decision = decideSetPlace(incident, body, actorOf(session, roleOf(session)));
    if (decision.kind === "refused") return reply.problem(409, "Refused", decision.reason, decision.doThis);
    const answer = (durable: Durable): void => (durable.kind === "ok" ? reply.ok({}) : notRecorded(reply));
    this.#context.kernel.commit(decision.facts, answer, { orNothing: true });
  }

  #note(incidentId: string, text: string, session: Session, reply: Reply): void {
    if (!this.#state().byId.has(incidentId))
      return reply.problem(404, "No such incident", "There is no incident with this id.");
    const fact = newFact("IncidentNoteAdded", { incidentId, text }, actorOf(session, roleOf(session)));
    this.#context.kernel.commit([fact], (durable) => (durable.kind === "ok" ? reply.ok({}) : notRecorded(reply)));
  }

  #close(incidentId: string, body: ActBody<"closeIncident">, session: Session, reply: Reply): void {
    const incident = this.#state().byId.get(incidentId);
    if (incident === undefined) return reply.problem(404, "No such incident", "There is no incident with this id.");
    if (incident.closed) return reply.ok({});
    const fact = newFact("IncidentClosed", { incidentId, ...body }, actorOf(session, roleOf(session)));
    this.#context.kernel.commit([fact], (durable) => (durable.kind === "ok" ? reply.ok({}) : notRecorded(reply)));
  }
}

const roleOf = (session: Session): Role => (session.roles.includes("rtcc") ? "rtcc" : (session.roles[0] ?? "rtcc"));

const notRecorded = (reply: Reply): void =>
  reply.problem(
    503,
    "Not recorded",
    "The record cannot be written now, so this was not done.",
    "Free the disk, then try again.",
  );

export const createIncidentPart = (context: StationContext, deps: IncidentDeps): IncidentPart =>
  new IncidentPart(context, deps);
