import type { Clock } from "@outrider/contract";
import type { AnyMessageInit, MessageOf } from "@outrider/mavlink";
import { autopilotCompid } from "../autopilot/index.js";
import { ourIds } from "../frame/index.js";
import { type ClockEstimate, clockEstimate, newTimesync, stepTimesync, type TimesyncEvent } from "./machine.js";

/** The clock of one aircraft. Driven by whoever updates the aircraft; it keeps no timer of its own. */
export class TimesyncDesk {
  readonly #clock: Clock;
  readonly #sysid: () => number;
  readonly #send: (message: AnyMessageInit) => boolean;
  #state = newTimesync;

  constructor(deps: { clock: Clock; sysid: () => number; send: (message: AnyMessageInit) => boolean }) {
    this.#clock = deps.clock;
    this.#sysid = deps.sysid;
    this.#send = deps.send;
  }

  get estimate(): ClockEstimate | undefined {
    return clockEstimate(this.#state, this.#clock.nowMs());
  }

  onMessage(message: MessageOf<"TIMESYNC">): void {
    const { tc1, ts1, targetSystem } = message;
    // tc1 0 is a question of the aircraft; answering it would have it follow our clock.
    if (tc1 === 0n || (targetSystem !== 0 && targetSystem !== ourIds.sysid)) return;
    this.#step({ kind: "answer", tMs: this.#clock.nowMs(), tc1, ts1 });
  }

  update(tMs: number): void {
    this.#step({ kind: "time", tMs });
  }

  /** Its clock begins anew. */
  reset(): void {
    this.#step({ kind: "reset", tMs: this.#clock.nowMs() });
  }

  #step(event: TimesyncEvent): void {
    const { state, effects } = stepTimesync(this.#state, event);
    this.#state = state;
    for (const { ts1 } of effects)
      this.#send({ name: "TIMESYNC", tc1: 0n, ts1, targetSystem: this.#sysid(), targetComponent: autopilotCompid });
  }
}
