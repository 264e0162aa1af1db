/** Steps back of the frame counter within this time that no single sender on a tolerable link makes. */
const windowMs = 5_000;
const mostBack = 20;
/** The same suspicion is not told again before. */
const againMs = 10_000;

/** Two aircraft that speak as one system over one radio: their frame counters, each in order, go back and forth. */
export class TwoVoices {
  #lastSeq: number | undefined;
  #back = 0;
  #sinceMs = 0;
  #toldMs = Number.NEGATIVE_INFINITY;

  /** A frame of the autopilot component; true when there may be two of them. */
  hear(seq: number, tMs: number): boolean {
    const step = this.#lastSeq === undefined ? 0 : (seq - this.#lastSeq) & 0xff;
    this.#lastSeq = seq;
    if (tMs - this.#sinceMs > windowMs) {
      this.#sinceMs = tMs;
      this.#back = 0;
    }
    // A frame that came twice is no step back.
    if (step > 127) this.#back++;
    if (this.#back < mostBack || tMs - this.#toldMs < againMs) return false;
    this.#toldMs = tMs;
    return true;
  }
}
