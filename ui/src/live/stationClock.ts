import type { RunTiming } from "@outrider/contract";

/**
 * The station's run time on this screen, carried by the monotonic clock between messages. A pause stops it; it never
 * takes this computer's wall clock, which may be wrong.
 */
export class StationClock {
  #anchorMonoMs = 0;
  #anchorRunMs: number | undefined;
  #rate = 1;

  anchor(runMs: number, monoMs: number): void {
    this.#anchorRunMs = runMs;
    this.#anchorMonoMs = monoMs;
  }

  retime(timing: RunTiming, monoMs: number): void {
    const now = this.nowMs(monoMs);
    this.#rate = timing.paused ? 0 : timing.rate;
    this.anchor(Math.max(now ?? timing.epochMs, timing.epochMs), monoMs);
  }

  /** Undefined before the station has ever said what time it is. */
  nowMs(monoMs: number): number | undefined {
    return this.#anchorRunMs === undefined ? undefined : this.#anchorRunMs + (monoMs - this.#anchorMonoMs) * this.#rate;
  }
}
