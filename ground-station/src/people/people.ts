import { newFact } from "@outrider/contract";
import {
  actorOf,
  actRoute,
  type Reply,
  type Route,
  type Session,
  type StationContext,
  type StationPart,
  systemActor,
} from "../kernel/index.js";
import { demoImpossible } from "./demo-people.js";
import { loginRoutes, type PasswordCheck } from "./login.js";
import { Presence, presenceCheckMs, presenceFacts, presenceFreshMs } from "./presence.js";
import { Sessions } from "./sessions.js";
import { decideStartWatch, type Papers } from "./start-watch.js";
import { Tickets } from "./tickets.js";
import { type Watch, watchRoom } from "./watch-room.js";

export type PeopleDeps = {
  readonly passwordCheck: PasswordCheck;
  /** Call signs that the person answers for now. */
  readonly answersFor: (personId: string) => readonly string[];
};

/** What other rooms may ask about people. */
export type People = {
  readonly sessions: Sessions;
  readonly tickets: Tickets;
  /** Run-time age of the last real input of the person at a visible page. */
  presenceAgeMs(personId: string): number;
  presenceFresh(personId: string): boolean;
  touchPresence(personId: string): void;
  pilotsOnWatch(): readonly Watch[];
  watchOf(personId: string): Watch | undefined;
  /** Another run has another time of day: ages that were counted in the old one mean nothing. */
  runChanged(): void;
};

const demoPapers = (nowMs: number): Papers => ({
  certificate: { number: "SIM-ONLY", untilMs: nowMs + 365 * 86_400_000 },
  lastFlightMs: nowMs,
});

