import type { Cancel, Clock } from "./ports.js";

/** The pace of a simulated run, owned by sim and published over its wire. A live run has rate 1 and never pauses. */
export type RunTiming = {
  readonly runId: string;
  /** Run time (Unix ms) at the moment this timing took effect. */
  readonly epochMs: number;
  readonly rate: number;
  readonly paused: boolean;
};

/**
 * Run time derived from wall time. A pause stops it and never skips: a skip would age every heartbeat at once and
 * make an aircraft act on a loss that did not happen.
 */
export class RunClock implements Clock {
  readonly #wall: Clock;
  #timing: RunTiming;
  #anchorWallMs: number;
  readonly #waiting = new Set<{ dueMs: number; run: () => void; cancelWall: Cancel | undefined }>();

  constructor(wall: Clock, timing: RunTiming) {
    this.#wall = wall;
    this.#timing = timing;
    this.#anchorWallMs = wall.nowMs();
  }

  get timing(): RunTiming {
    return { ...this.#timing, epochMs: this.nowMs() };
  }

  nowMs(): number {
    if (this.#timing.paused) return this.#timing.epochMs;
    return this.#timing.epochMs + (this.#wall.nowMs() - this.#anchorWallMs) * this.#timing.rate;
  }

  /** Takes over a new pace; run time never goes backwards within one run. */
  retime(timing: RunTiming): void {
    const sameRun = timing.runId === this.#timing.runId;
    const beforeMs = this.nowMs();
    const epochMs = sameRun ? Math.max(timing.epochMs, beforeMs) : timing.epochMs;
    this.#timing = { ...timing, epochMs };
    this.#anchorWallMs = this.#wall.nowMs();
    for (const entry of this.#waiting) {
      // Another run has another epoch: what was to happen in a second still is to happen in a second.
      if (!sameRun) entry.dueMs += epochMs - beforeMs;
      this.#arm(entry);
    }
  }

  after(delayMs: number, run: () => void): Cancel {
    const entry = { dueMs: this.nowMs() + delayMs, run, cancelWall: undefined as Cancel | undefined };
    this.#waiting.add(entry);
    this.#arm(entry);
    return () => {
      entry.cancelWall?.();
      this.#waiting.delete(entry);
    };
  }

  #arm(entry: { dueMs: number; run: () => void; cancelWall: Cancel | undefined }): void {
    entry.cancelWall?.();
    entry.cancelWall = undefined;
    if (this.#timing.paused) return;
    const wallDelayMs = Math.max(0, (entry.dueMs - this.nowMs()) / this.#timing.rate);
    entry.cancelWall = this.#wall.after(wallDelayMs, () => this.#fire(entry));
  }

  #fire(entry: { dueMs: number; run: () => void; cancelWall: Cancel | undefined }): void {
    // Timers of the platform may fire a fraction early: never run before the run time that was asked for.
    if (this.nowMs() < entry.dueMs - 0.5) {
      this.#arm(entry);
      return;
    }
    this.#waiting.delete(entry);
    entry.run();
  }
}
