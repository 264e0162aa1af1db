import { type ActBody, type Actor, type Fact, type IncidentView, newFact, type Role } from "@outrider/contract";
import {
  actorOf,
  actRoute,
  type Durable,
  type Reply,
  type Route,
  type Session,
  type StationContext,
  type StationPart,
  systemActor,
} from "../kernel/index.js";
import type { PasswordCheck } from "../people/index.js";
import { type Advice, type DispatchIncident, type DispatchState, dispatchRoom } from "./dispatch-room.js";
import { linkEndsMs, linkEndText, linkLives } from "./links.js";
import { notRecorded, OfficerDoor, type PictureOf, unitName } from "./officer-door.js";
import { adviceDraft, adviceView } from "./officer-view.js";
import { findPlates } from "./plate-gate.js";

const advisers: readonly Role[] = ["rtcc", "supervisor"];
const observers: readonly Role[] = ["rtcc", "pic", "supervisor"];

/** What officers are told: observations, advice with its acknowledgement, links to their phones. */
export class DispatchPart implements StationPart {
  readonly name = "dispatch";
  readonly rooms = [dispatchRoom];
  readonly routes: readonly Route[];
  readonly #context: StationContext;
  readonly #linkTimers = new Map<string, () => void>();

  /** Whose phone asks, and what it may watch. */
  readonly officers: OfficerDoor;

  constructor(context: StationContext, pictureOf: PictureOf, pinCheck: PasswordCheck) {
    this.#context = context;
    this.officers = new OfficerDoor(context, pictureOf, pinCheck);
    this.routes = [...this.officers.routes, ...this.#deskRoutes()];
  }

  #deskRoutes(): readonly Route[] {
    return [
      actRoute({
        act: "observe",
        roles: observers,
        handle: ({ body, params, session }, reply) =>
          session ? this.#observe(params["incidentId"] ?? "", body, session, reply) : undefined,
      }),
      actRoute({
        act: "advise",
        roles: advisers,
        handle: ({ body, params, session }, reply) =>
          session ? this.#advise(params["incidentId"] ?? "", body, session, reply) : undefined,
      }),
      actRoute({
        act: "withdrawAdvice",
        roles: advisers,
        handle: ({ body, params, session }, reply) =>
          session ? this.#withdraw(params["adviceId"] ?? "", body.why, session, reply) : undefined,
      }),
      {
        kind: "get",
        path: "/incidents/{incidentId}/advice-draft",
        roles: advisers,
        summary: "A sentence for officers from what is confirmed, for a person to read and change",
        handle: ({ params }, reply) => {
          const incident = this.#state().incidents.get(params["incidentId"] ?? "");
          if (incident === undefined) return reply.problem(404, "No such incident", "There is no such incident.");
          reply.ok(adviceDraft(this.#state(), incident));
        },
      },
    ];
  }

  #state(): DispatchState {
    return this.#context.kernel.state(dispatchRoom);
  }

  /** The incident while it is open, or undefined after having answered. */
  #open(incidentId: string, reply: Reply): DispatchIncident | undefined {
    const incident = this.#state().incidents.get(incidentId);
    if (incident === undefined) reply.problem(404, "No such incident", "There is no such incident.");
    else if (incident.closedMs !== undefined) reply.problem(409, "Incident closed", "The incident is closed.");
    else return incident;
    return undefined;
  }

  /** Answers and records the refusal where the text holds a plate that may not leave. */
  #platesRefused(incidentId: string, text: string, act: string, by: Actor, reply: Reply): boolean {
    if (!findPlates(this.#state(), incidentId, text).unverified) return false;
    const reason = "Unverified plates never leave the room";
    this.#context.count("plates_held_back", { act });
    this.#context.kernel.commit([newFact("ActRefused", { act, reason }, by)], () =>
      reply.problem(
        409,
        reason,
        "The text holds what is, or reads like, a plate that is not confirmed for this incident.",
        "Confirm the hit against its picture first, or leave the plate out.",
      ),
    );
    return true;
  }

