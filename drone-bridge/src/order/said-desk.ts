import type { Clock, Log, StationSaid } from "@outrider/contract";
import type { FactSink } from "../journal/index.js";
import { ForgeryLog } from "./forgery-log.js";
import type { OrderGuard, SaidAnswer, WhyRefused } from "./order-guard.js";
import { orderTiming } from "./timing.js";

/** Why a sample of sticks moved nothing: not the station's, or not of the hand that holds this aircraft now. */
export type WhyNoStick = WhyRefused | "notHeld" | "otherGrant" | "otherPilot";

type Counts = { readonly sticks: Readonly<Record<string, number>>; readonly others: Readonly<Record<string, number>> };

/** Late is what a slow network does too; everything else came from somebody else. */
const strange = (why: WhyRefused): boolean => why !== "late" && why !== "tooLong";

/** What the station says beside orders: judged one by one, counted by reason, and told where a stranger spoke. */
export class SaidDesk {
  readonly #guard: OrderGuard;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #forgeries: ForgeryLog;
  readonly #sticks = new Map<string, number>();
  readonly #others = new Map<string, number>();
  #toldMs = Number.NEGATIVE_INFINITY;

  /** `clock`: one that never steps. */
  constructor(deps: { guard: OrderGuard; clock: Clock; sink: FactSink; log: Log }) {
    this.#guard = deps.guard;
    this.#clock = deps.clock;
    this.#log = deps.log;
    this.#forgeries = new ForgeryLog(deps);
  }

  get refused(): Counts {
    return { sticks: Object.fromEntries(this.#sticks), others: Object.fromEntries(this.#others) };
  }

  judge(said: StationSaid): SaidAnswer["kind"] {
    const answer = this.#guard.judge(said);
    if (answer.kind !== "foreign") return answer.kind;
    const { why, reason } = answer;
    if (said.kind === "sticks") {
      this.stickRefused(why);
      if (strange(why)) this.#forgeries.saw({ uid: said.uid, orderId: said.grantId ?? "", verb: "sticks" }, reason);
      return answer.kind;
    }
    count(this.#others, why);
    if (strange(why)) this.#tell(said.kind, reason);
    return answer.kind;
  }

  /** A sample that is the station's own and moved nothing all the same. */
  stickRefused(why: WhyNoStick): void {
    count(this.#sticks, why);
  }

  /** In the log and in health only: it changed nothing, and comes each second where two machines have different keys. */
  #tell(kind: string, reason: string): void {
    const nowMs = this.#clock.nowMs();
    if (nowMs - this.#toldMs < orderTiming.strangerEveryMs) return;
    this.#toldMs = nowMs;
    this.#log("warn", "a message was not the station's own: it changed nothing", { kind, reason });
  }
}

const count = (counts: Map<string, number>, why: string): void => {
  counts.set(why, (counts.get(why) ?? 0) + 1);
};
