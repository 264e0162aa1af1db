import type { HilLag } from "./hil-pace.js";

const lookEveryMs = 200;
/** Run time by which an aircraft may be behind the run's clock: a link that is silent for 2.5 s is late, for 3.5 s lost. */
const lateMs = 800;
/** Of what the slowest aircraft did since the last look: room to catch up with what it is behind. */
const share = 0.9;
/** A machine that stood still for a moment is no measure: at once no more than this is taken away. */
const mostCut = 0.5;
/** A step towards the pace asked for, after so many looks without lag. */
const faster = 1.25;
const calmLooks = 2;
/** And beyond the world's own pace after PX4 has once not kept up: a pace that fails every second is worse than a slow one. */
const calmLooksAfterLag = 15;
/** Slowest pace of the sim wire. */
const leastRate = 0.25;

/**
 * The pace of a run with real PX4s: what was asked for, as far as the slowest of them keeps up. Run time must not run
 * away from an aircraft: seconds without its words are a lost link to all who follow the clock.
 */
export class RunPace {
  #wanted: number;
  #lookedMs: number | undefined;
  #givenUpMs = 0;
  #behindMs = 0;
  #calm = 0;
  #patience = calmLooks;

  constructor(wanted = 1) {
    this.#wanted = wanted;
  }

  /** A new wish; answers the rate to begin with: slower at once, faster from the present one by and by. */
  want(rate: number, present = rate): number {
    this.#wanted = rate;
    this.#calm = 0;
    this.#patience = calmLooks;
    return Math.min(rate, Math.max(1, present));
  }

  /** The rate to go on with; undefined where it stays. To be asked often. */
  look(lags: readonly HilLag[], rate: number, wallMs: number): number | undefined {
    if (lags.length === 0) return undefined;
    const tookMs = wallMs - (this.#lookedMs ?? wallMs - lookEveryMs);
    if (tookMs < lookEveryMs) return undefined;
    this.#lookedMs = wallMs;
    const givenUpMs = lags.reduce((sum, lag) => sum + lag.givenUpMs, 0);
    const lost = givenUpMs - this.#givenUpMs;
    const behindMs = Math.max(...lags.map((lag) => lag.behindMs));
    const grewMs = behindMs - this.#behindMs + lost;
    this.#givenUpMs = givenUpMs;
    this.#behindMs = behindMs;
    if (lost <= 0 && behindMs <= lateMs) return this.#faster(rate);
    this.#calm = 0;
    this.#patience = calmLooksAfterLag;
    // One that catches up already needs no slower pace still.
    return grewMs > 0 ? this.#slower(rate, Math.max(0, rate - grewMs / tookMs)) : undefined;
  }

  #slower(rate: number, done: number): number | undefined {
    const next = Math.max(leastRate, rate * mostCut, Math.min(rate, done) * share);
    return next < rate ? next : undefined;
  }

  #faster(rate: number): number | undefined {
    const patience = rate < 1 ? calmLooks : this.#patience;
    if (rate >= this.#wanted || ++this.#calm < patience) return undefined;
    this.#calm = 0;
    return Math.min(this.#wanted, rate * faster);
  }
}
