import type { Cancel, Clock, Log } from "@outrider/contract";

/** Repeated work. A round that throws is logged and the next one comes, but what it would have fed stays hungry. */
export class Loops {
  readonly #log: Log;
  readonly #cancels = new Map<number, Cancel>();
  #next = 0;

  constructor(log: Log) {
    this.#log = log;
  }

  every(clock: Clock, everyMs: number, work: () => void): void {
    const id = this.#next++;
    const round = (): void => {
      try {
        work();
      } catch (error) {
        this.#log("error", "a loop failed", {
          error: error instanceof Error ? (error.stack ?? error.message) : String(error),
        });
      }
      this.#cancels.set(id, clock.after(everyMs, round));
    };
    this.#cancels.set(id, clock.after(everyMs, round));
  }

  close(): void {
    for (const cancel of this.#cancels.values()) cancel();
    this.#cancels.clear();
  }
}
