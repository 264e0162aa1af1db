import type { Cancel, Clock } from "@outrider/contract";

type Entry = { readonly atMs: number; readonly run: () => void };

/** Time that passes only when told to. */
export class FuzzClock implements Clock {
  #nowMs = 1_000_000;
  readonly #waiting = new Set<Entry>();

  /** Timers that wait: a machine that leaves them behind grows without end. */
  get waiting(): number {
    return this.#waiting.size;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, run: () => void): Cancel {
    const entry = { atMs: this.#nowMs + Math.max(0, delayMs), run };
    this.#waiting.add(entry);
    return () => {
      this.#waiting.delete(entry);
    };
  }

  pass(forMs: number): void {
    const untilMs = this.#nowMs + forMs;
    for (let rounds = 0; ; rounds++) {
      if (rounds > 10_000) throw new Error("timers without end");
      let next: Entry | undefined;
      for (const entry of this.#waiting)
        if (entry.atMs <= untilMs && (next === undefined || entry.atMs < next.atMs)) next = entry;
      if (next === undefined) break;
      this.#waiting.delete(next);
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.run();
    }
    this.#nowMs = untilMs;
  }
}
