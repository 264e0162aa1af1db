import type { RunTiming } from "@outrider/contract";

/**
 * The station's run time on this screen, carried by the monotonic clock between messages. A pause stops it; it never
 * takes this computer's wall clock, which may be wrong.
 */
export class StationClock {
  #anchorMonoMs = 0;
  #anchorRunMs: number | undefined;
  #rate = 1;
  #runId = "";

  anchor(runMs: number, monoMs: number): void {
    this.#anchorRunMs = runMs;
    this.#anchorMonoMs = monoMs;
  }

  retime(timing: RunTiming, monoMs: number): void {
    // Within one run time never goes back; another run has a time of its own.
    const now = timing.runId === this.#runId ? this.nowMs(monoMs) : undefined;
    this.#runId = timing.runId;
    this.#rate = timing.paused ? 0 : timing.rate;
    this.anchor(Math.max(now ?? timing.epochMs, timing.epochMs), monoMs);
  }

  /** Undefined before the station has ever said what time it is. */
  nowMs(monoMs: number): number | undefined {
    return this.#anchorRunMs === undefined ? undefined : this.#anchorRunMs + (monoMs - this.#anchorMonoMs) * this.#rate;
  }
}
