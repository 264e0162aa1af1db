import type { CommandOutcome, CommandSpec } from "../command/index.js";

/** Where a command goes, and what becomes of it. */
export type RunCommand = (spec: CommandSpec, done: (outcome: CommandOutcome) => void) => void;

/** Times of asking a payload what it is, milliseconds. */
export const askTiming = {
  /** An answer may be this far behind its acknowledgement; MAVLink's camera and gimbal protocols repeat the cycle. */
  againMs: 3_000,
  /** Each wait is this many times the last. */
  growth: 1.5,
  /**
   * Cycles, the last after 98 s; each repeats its command by itself where nothing answers. The protocols name three, but
   * CAMERA_INFORMATION is one long frame: where one byte in two hundred is turned, three in ten of them come through.
   */
  mostCycles: 8,
  /** A refusal is what one says that has none: asked once more, since it may have been meant for another question. */
  refusedMs: 30_000,
} as const;

/**
 * Asks for one message until it is heard: an accepted request whose message got lost is asked again, one that a
 * component does not even answer is not, until the component is heard (`heardOf`). One request at a time.
 */
export class AskUntilHeard {
  readonly #spec: CommandSpec;
  #cycles = 0;
  #refused = 0;
  #asking = false;
  #over = false;
  #dueMs = Number.NEGATIVE_INFINITY;

  constructor(spec: CommandSpec) {
    this.#spec = spec;
  }

  /** It was heard: nothing more is asked. */
  heard(): void {
    this.#over = true;
    this.#cycles = askTiming.mostCycles;
  }

  /** The component is there, whatever it left unanswered before. */
  heardOf(): void {
    if (this.#cycles < askTiming.mostCycles) this.#over = false;
  }

  update(tMs: number, run: RunCommand): void {
    if (this.#over || this.#asking || tMs < this.#dueMs || this.#cycles >= askTiming.mostCycles) return;
    this.#asking = true;
    this.#dueMs = tMs + askTiming.againMs * askTiming.growth ** this.#cycles;
    this.#cycles++;
    run(this.#spec, (outcome) => {
      this.#asking = false;
      if (outcome.kind === "unanswered") this.#over = true;
      if (outcome.kind === "refused") this.#over = ++this.#refused > 1;
      if (outcome.kind === "refused") this.#dueMs = tMs + askTiming.refusedMs;
    });
  }
}
