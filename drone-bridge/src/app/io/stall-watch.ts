/**
 * Notices that what was handed to a stream is not taken: called with each write and with each write that ended. A
 * stream that is stuck is worth nothing, and what waits in it would leave far too late.
 */
export class StallWatch {
  readonly #limitMs: number;
  readonly #stalled: () => void;
  #waiting = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(limitMs: number, stalled: () => void) {
    this.#limitMs = limitMs;
    this.#stalled = stalled;
  }

  began(): void {
    this.#waiting++;
    this.#timer ??= setTimeout(this.#stalled, this.#limitMs);
  }

  ended(): void {
    this.#waiting--;
    clearTimeout(this.#timer);
    this.#timer = this.#waiting > 0 ? setTimeout(this.#stalled, this.#limitMs) : undefined;
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = Number.NEGATIVE_INFINITY;
  }
}
