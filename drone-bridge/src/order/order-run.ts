import type { Order } from "@outrider/contract";
import type { CommandOutcome } from "../command/index.js";
import type { FactSink } from "../journal/index.js";
import type { PlanPut } from "./plan-put.js";

type OrderEnd = "done" | "refused" | "unconfirmed" | "superseded";

/** One order on its way: exactly one end, said as a fact. */
export class OrderRun {
  readonly order: Order;
  readonly arrivedMs: number;
  /** When its first byte left; undefined before. */
  sentMs: number | undefined;
  plan: PlanPut | undefined;
  /** Tells an aircraft that is still at this command to stop it. */
  callOff: (() => void) | undefined;
  readonly #sink: FactSink;
  #end: OrderEnd | undefined;
  #replacedBy: OrderRun | undefined;

  constructor(order: Order, arrivedMs: number, sink: FactSink) {
    this.order = order;
    this.arrivedMs = arrivedMs;
    this.#sink = sink;
  }

  /** Left, and nobody knows what became of it: it may still happen. */
  get mayHappen(): boolean {
    return this.#end === undefined || this.#end === "unconfirmed";
  }

  get over(): boolean {
    return this.#end !== undefined;
  }

  /** A later order has taken its place: nothing that is seen from now on says anything of this one. */
  get replaced(): boolean {
    return this.#replacedBy !== undefined;
  }

  acknowledged(): void {
    if (!this.over) this.#sink("OrderAcknowledged", this.#about());
  }

  /** What the autopilot said to the command; only a refusal ends the order here, telemetry decides the rest. */
  answered(outcome: CommandOutcome): void {
    switch (outcome.kind) {
      case "accepted":
        return this.acknowledged();
      case "refused":
        return this.refuse(outcome.reason);
      case "cancelled":
        return this.replaced ? undefined : this.unconfirmed("it was stopped for an order that was then refused");
      case "unanswered":
        // What became of the order in its place decides.
        return this.replaced ? undefined : this.unconfirmed("no answer; it may have happened");
      case "unsent":
        return this.#replacedBy === undefined
          ? this.refuse("there was no way to the aircraft, or it became too old: nothing was sent")
          : this.#unsent(this.#replacedBy.order);
    }
  }

  done(text: string): void {
    if (this.#ends("done")) this.#sink("OrderDone", { ...this.#about(), text });
  }

  refuse(reason: string): void {
    if (this.#ends("refused")) this.#sink("OrderRefused", { ...this.#about(), reason });
  }

  unconfirmed(text: string): void {
    if (this.#ends("unconfirmed")) this.#sink("OrderUnconfirmed", { ...this.#about(), text });
  }

  /**
   * A later order for the same thing takes its place. One that has left waits for the end of that order: it is
   * superseded when that took effect, and goes on as before when that was refused.
   */
  replace(by: OrderRun): void {
    if (this.over) return;
    if (this.sentMs === undefined) return this.#unsent(by.order);
    // Arming that has left is not taken back by what comes after it.
    if (this.order.act.verb === "arm") return;
    this.#replacedBy = by;
    this.callOff?.();
  }

  /** Looks what became of the order in its place; true while that decides. */
  settleReplaced(): boolean {
    const by = this.#replacedBy;
    if (by === undefined) return false;
    switch (by.#end) {
      case "done":
      case "superseded":
        this.#superseded(by.order, "before it was seen");
        return true;
      case "unconfirmed":
        this.unconfirmed(`replaced by ${said(by.order)}, of which nothing was seen: either may have happened`);
        return true;
      case "refused":
        this.#replacedBy = undefined;
        return false;
      default:
        return true;
    }
  }

  /** For a launch it is a refusal, since it waits for what its own orders did. */
  #unsent(by: Order): void {
    const { verb } = this.order.act;
    const when = "before it could be sent: nothing was sent";
    if (verb === "arm" || verb === "startMission") this.refuse(`replaced by ${said(by)} ${when}`);
    else this.#superseded(by, when);
  }

  #superseded(by: Order, when: string): void {
    const text = `replaced by ${said(by)} ${when}`;
    if (this.#ends("superseded"))
      this.#sink("OrderSuperseded", { ...this.#about(), byOrderId: by.orderId, byVerb: by.act.verb, text });
  }

  /** The plan was read back and is the same. */
  readBack(planId: string, items: number, fenceHash: string): void {
    const { orderId, uid, launchId } = this.order;
    if (this.#ends("done")) this.#sink("PlanReadBack", { orderId, uid, launchId, planId, items, fenceHash });
  }

  #ends(end: OrderEnd): boolean {
    if (this.over) return false;
    this.#end = end;
    return true;
  }

  #about(): { orderId: string; uid: string; launchId: string | undefined; verb: string } {
    const { orderId, uid, launchId, act } = this.order;
    return { orderId, uid, launchId, verb: act.verb };
  }
}

const said = ({ act, issuedBy }: Order): string =>
  issuedBy.kind === "person" ? `${act.verb} of ${issuedBy.name}` : act.verb;
