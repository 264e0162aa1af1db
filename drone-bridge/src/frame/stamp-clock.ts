import { MAX_TIMESTAMP, TIMESTAMPS_PER_MS } from "@outrider/mavlink";

/** Timestamps of this many milliseconds. */
const stamps = (ms: number): number => ms * TIMESTAMPS_PER_MS;

/** What is on disk lies this far ahead of what was used, so that a crash never uses a timestamp twice. */
const blockMs = 30_000;
/** The next block is taken when less than this is left of the present one. */
const leftMs = 15_000;
const againMs = 1_000;
/** Further ahead than this, a stamp of somebody who holds our key still counts, and says that a clock is wrong. */
const aheadMs = 60_000;
/** A stamp this near to the last one there is would leave us none. */
const lastDayMs = 86_400_000;

export type StampClockDeps = {
  /** Present time as a timestamp. */
  readonly nowStamp: () => number;
  /** Puts on disk that no timestamp up to this one may be used again. */
  readonly reserve: (until: number, done: (error?: Error) => void) => void;
  readonly trouble: (what: string) => void;
};

/**
 * The timestamps of what we sign: each later than every one before, over all links and over restarts. A receiver
 * refuses what is not newer, so one that was used twice is a frame that is not heard.
 */
export class StampClock {
  readonly #deps: StampClockDeps;
  #last: number;
  #reserved: number;
  #reserving = false;
  #notBefore = 0;
  #failing = false;

  /** `reserved`: what was on disk; every timestamp up to it may have been used. */
  constructor(deps: StampClockDeps, reserved: number) {
    this.#deps = deps;
    this.#last = reserved;
    this.#reserved = reserved;
  }

  /** Calls back once the first block is on disk: nothing may be signed before. */
  open(done: (error?: Error) => void): void {
    this.#reserve(done);
  }

  get last(): number {
    return this.#last;
  }

  next(): number {
    this.#last = Math.max(this.#deps.nowStamp(), this.#last + 1);
    this.#extend();
    return this.#last;
  }

  /** Follows a valid timestamp that is ahead of ours: an aircraft refuses what is older than its own. */
  heard(stamp: number): void {
    if (stamp <= this.#last || stamp > MAX_TIMESTAMP - stamps(lastDayMs)) return;
    const aheadOfClockMs = (stamp - this.#deps.nowStamp()) / TIMESTAMPS_PER_MS;
    if (aheadOfClockMs > aheadMs)
      this.#deps.trouble(
        `a signed frame is ${Math.round(aheadOfClockMs / 1000)} s ahead of this clock: one of the two is wrong`,
      );
    this.#last = stamp;
    this.#extend();
  }

  /**
   * Beyond the block it goes on, and says so: a full disk must not take the pilot's link away. Only a crash together with
   * a clock that was set back could then use a timestamp twice.
   */
  #extend(): void {
    if (this.#last > this.#reserved && !this.#failing) {
      this.#failing = true;
      this.#deps.trouble("timestamps are used that are not on disk yet: mend the disk before the bridge is restarted");
    }
    if (this.#reserving || this.#last + stamps(leftMs) <= this.#reserved) return;
    if (this.#deps.nowStamp() < this.#notBefore) return;
    this.#reserve(() => {});
  }

  #reserve(done: (error?: Error) => void): void {
    const until = Math.max(this.#last, this.#deps.nowStamp()) + stamps(blockMs);
    this.#reserving = true;
    this.#deps.reserve(until, (error) => {
      this.#reserving = false;
      if (error === undefined) {
        this.#reserved = until;
        this.#failing = this.#failing && this.#last > until;
      } else this.#notBefore = this.#deps.nowStamp() + stamps(againMs);
      done(error);
    });
  }
}
