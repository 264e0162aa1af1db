import type { Cancel, Clock } from "../ports.js";

type Waiting = { readonly dueMs: number; readonly run: () => void };

/** Time that stands still until it is moved on. What is due at one moment runs in the order in which it was asked for. */
export class HandClock implements Clock {
  #nowMs: number;
  readonly #waiting = new Set<Waiting>();

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, run: () => void): Cancel {
    const one: Waiting = { dueMs: this.#nowMs + Math.max(0, delayMs), run };
    this.#waiting.add(one);
    return () => void this.#waiting.delete(one);
  }

  /** Lets time pass as it does over a machine that slept: timers that are due by then run late, and once. */
  jump(ms: number): void {
    this.#nowMs += ms;
  }

  advance(ms: number): void {
    const untilMs = this.#nowMs + ms;
    for (;;) {
      const next = this.#earliest(untilMs);
      if (next === undefined) break;
      this.#waiting.delete(next);
      this.#nowMs = Math.max(this.#nowMs, next.dueMs);
      next.run();
    }
    this.#nowMs = untilMs;
  }

  #earliest(untilMs: number): Waiting | undefined {
    let best: Waiting | undefined;
    for (const one of this.#waiting)
      if (one.dueMs <= untilMs && (best === undefined || one.dueMs < best.dueMs)) best = one;
    return best;
  }
}
