import { makePlan, type PlanAnswer, type PlanRequest } from "./plan.js";
import type { Site } from "./site.js";

const mostKept = 64;

/**
 * A call that cannot be flown yet is planned again every few seconds, for each aircraft, and more than once in one
 * decision. The same wishes over the same ground give the same plan: only its name is new.
 */
export class RecentPlans {
  readonly #site: Site;
  readonly #kept = new Map<string, PlanAnswer>();

  constructor(site: Site) {
    this.#site = site;
  }

  plan(request: PlanRequest): PlanAnswer {
    const { planId, ...wishes } = request;
    const key = JSON.stringify(wishes);
    const answer = this.#kept.get(key) ?? makePlan(this.#site, request);
    this.#kept.delete(key);
    this.#kept.set(key, answer);
    const oldest = this.#kept.size > mostKept ? this.#kept.keys().next().value : undefined;
    if (oldest !== undefined) this.#kept.delete(oldest);
    return answer.kind === "plan" ? { ...answer, plan: { ...answer.plan, planId } } : answer;
  }
}
