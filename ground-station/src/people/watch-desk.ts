import { type ActBody, newFact } from "@outrider/contract";
import {
  actorOf,
  actRoute,
  type Durable,
  type Reply,
  type Route,
  type Session,
  type StationContext,
  systemActor,
} from "../kernel/index.js";
import { currencyRoom } from "./currency-room.js";
import { demoImpossible } from "./demo-people.js";
import { decideStartWatch, type Papers } from "./start-watch.js";
import { currencyOf, lastFlownMs } from "./training-currency.js";
import { type Watch, watchRoom } from "./watch-room.js";

export type WatchDeskDeps = {
  readonly touch: (personId: string) => void;
  readonly ageMs: (personId: string) => number;
  readonly answersFor: (personId: string) => readonly string[];
};

const demoPapers = (nowMs: number): Papers => ({
  certificate: { number: "SIM-ONLY", untilMs: nowMs + 365 * 86_400_000 },
  lastFlightMs: nowMs,
});

/** Pilots signing on and off. */
export class WatchDesk {
  readonly #context: StationContext;
  readonly #deps: WatchDeskDeps;

  constructor(context: StationContext, deps: WatchDeskDeps) {
    this.#context = context;
    this.#deps = deps;
  }

  get #watches(): ReadonlyMap<string, Watch> {
    return this.#context.kernel.state(watchRoom).byPerson;
  }

  get #isDemo(): boolean {
    return demoImpossible(this.#context.config) === undefined;
  }

  routes(): readonly Route[] {
    return [
      actRoute({
        act: "startWatch",
        roles: ["pic"],
        handle: ({ body, session }, reply) => (session ? this.#start(session, body, reply) : undefined),
      }),
      actRoute({
        act: "endWatch",
        roles: ["pic", "supervisor"],
        handle: ({ body, params, session }, reply) =>
          session ? this.#end(session, params["watchId"] ?? "", body.why, reply) : undefined,
      }),
      {
        kind: "get",
        path: "/watches",
        roles: ["pic", "rtcc", "supervisor"],
        summary: "Pilots on watch and the age of their presence",
        handle: (_, reply) => reply.ok({ watches: this.#list() }),
      },
    ];
  }

  #list() {
    return [...this.#watches.values()].map((watch) => ({
      ...watch,
      presenceAgeS: Math.round(this.#deps.ageMs(watch.personId) / 1000),
    }));
  }

  #papersOf(session: Session): Papers {
    const { config, kernel } = this.#context;
    if (session.demo && this.#isDemo) return demoPapers(kernel.nowMs());
    const person = config.people.find((one) => one.personId === session.personId);
    const certificate = person?.certificate;
    const runs = kernel.state(currencyRoom).byPerson.get(session.personId)?.runs ?? [];
    const trained = { runs, entered: person?.trained ?? [] };
    const needed = new Set(
      (config.training?.kinds ?? []).filter((one) => one.neededForWatch).map((one) => one.teaches),
    );
    const enteredMs = person?.lastFlight === undefined ? undefined : Date.parse(`${person.lastFlight}T00:00:00Z`);
    return {
      certificate:
        certificate === undefined
          ? undefined
          : { number: certificate.number, untilMs: Date.parse(`${certificate.until}T23:59:59Z`) },
      lastFlightMs: lastFlownMs(enteredMs, runs, config.training),
      lapsed: currencyOf(trained, config.training, kernel.nowMs()).filter(
        (one) => needed.has(one.teaches) && (one.state === "lapsed" || one.state === "never"),
      ),
    };
  }

  #start(session: Session, body: ActBody<"startWatch">, reply: Reply): void {
    const { kernel, config, chance } = this.#context;
    const decision = decideStartWatch(
      {
        watchId: chance.id("w"),
        personId: session.personId,
        name: session.name,
        by: actorOf(session, "pic"),
        nowMs: kernel.nowMs(),
        papers: this.#papersOf(session),
        currencyDays: config.launch.currencyDays,
        checkFlight: config.site.provenance === "sim" && kernel.state(currencyRoom).inScoredRun,
        ...body,
        notConfigured: config.notConfigured.map((one) => one.gate),
      },
      kernel.state(watchRoom),
    );
    if (decision.kind === "refused") return reply.problem(422, "Watch not started", decision.why, decision.doThis);
    this.#deps.touch(session.personId);
    if (decision.kind === "already") return reply.ok({ watchId: decision.watchId });
    const { watchId } = decision;
    const { personId } = session;
    const answer = (durable: Durable): void => {
      if (durable.kind === "ok") return reply.ok({ watchId }, 201);
      // The state has gone on already: a watch that its pilot believes not to have begun must not launch anything.
      if (kernel.state(watchRoom).byPerson.get(personId)?.watchId === watchId)
        kernel.commit([newFact("WatchEnded", { watchId, personId, why: "could not be recorded" }, systemActor)]);
      reply.problem(
        503,
        "Not recorded",
        "The record cannot be written: no watch starts without it.",
        "Free the disk, then try again.",
      );
    };
    kernel.commit(decision.facts, answer, { orNothing: true });
  }

  #end(session: Session, watchId: string, why: string, reply: Reply): void {
    const watch = [...this.#watches.values()].find((one) => one.watchId === watchId);
    if (watch === undefined) return reply.problem(404, "No such watch", "This watch is not open.");
    const isOwn = watch.personId === session.personId;
    if (!isOwn && !session.roles.includes("supervisor"))
      return reply.problem(403, "Not yours", "A watch is ended by its pilot or by a supervisor.");
    const held = this.#deps.answersFor(watch.personId);
    if (held.length > 0)
      return reply.problem(
        409,
        "Aircraft in hand",
        `${watch.name} answers for ${held.join(", ")}.`,
        "Hand them over or bring them home first.",
      );
    const by = actorOf(session, isOwn ? "pic" : "supervisor");
    this.#context.kernel.commit([newFact("WatchEnded", { watchId, personId: watch.personId, why }, by)], () =>
      reply.ok({}),
    );
  }

  /** A watch of a person whom the configuration no longer knows cannot go on. */
  endOrphans(): void {
    const { config, kernel } = this.#context;
    const known = (personId: string): boolean =>
      config.people.some((one) => one.personId === personId) || (personId.startsWith("demo-") && this.#isDemo);
    const facts = [...this.#watches.values()]
      .filter((watch) => !known(watch.personId))
      .map(({ watchId, personId }) =>
        newFact("WatchEnded", { watchId, personId, why: "not in outrider.yaml any more" }, systemActor),
      );
    kernel.commit(facts);
  }
}
