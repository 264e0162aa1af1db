import { type ActBody, type Actor, newFact, type TrainerDeed } from "@outrider/contract";
import { actorOf, actRoute, type Reply, type Route, type Session, type StationContext } from "../kernel/index.js";
import { type PlannedDeed, trainingRoom } from "./training-room.js";

export type PlanDeskDeps = {
  /** Tells the simulator; false where there is none. */
  readonly make: (deed: TrainerDeed) => boolean;
};

const mostPlanned = 100;

/** Injects that wait on the run's timeline. They are facts and are made by the station, whoever's page is open. */
export class PlanDesk {
  readonly #context: StationContext;
  readonly #deps: PlanDeskDeps;
  readonly #armed = new Set<string>();

  constructor(context: StationContext, deps: PlanDeskDeps) {
    this.#context = context;
    this.#deps = deps;
  }

  routes(): readonly Route[] {
    return [
      actRoute({
        act: "planInject",
        roles: ["trainer"],
        handle: ({ body, session }, reply) => (session ? this.#add(body, session, reply) : undefined),
      }),
      actRoute({
        act: "unplanInject",
        roles: ["trainer"],
        handle: ({ params, session }, reply) =>
          session ? this.#remove(params["planId"] ?? "", session, reply) : undefined,
      }),
    ];
  }

  get #current() {
    return this.#context.kernel.state(trainingRoom).current;
  }

  #add(body: ActBody<"planInject">, session: Session, reply: Reply): void {
    const run = this.#current;
    if (run === undefined) return reply.problem(409, "No run", "No run is going on.", "Start one first.");
    if (run.plan.length >= mostPlanned)
      return reply.problem(409, "Too many", `${mostPlanned} injects wait already.`, "Take some off first.");
    this.lay(run.runId, run.startedMs, body, actorOf(session, "trainer"), (planId) =>
      planId === undefined
        ? reply.problem(503, "Not recorded", "The record cannot be written.", "Free the disk, then try again.")
        : reply.ok({ planId }, 201),
    );
  }

  /** Lays one deed on a run's timeline; `atS` counts from the run's start. */
  lay(
    runId: string,
    startedMs: number,
    one: ActBody<"planInject">,
    by: Actor,
    done: (planId: string | undefined) => void = () => undefined,
  ): void {
    const { kernel } = this.#context;
    const planId = kernel.newId("plan");
    const { title, deed } = one;
    const atMs = Math.max(kernel.nowMs(), startedMs + one.atS * 1000);
    kernel.commit([newFact("InjectPlanned", { runId, planId, title, atMs, deed }, by)], (durable) => {
      this.arm();
      done(durable.kind === "ok" ? planId : undefined);
    });
  }

  #remove(planId: string, session: Session, reply: Reply): void {
    const run = this.#current;
    if (run?.plan.some((one) => one.planId === planId) !== true)
      return reply.problem(404, "Not planned", "This inject does not wait any more.", "Nothing to do.");
    const data = { runId: run.runId, planId, why: "taken off" } as const;
    this.#context.kernel.commit([newFact("InjectUnplanned", data, actorOf(session, "trainer"))], () => reply.ok({}));
  }

  /** A timer for each that has none; after a restart for all of them. */
  arm(): void {
    const run = this.#current;
    for (const one of run?.plan ?? []) {
      if (this.#armed.has(one.planId)) continue;
      this.#armed.add(one.planId);
      this.#context.kernel.after(Math.max(0, one.atMs - this.#context.kernel.nowMs()), () => {
        this.#armed.delete(one.planId);
        this.#due(one, run?.runId ?? "");
      });
    }
  }

  #due(one: PlannedDeed, runId: string): void {
    const run = this.#current;
    // Taken off meanwhile, or another run goes on: a timer that was armed before means nothing then.
    if (run?.runId !== runId || !run.plan.some((other) => other.planId === one.planId)) return;
    const { planId, deed, by } = one;
    const made = this.#deps.make(deed);
    const over = newFact("InjectUnplanned", { runId, planId, why: made ? "made" : "run over" }, by);
    const inject = newFact("InjectMade", { runId, inject: wordOf(deed), text: JSON.stringify(deed) }, by);
    this.#context.kernel.commit(made ? [over, inject] : [over]);
  }
}

/** The kind by which an inject stands in the record. */
export const wordOf = (deed: TrainerDeed): string => (deed.kind === "incident" ? `incident:${deed.which}` : deed.kind);
