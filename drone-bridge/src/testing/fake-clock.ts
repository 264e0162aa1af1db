import type { Cancel, Clock } from "@outrider/contract";

type Entry = { readonly atMs: number; readonly order: number; readonly run: () => void };

/** Time that stands still until it is run on. Equal times fire in the order in which they were asked for. */
export class FakeClock implements Clock {
  #nowMs: number;
  #order = 0;
  readonly #waiting = new Set<Entry>();

  constructor(nowMs = 1_000_000) {
    this.#nowMs = nowMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, run: () => void): Cancel {
    const entry: Entry = { atMs: this.#nowMs + Math.max(0, delayMs), order: this.#order++, run };
    this.#waiting.add(entry);
    return () => {
      this.#waiting.delete(entry);
    };
  }

  run(forMs: number): void {
    const untilMs = this.#nowMs + forMs;
    for (;;) {
      let next: Entry | undefined;
      for (const entry of this.#waiting) {
        if (entry.atMs > untilMs) continue;
        if (next === undefined || entry.atMs < next.atMs || (entry.atMs === next.atMs && entry.order < next.order))
          next = entry;
      }
      if (next === undefined) break;
      this.#waiting.delete(next);
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.run();
    }
    this.#nowMs = untilMs;
  }
}
