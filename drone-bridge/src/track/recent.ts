import type { Frame } from "@outrider/mavlink";
import { type Blocks, Records } from "./records.js";

const spanMs = 1_000;

type Second = { readonly fromMs: number; readonly records: Records };

/**
 * The last seconds of what was heard, as records, so that a recording begins before arming. Its memory is used again
 * and again: an aircraft that stands in its dock for a week must not make garbage of every frame.
 */
export class Recent {
  readonly #keepMs: number;
  readonly #store: Blocks;
  #seconds: Second[] = [];
  #last: Second | undefined;

  constructor(keepMs: number, store: Blocks) {
    this.#keepMs = keepMs;
    this.#store = store;
  }

  add(frame: Frame | Uint8Array, tMs: number): void {
    const last = this.#last;
    if (last !== undefined && tMs - last.fromMs < spanMs) last.records.add(frame, tMs);
    else this.#next(tMs).add(frame, tMs);
  }

  /** Gives what is younger than it must be, oldest first, and forgets everything. */
  drain(tMs: number, take: (records: Uint8Array, frames: number) => void): void {
    for (const { fromMs, records } of this.#seconds)
      if (tMs - fromMs <= this.#keepMs && records.frames > 0) take(records.copy(), records.frames);
    for (const { records } of this.#seconds) records.clear();
    this.#seconds = [];
    this.#last = undefined;
  }

  #next(tMs: number): Records {
    // Silence leaves more than one behind.
    for (let oldest = this.#seconds[0]; oldest !== undefined; oldest = this.#seconds[0]) {
      if (tMs - oldest.fromMs <= this.#keepMs) break;
      oldest.records.clear();
      this.#seconds.shift();
    }
    const records = new Records(this.#store);
    this.#last = { fromMs: tMs, records };
    this.#seconds.push(this.#last);
    return records;
  }
}
