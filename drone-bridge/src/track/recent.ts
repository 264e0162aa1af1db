import { tlogRecordBytes, writeTlogRecord } from "../link/index.js";

const spanMs = 1_000;
const firstBytes = 4_096;

type Second = { fromMs: number; bytes: Uint8Array; used: number; frames: number };

/**
 * The last seconds of what was heard, as records, so that a recording begins before arming. Its memory is used again
 * and again: an aircraft that stands in its dock for a week must not make garbage of every frame.
 */
export class Recent {
  readonly #keepMs: number;
  #seconds: Second[] = [];

  constructor(keepMs: number) {
    this.#keepMs = keepMs;
  }

  add(frame: Uint8Array, tMs: number): void {
    const second = this.#secondOf(tMs);
    const wanted = second.used + tlogRecordBytes(frame);
    if (wanted > second.bytes.length) {
      const larger = new Uint8Array(Math.max(wanted, 2 * second.bytes.length));
      larger.set(second.bytes.subarray(0, second.used));
      second.bytes = larger;
    }
    writeTlogRecord(second.bytes, second.used, frame, tMs);
    second.used = wanted;
    second.frames++;
  }

  /** Gives what is younger than it must be, oldest first, and forgets everything. */
  drain(tMs: number, take: (records: Uint8Array, frames: number) => void): void {
    for (const { fromMs, bytes, used, frames } of this.#seconds)
      if (tMs - fromMs <= this.#keepMs && used > 0) take(bytes.slice(0, used), frames);
    this.#seconds = [];
  }

  #secondOf(tMs: number): Second {
    const last = this.#seconds.at(-1);
    if (last !== undefined && tMs - last.fromMs < spanMs) return last;
    const oldest = this.#seconds[0];
    const free = oldest !== undefined && tMs - oldest.fromMs > this.#keepMs ? this.#seconds.shift() : undefined;
    // Silence leaves more than one behind.
    while (this.#seconds[0] !== undefined && tMs - this.#seconds[0].fromMs > this.#keepMs) this.#seconds.shift();
    const next = { fromMs: tMs, bytes: free?.bytes ?? new Uint8Array(firstBytes), used: 0, frames: 0 };
    this.#seconds.push(next);
    return next;
  }
}
