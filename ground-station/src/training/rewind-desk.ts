import { newFact, type StationToSim } from "@outrider/contract";
import { incidentRoom } from "../incident/index.js";
import { actorOf, actRoute, type Reply, type Route, type Session, type StationContext } from "../kernel/index.js";
import { type BranchPlan, branchAt } from "./branch.js";
import type { PlanDesk } from "./plan-desk.js";
import { noSuchRun, type RunDesk } from "./run-desk.js";

export type RewindDeps = {
  readonly runs: RunDesk;
  readonly plan: PlanDesk;
  readonly connected: () => boolean;
  /** Whether the simulator can make a past again: with a real autopilot it cannot. */
  readonly rewinds: () => boolean;
  readonly tell: (message: StationToSim) => boolean;
};

export const noSimulator = (reply: Reply): void =>
  reply.problem(503, "No simulator", "No simulator is connected.", "Start it, then try again.");

/**
 * Back to a mark. The simulator carries aircraft home and lives the run again up to the branch; the record goes on with
 * a new run that names its parent. Nothing is taken out of the record.
 */
export class RewindDesk {
  readonly #context: StationContext;
  readonly #deps: RewindDeps;
  /** What is to be laid on the timeline of the branch when it has begun. */
  #toLay: { readonly plan: BranchPlan; readonly session: Session } | undefined;

  constructor(context: StationContext, deps: RewindDeps) {
    this.#context = context;
    this.#deps = deps;
  }

  routes(): readonly Route[] {
    return [
      actRoute({
        act: "rewindRun",
        roles: ["trainer"],
        handle: ({ params, body, session }, reply) =>
          session ? this.#rewind(params["runId"] ?? "", body.markSeq, session, reply) : undefined,
      }),
    ];
  }

  #rewind(runId: string, markSeq: number, session: Session, reply: Reply): void {
    const { runs, connected, rewinds, tell } = this.#deps;
    if (!connected()) return noSimulator(reply);
    if (!rewinds())
      return reply.problem(409, "No way back", "A real autopilot flies: its past cannot be made again.", "Start anew.");
    const range = runs.rangeOf(runId);
    if (range === undefined) return noSuchRun(reply);
    if (markSeq < range.fromSeq || markSeq > range.toSeq)
      return reply.problem(404, "No such mark", "This fact is none of that run.", "Choose a mark of the run.");
    runs.read({ ...range, toSeq: markSeq }, reply, (facts) => {
      const plan = branchAt(facts, markSeq);
      if (plan === undefined) return noSuchRun(reply);
      const { scenario, seed, branch, watchAtS } = plan;
      const deeds = plan.deeds.map(({ atS, deed }) => ({ atS, deed }));
      this.#toLay = { plan, session };
      const back = { kind: "rewind", scenario, seed, branch, deeds } as const;
      if (!tell(watchAtS === undefined ? back : { ...back, watchAtS })) return noSimulator(reply);
      reply.ok({ toS: branch.toS, later: plan.later.length }, 202);
    });
  }

  /** Calls of the run before would swallow those of the next as second reports of the same thing. */
  closeIncidents(session: Session, reason: string): void {
    const { kernel } = this.#context;
    const open = [...kernel.state(incidentRoom).byId.values()].filter((one) => !one.closed);
    const by = actorOf(session, "trainer");
    kernel.commit(open.map(({ incidentId }) => newFact("IncidentClosed", { incidentId, real: "unknown", reason }, by)));
  }

  /** A run has begun: where it is the branch that was asked for, what is still to come is laid on its timeline. */
  onRunStarted(runId: string, startedMs: number, markSeq: number | undefined): void {
    const wanted = this.#toLay;
    this.#toLay = undefined;
    if (wanted === undefined || markSeq !== wanted.plan.branch.markSeq) return;
    // Not before: a call that is closed under a flying aircraft orders that one home, and it is being carried.
    this.closeIncidents(wanted.session, "The run was taken back to a mark.");
    const by = actorOf(wanted.session, "trainer");
    for (const one of wanted.plan.later) this.#deps.plan.lay(runId, startedMs, one, by);
  }
}
