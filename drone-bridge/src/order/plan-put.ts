import type { Cancel, Clock, FlightPlan } from "@outrider/contract";
import type { Aircraft } from "../aircraft/index.js";
import { listsFrom, planHash } from "../mission/index.js";
import type { OrderRun } from "./order-run.js";
import { orderTiming } from "./timing.js";

/** Said after PX4 has accepted a fence that it will not hold, or a mission that it will not fly. */
const badWords = /geofence invalid|geofence violation for waypoint|mission rejected|invalid mission/i;

/** One plan on its way to an aircraft: uploaded, read back, and given a moment for objections by text. */
export class PlanPut {
  readonly #run: OrderRun;
  readonly #aircraft: Aircraft;
  #objection: string | undefined;
  #cancel: Cancel | undefined;

  constructor(run: OrderRun, plan: FlightPlan, aircraft: Aircraft, clock: Clock) {
    this.#run = run;
    this.#aircraft = aircraft;
    aircraft.verifiedPlan = undefined;
    const lists = listsFrom(plan);
    const fence = lists.find((list) => list.type === 1)?.items ?? [];
    if (aircraft.missions.busy) {
      this.#refuse("another plan is being sent to this aircraft");
      return;
    }
    aircraft.missions.put(lists, (outcome) => {
      if (outcome.kind === "failed") return this.#refuse(outcome.reason);
      aircraft.others.weReadBack(clock.nowMs());
      this.#cancel = clock.after(orderTiming.planWordsMs, () => {
        if (this.#objection !== undefined) return this.#refuse(this.#objection);
        aircraft.verifiedPlan = { planId: plan.planId, launchId: run.order.launchId };
        run.readBack(plan.planId, outcome.items, planHash(fence));
      });
    });
  }

  onText(text: string): void {
    if (badWords.test(text)) this.#objection = text;
  }

  close(): void {
    this.#cancel?.();
  }

  #refuse(reason: string): void {
    this.#aircraft.verifiedPlan = undefined;
    this.#run.refuse(reason);
  }
}
