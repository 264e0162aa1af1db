import type { Order } from "@outrider/contract";
import type { CommandOutcome } from "../command/index.js";
import type { FactSink } from "../journal/index.js";
import type { PlanPut } from "./plan-put.js";

/** One order on its way: exactly one end, said as a fact. */
export class OrderRun {
  readonly order: Order;
  readonly arrivedMs: number;
  /** When its first byte left; undefined before. */
  sentMs: number | undefined;
  plan: PlanPut | undefined;
  readonly #sink: FactSink;
  #over = false;

  constructor(order: Order, arrivedMs: number, sink: FactSink) {
    this.order = order;
    this.arrivedMs = arrivedMs;
    this.#sink = sink;
  }

  get over(): boolean {
    return this.#over;
  }

  acknowledged(): void {
    if (!this.#over) this.#sink("OrderAcknowledged", this.#about());
  }

  /** What the autopilot said to the command; only a refusal ends the order here, telemetry decides the rest. */
  answered(outcome: CommandOutcome): void {
    switch (outcome.kind) {
      case "accepted":
        return this.acknowledged();
      case "refused":
        return this.refuse(outcome.reason);
      case "unanswered":
        return this.unconfirmed("no answer; it may have happened");
      case "unsent":
        return this.refuse("there was no way to the aircraft, or it became too old: nothing was sent");
    }
  }

  done(text: string): void {
    if (this.#end()) this.#sink("OrderDone", { ...this.#about(), text });
  }

  refuse(reason: string): void {
    if (this.#end()) this.#sink("OrderRefused", { ...this.#about(), reason });
  }

  unconfirmed(text: string): void {
    if (this.#end()) this.#sink("OrderUnconfirmed", { ...this.#about(), text });
  }

  /** The plan was read back and is the same. */
  readBack(planId: string, items: number, fenceHash: string): void {
    const { orderId, uid, launchId } = this.order;
    if (this.#end()) this.#sink("PlanReadBack", { orderId, uid, launchId, planId, items, fenceHash });
  }

  #end(): boolean {
    if (this.#over) return false;
    this.#over = true;
    return true;
  }

  #about(): { orderId: string; uid: string; launchId: string | undefined; verb: string } {
    const { orderId, uid, launchId, act } = this.order;
    return { orderId, uid, launchId, verb: act.verb };
  }
}
