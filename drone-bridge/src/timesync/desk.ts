import type { Clock } from "@outrider/contract";
import type { AnyMessageInit, MessageOf } from "@outrider/mavlink";
import { autopilotCompid } from "../autopilot/index.js";
import { ourIds } from "../frame/index.js";
import {
  type ClockEstimate,
  clockEstimate,
  newTimesync,
  stepTimesync,
  type TimesyncEvent,
  type TimesyncState,
} from "./machine.js";
import { timesyncTiming } from "./timing.js";

/** The clock of one aircraft. Driven by whoever updates the aircraft; it keeps no timer of its own. */
export class TimesyncDesk {
  /** Asks once a second, for as long as somebody flies by hand. */
  often = false;
  readonly #clock: Clock;
  readonly #sysid: () => number;
  readonly #send: (message: AnyMessageInit) => boolean;
  #state = newTimesync;
  /** The estimate of a state, which holds until the first of its samples is stale. */
  #judged: { readonly state: TimesyncState; readonly estimate: ClockEstimate | undefined; readonly untilMs: number };

  constructor(deps: { clock: Clock; sysid: () => number; send: (message: AnyMessageInit) => boolean }) {
    this.#clock = deps.clock;
    this.#sysid = deps.sysid;
    this.#send = deps.send;
    this.#judged = { state: this.#state, estimate: undefined, untilMs: Number.POSITIVE_INFINITY };
  }

  get estimate(): ClockEstimate | undefined {
    return this.estimateAt(this.#clock.nowMs());
  }

  /** Asked with every frame that is heard: judged anew only where it can have changed. */
  estimateAt(tMs: number): ClockEstimate | undefined {
    const state = this.#state;
    if (this.#judged.state !== state || tMs > this.#judged.untilMs)
      this.#judged = { state, estimate: clockEstimate(state, tMs), untilMs: staleAtMs(state, tMs) };
    return this.#judged.estimate;
  }

  /** How long there and back took of late, newest last, ms; empty where it has never answered. */
  get roundsMs(): readonly number[] {
    return this.#state.roundsMs;
  }

  onMessage(message: MessageOf<"TIMESYNC">): void {
    const { tc1, ts1, targetSystem } = message;
    // tc1 0 is a question of the aircraft; answering it would have it follow our clock.
    if (tc1 === 0n || (targetSystem !== 0 && targetSystem !== ourIds.sysid)) return;
    this.#step({ kind: "answer", tMs: this.#clock.nowMs(), tc1, ts1 });
  }

  update(tMs: number): void {
    // Called with every frame that is heard.
    if (tMs >= this.#state.nextMs || this.often) this.#step({ kind: "time", tMs, often: this.often });
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

/** When the first of the samples that count now stops counting. */
function staleAtMs({ samples }: TimesyncState, tMs: number): number {
  let untilMs = Number.POSITIVE_INFINITY;
  for (const sample of samples)
    if (tMs - sample.tMs <= timesyncTiming.staleMs) untilMs = Math.min(untilMs, sample.tMs + timesyncTiming.staleMs);
  return untilMs;
}