/** Sign-in, live tickets, watches and presence. */
export function createPeoplePart(context: StationContext, deps: PeopleDeps): { part: StationPart; people: People } {
  const { kernel, config, clocks, chance, disk, log } = context;
  const sessions = new Sessions({ wall: clocks.wall, chance, disk, log });
  const tickets = new Tickets(clocks.wall, chance);
  const presence = new Presence(clocks.run.nowMs());
  const watches = () => kernel.state(watchRoom).byPerson;
  const ageMs = (personId: string) => presence.ageMs(personId, kernel.nowMs());

  const people: People = {
    sessions,
    tickets,
    presenceAgeMs: ageMs,
    presenceFresh: (personId) => ageMs(personId) < presenceFreshMs,
    touchPresence: (personId) => {
      presence.touch(personId, kernel.nowMs());
      if (watches().get(personId)?.stale) look();
    },
    pilotsOnWatch: () => [...watches().values()],
    watchOf: (personId) => watches().get(personId),
    runChanged: () => presence.restart(kernel.nowMs()),
  };

  const look = (): void => kernel.commit(presenceFacts(watches().values(), ageMs));
  const keepLooking = (): void => {
    kernel.after(presenceCheckMs, () => {
      look();
      keepLooking();
    });
  };

  const papersOf = (session: Session): Papers => {
    if (session.demo && demoImpossible(config) === undefined) return demoPapers(kernel.nowMs());
    const person = config.people.find((one) => one.personId === session.personId);
    const certificate = person?.certificate;
    return {
      certificate:
        certificate === undefined
          ? undefined
          : { number: certificate.number, untilMs: Date.parse(`${certificate.until}T23:59:59Z`) },
      lastFlightMs: person?.lastFlight === undefined ? undefined : Date.parse(`${person.lastFlight}T00:00:00Z`),
    };
  };

  const startWatch = (
    session: Session,
    body: { soundTested: boolean; notConfiguredRead: boolean },
    reply: Reply,
  ): void => {
    const decision = decideStartWatch(
      {
        watchId: chance.id("w"),
        personId: session.personId,
        name: session.name,
        by: actorOf(session, "pic"),
        nowMs: kernel.nowMs(),
        papers: papersOf(session),
        currencyDays: config.launch.currencyDays,
        ...body,
        notConfigured: config.notConfigured.map((one) => one.gate),
      },
      kernel.state(watchRoom),
    );
    switch (decision.kind) {
      case "refused":
        return reply.problem(422, "Watch not started", decision.why, decision.doThis);
      case "already":
        presence.touch(session.personId, kernel.nowMs());
        return reply.ok({ watchId: decision.watchId });
      case "started":
        presence.touch(session.personId, kernel.nowMs());
        kernel.commit(decision.facts, (durable) =>
          durable.kind === "ok"
            ? reply.ok({ watchId: decision.watchId }, 201)
            : reply.problem(
                503,
                "Not recorded",
                "The record cannot be written: no watch starts without it.",
                "Free the disk, then try again.",
              ),
        );
    }
  };

  const endWatch = (session: Session, watchId: string, why: string, reply: Reply): void => {
    const watch = [...watches().values()].find((one) => one.watchId === watchId);
    if (watch === undefined) return reply.problem(404, "No such watch", "This watch is not open.");
    const isOwn = watch.personId === session.personId;
    if (!isOwn && !session.roles.includes("supervisor"))
      return reply.problem(403, "Not yours", "A watch is ended by its pilot or by a supervisor.");
    const held = deps.answersFor(watch.personId);
    if (held.length > 0)
      return reply.problem(
        409,
        "Aircraft in the air",
        `${watch.name} answers for ${held.join(", ")}.`,
        "Hand them over or bring them home first.",
      );
    const fact = newFact(
      "WatchEnded",
      { watchId, personId: watch.personId, why },
      actorOf(session, isOwn ? "pic" : "supervisor"),
    );
    kernel.commit([fact], () => reply.ok({}));
  };

  const routes: readonly Route[] = [
    ...loginRoutes({
      kernel,
      config,
      chance,
      wallNowMs: () => clocks.wall.nowMs(),
      sessions,
      tickets,
      passwordCheck: deps.passwordCheck,
      watchIdOf: (personId) => watches().get(personId)?.watchId,
      answersFor: deps.answersFor,
    }),
    actRoute({
      act: "startWatch",
      roles: ["pic"],
      handle: ({ body, session }, reply) => (session ? startWatch(session, body, reply) : undefined),
    }),
    actRoute({
      act: "endWatch",
      roles: ["pic", "supervisor"],
      handle: ({ body, params, session }, reply) =>
        session ? endWatch(session, params["watchId"] ?? "", body.why, reply) : undefined,
    }),
    {
      kind: "get",
      path: "/watches",
      roles: ["pic", "rtcc", "supervisor"],
      summary: "Pilots on watch and the age of their presence",
      handle: (_, reply) =>
        reply.ok({
          watches: [...watches().values()].map((watch) => ({
            ...watch,
            presenceAgeS: Math.round(ageMs(watch.personId) / 1000),
          })),
        }),
    },
  ];

  const part: StationPart = {
    name: "people",
    rooms: [watchRoom],
    routes,
    onStart() {
      presence.restart(kernel.nowMs());
      endOrphans();
      keepLooking();
    },
    touches(fact) {
      switch (fact.type) {
        case "WatchStarted":
        case "WatchEnded":
        case "PresenceStale":
        case "PresenceBack":
          // Everybody's pilot room names who is on watch.
          return ["pilot:*"];
        default:
          return [];
      }
    },
  };

  /** A watch of a person whom the configuration no longer knows cannot go on. */
  const endOrphans = (): void => {
    const known = (personId: string) =>
      config.people.some((one) => one.personId === personId) ||
      (personId.startsWith("demo-") && demoImpossible(config) === undefined);
    const facts = [...watches().values()]
      .filter((watch) => !known(watch.personId))
      .map((watch) =>
        newFact(
          "WatchEnded",
          { watchId: watch.watchId, personId: watch.personId, why: "not in outrider.yaml any more" },
          systemActor,
        ),
      );
    kernel.commit(facts);
  };

  return { part, people };
}
