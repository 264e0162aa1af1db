import type { HilLink } from "./hil-link.js";

/** An aircraft this far behind is not chased: at ten times its pace it would leap through the city. */
const mostBehindMs = 2_000;
const stepMs = 4;

export type HilLag = { readonly behindMs: number; readonly givenUpMs: number };

/**
 * Where the run wants one aircraft's own clock to be. PX4's clock starts with its connection and only ever goes on by
 * the step, so the run's clock is followed by difference; what cannot be caught up is given up, never skipped.
 */
export class HilPace {
  #originMs: number | undefined;
  #behindMs = 0;
  #givenUpMs = 0;

  get lag(): HilLag {
    return { behindMs: this.#behindMs, givenUpMs: this.#givenUpMs };
  }

  /** Simulated time to which the link may step now, by run time `runMs`. */
  targetMs(link: Pick<HilLink, "tMs" | "begun">, runMs: number): number {
    this.#originMs ??= runMs - link.tMs;
    const behindMs = runMs - this.#originMs - link.tMs;
    const mostMs = link.begun ? mostBehindMs : stepMs;
    if (behindMs > mostMs) {
      // PX4 boots by wall time, whatever the run's pace: nobody owes what passed before it spoke.
      if (link.begun) this.#givenUpMs += behindMs - stepMs;
      this.#originMs += behindMs - stepMs;
    }
    this.#behindMs = link.begun ? Math.max(0, runMs - this.#originMs - link.tMs) : 0;
    return runMs - this.#originMs;
  }
}