  #place(point: { latDeg: number; lonDeg: number } | undefined) {
    if (point === undefined) return {};
    const { world } = this.#context;
    const label = world.roads.describe(world.frame.toLocal(point)) ?? "";
    return { place: { point, error: { semiMajorM: 5, semiMinorM: 5, bearingDeg: 0 }, label } };
  }

  #observe(incidentId: string, body: ActBody<"observe">, session: Session, reply: Reply): void {
    if (this.#open(incidentId, reply) === undefined) return;
    const { kernel, chance } = this.#context;
    const by = actorOf(session, roleAmong(session, observers));
    // What is observed goes to officers as a fact, so that it passes the same door as advice.
    if (this.#platesRefused(incidentId, `${body.text} | ${body.seenBy}`, "observe", by, reply)) return;
    const observationId = chance.id("o");
    const data = { incidentId, observationId, text: body.text, seenBy: body.seenBy, ...this.#place(body.point) };
    const answer = (durable: Durable): void =>
      durable.kind === "ok" ? reply.ok({ observationId }, 201) : notRecorded(reply);
    kernel.commit([newFact("ObservationMade", data, by)], answer, { orNothing: true });
  }

  #advise(incidentId: string, body: ActBody<"advise">, session: Session, reply: Reply): void {
    if (this.#open(incidentId, reply) === undefined) return;
    const { kernel, chance } = this.#context;
    const by = actorOf(session, roleAmong(session, advisers));
    if (this.#platesRefused(incidentId, body.text, "advise", by, reply)) return;
    const adviceId = chance.id("ad");
    const units = [...new Set(body.units.map(unitName))];
    const plateConfirmed = findPlates(this.#state(), incidentId, body.text).confirmed;
    const data = { adviceId, incidentId, text: body.text, units, plateConfirmed, ...this.#place(body.point) };
    const answer = (durable: Durable): void =>
      durable.kind === "ok" ? reply.ok({ adviceId, units }, 201) : notRecorded(reply);
    kernel.commit([newFact("OfficerAdvised", data, by)], answer, { orNothing: true });
  }

  #adviceOf(adviceId: string): Advice | undefined {
    const incidentId = this.#state().incidentOfAdvice.get(adviceId);
    return incidentId === undefined
      ? undefined
      : this.#state()
          .incidents.get(incidentId)
          ?.advice.find((one) => one.data.adviceId === adviceId);
  }

  #withdraw(adviceId: string, why: string, session: Session, reply: Reply): void {
    const advice = this.#adviceOf(adviceId);
    if (advice === undefined) return reply.problem(404, "No such advice", "There is no such advice.");
    if (advice.withdrawn !== undefined) return reply.ok({ adviceId });
    const { incidentId } = advice.data;
    const by = actorOf(session, roleAmong(session, advisers));
    // The reason is read by officers too.
    if (this.#platesRefused(incidentId, why, "withdrawAdvice", by, reply)) return;
    this.#context.kernel.commit([newFact("AdviceWithdrawn", { adviceId, incidentId, why }, by)], (durable) =>
      durable.kind === "ok" ? reply.ok({ adviceId }) : notRecorded(reply),
    );
  }

  onStart(): void {
    const state = this.#state();
    for (const linkId of state.links.keys()) this.#armLink(linkId);
  }

  onFact(fact: Fact): void {
    switch (fact.type) {
      case "OfficerLinkMade":
        return this.#armLink(fact.data.linkId);
      case "IncidentClosed":
        for (const link of this.#state().links.values())
          if (link.incidentId === fact.data.incidentId) this.#armLink(link.linkId);
        return;
      case "OfficerLinkEnded":
        this.#linkTimers.get(fact.data.linkId)?.();
        this.#linkTimers.delete(fact.data.linkId);
        return;
      case "VehicleRuledOut":
        return this.#takeBackPlates();
      default:
        return;
    }
  }

  /** One timer a link, set anew when its incident closes: the earlier end counts. */
  #armLink(linkId: string): void {
    const { kernel } = this.#context;
    this.#linkTimers.get(linkId)?.();
    this.#linkTimers.delete(linkId);
    const link = this.#state().links.get(linkId);
    if (link === undefined || link.ended !== undefined) return;
    const leftMs = Math.max(0, linkEndsMs(this.#state(), link) - kernel.nowMs());
    const cancel = kernel.after(leftMs, () => {
      this.#linkTimers.delete(linkId);
      const now = this.#state().links.get(linkId);
      if (now === undefined || now.ended !== undefined) return;
      if (linkLives(this.#state(), now, kernel.nowMs())) return this.#armLink(linkId);
      const data = { linkId, incidentId: now.incidentId, why: linkEndText(this.#state(), now) };
      kernel.commit([newFact("OfficerLinkEnded", data, systemActor)]);
    });
    this.#linkTimers.set(linkId, cancel);
  }

  /** A confirmation was taken back: what officers were told of that plate is taken back at once, by nobody's leave. */
  #takeBackPlates(): void {
    const state = this.#state();
    const facts = [...state.incidents.values()]
      .filter((incident) => incident.closedMs === undefined)
      .flatMap((incident) =>
        incident.advice
          .filter((one) => one.withdrawn === undefined && one.data.plateConfirmed)
          .filter((one) => findPlates(state, incident.incidentId, one.data.text).unverified)
          .map((one) =>
            newFact(
              "AdviceWithdrawn",
              {
                adviceId: one.data.adviceId,
                incidentId: incident.incidentId,
                why: "the plate is no longer confirmed: do not stop on it",
              },
              systemActor,
            ),
          ),
      );
    this.#context.kernel.commit(facts);
  }

  incidentPieces(incidentId: string): Partial<IncidentView> {
    const state = this.#state();
    const incident = state.incidents.get(incidentId);
    if (incident === undefined) return {};
    const nowMs = this.#context.kernel.nowMs();
    return {
      advice: incident.advice.map(adviceView),
      observations: incident.observations,
      officerLinks: [...state.links.values()]
        .filter((link) => link.incidentId === incidentId && linkLives(state, link, nowMs))
        .map((link) => ({
          linkId: link.linkId,
          unit: link.unit,
          opened: link.opened,
          untilMs: linkEndsMs(state, link),
        })),
    };
  }

  touches(fact: Fact): readonly string[] {
    switch (fact.type) {
      case "ObservationMade":
      case "OfficerAdvised":
      case "AdviceAcknowledged":
      case "AdviceWithdrawn":
      case "OfficerLinkMade":
      case "OfficerLinkOpened":
      case "OfficerBadgeGiven":
      case "OfficerLinkEnded":
        return [`incident:${fact.data.incidentId}`];
      default:
        return [];
    }
  }
}

/** Without `pictureOf` phones are told nothing of pictures; without `pinCheck` no PIN fits. */
export const createDispatchPart = (
  context: StationContext,
  pictureOf: PictureOf = () => undefined,
  pinCheck: PasswordCheck = (_hash, _pin, done) => done(false),
): DispatchPart => new DispatchPart(context, pictureOf, pinCheck);

const roleAmong = (session: Session, roles: readonly Role[]): Role =>
  roles.find((role) => session.roles.includes(role)) ?? "rtcc";
