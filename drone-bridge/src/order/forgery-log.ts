import type { Clock, Log } from "@outrider/contract";
import type { FactSink } from "../journal/index.js";
import { orderTiming } from "./timing.js";

const clipped = (text: string): string => text.slice(0, 80);

/** Says what was not the station's own: soon, and seldom enough that a flood of it fills neither journal nor disk. */
export class ForgeryLog {
  readonly #clock: Clock;
  readonly #sink: FactSink;
  readonly #log: Log | undefined;
  #saidMs = Number.NEGATIVE_INFINITY;
  #unsaid = 0;
  #total = 0;

  constructor(deps: { clock: Clock; sink: FactSink; log?: Log | undefined }) {
    this.#clock = deps.clock;
    this.#sink = deps.sink;
    this.#log = deps.log;
  }

  get total(): number {
    return this.#total;
  }

  /** True when it was told: then the order gets its refusal too. */
  saw(what: { readonly uid: string; readonly orderId: string; readonly verb: string }, reason: string): boolean {
    this.#total += 1;
    this.#unsaid += 1;
    const nowMs = this.#clock.nowMs();
    // Another run may have an earlier time.
    if (Math.abs(nowMs - this.#saidMs) < orderTiming.forgeryEveryMs) return false;
    this.#saidMs = nowMs;
    const count = this.#unsaid;
    this.#unsaid = 0;
    const about = { uid: clipped(what.uid), orderId: clipped(what.orderId), verb: what.verb };
    this.#log?.("error", "an order was not the station's own", { ...about, reason, count });
    this.#sink("OrderNotVerified", { ...about, reason, count });
    return true;
  }
}
