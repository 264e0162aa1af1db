import { orderTiming } from "./timing.js";

/** Token bucket of one aircraft: 10 orders a second, 20 at once. */
export class OrderRate {
  #tokens: number = orderTiming.burst;
  #tMs: number | undefined;

  take(tMs: number): boolean {
    const sinceS = this.#tMs === undefined ? 0 : Math.max(0, tMs - this.#tMs) / 1000;
    this.#tMs = tMs;
    this.#tokens = Math.min(orderTiming.burst, this.#tokens + sinceS * orderTiming.perSecond);
    if (this.#tokens < 1) return false;
    this.#tokens--;
    return true;
  }
}
