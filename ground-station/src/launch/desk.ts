import { type NewFact, safeVerbs } from "@outrider/contract";
import { makePlan, type PlanChecks, type Site } from "../airspace/index.js";
import { type FleetPart, fleetRoom } from "../fleet/index.js";
import type { CommitOptions, StationContext } from "../kernel/index.js";
import type { SkyPort } from "../sky/index.js";
import type { Decision } from "./decide.js";
import type { IncidentBrief } from "./incidents.js";
import type { Launch } from "./launch.js";
import { type LaunchState, launchRoom } from "./launch-room.js";
import type { LoadView } from "./load.js";
import { type MeasureDeps, measureLaunch } from "./measure.js";
import { notRecorded } from "./not-recorded.js";
import type { PilotsPort } from "./ports.js";
import { Proposer } from "./proposer.js";

export type LaunchDeps = {
  readonly fleet: FleetPart;
  readonly site: Site;
  readonly pilots: PilotsPort;
  /** Somebody else than the pilot holds the camera. */
  readonly cameraDelegated: (uid: string) => boolean;
  /** Other aircraft and the weather. */
  readonly sky?: SkyPort | undefined;
};

const KEPT_CHECKS = 200;

/** What cards and flights share: state, measuring, and carrying decisions out. */
export class LaunchDesk {
  readonly context: StationContext;
  readonly deps: LaunchDeps;
  readonly measureDeps: MeasureDeps;
  readonly proposer: Proposer;
  readonly #checks = new Map<string, PlanChecks>();

  constructor(context: StationContext, deps: LaunchDeps) {
    this.context = context;
    this.deps = deps;
    const { fleet, site, pilots, sky } = deps;
    this.measureDeps = { fleet, site, pilots, sky, loadView: () => this.loadView() };
    this.proposer = new Proposer(context, this.measureDeps);
  }

  get state(): LaunchState {
    return this.context.kernel.state(launchRoom);
  }

  get nowMs(): number {
    return this.context.kernel.nowMs();
  }

  launch(launchId: string | undefined): Launch | undefined {
    return launchId === undefined ? undefined : this.state.launches.get(launchId);
  }

  brief(incidentId: string): IncidentBrief | undefined {
    return this.state.incidents.open.get(incidentId);
  }

  loadView(): LoadView {
    return {
      launches: this.state.launches,
      fleet: this.context.kernel.state(fleetRoom),
      samples: this.deps.fleet.samples,
      cameraDelegated: this.deps.cameraDelegated,
    };
  }

  rememberChecks(planId: string, found: PlanChecks): void {
    this.#checks.set(planId, found);
    const oldest = this.#checks.size > KEPT_CHECKS ? this.#checks.keys().next().value : undefined;
    if (oldest !== undefined) this.#checks.delete(oldest);
  }

  /** After a restart the proof of a plan is made again rather than believed. */
  #checksOf(launch: Launch): PlanChecks | undefined {
    const { planId } = launch.offer.plan;
    const known = this.#checks.get(planId);
    const brief = this.brief(launch.incidentId);
    if (known !== undefined || brief === undefined) return known;
    const above = launch.offer.reliefFor === undefined ? undefined : launch.offer.plan.scene.altAmslM;
    const request = this.proposer.request(brief, launch.offer.choice.uid, planId, above);
    const answer = request === undefined ? undefined : makePlan(this.deps.site, request);
    if (answer?.kind !== "plan") return undefined;
    this.rememberChecks(planId, answer.checks);
    return answer.checks;
  }

  measure(launch: Launch, picId: string, picActsNow: boolean): ReturnType<typeof measureLaunch> {
    return measureLaunch(this.context, this.measureDeps, {
      uid: launch.offer.choice.uid,
      picId,
      incident: this.brief(launch.incidentId),
      checks: this.#checksOf(launch),
      fence: launch.offer.plan.fence,
      uploaded: launch.stage.kind === "planReady",
      launchId: launch.launchId,
      plan: launch.offer.plan,
      relieves: launch.offer.reliefFor,
      picActsNow,
    });
  }

  /** What the disk refused, or took only later, is not acted upon. */
  takeBack(fact: NewFact): void {
    const launch = "launchId" in fact.data ? this.launch(fact.data.launchId) : undefined;
    if (launch !== undefined) this.carryOut(notRecorded(launch, fact));
  }

  /** Facts first, then the orders that follow from them; what makes the world safer does not wait for the disk. */
  carryOut(decision: Decision, done?: (ok: boolean) => void, options: CommitOptions = {}): void {
    if (decision.kind === "refused") {
      done?.(false);
      return;
    }
    const { kernel } = this.context;
    for (const order of decision.orders) if (safeVerbs.has(order.act.verb)) this.deps.fleet.orders.issue(order);
    // Nothing was decided, so nothing follows from it either.
    if (options.orNothing === true && !kernel.writable) return done?.(false);
    kernel.commit(decision.facts, (result) => {
      if (result.kind === "error") for (const fact of decision.facts) this.takeBack(fact);
      done?.(result.kind === "ok");
    });
    for (const order of decision.orders) if (!safeVerbs.has(order.act.verb)) this.deps.fleet.orders.issue(order);
  }
}
