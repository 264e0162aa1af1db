/**
 * Moments at which the city moves: a grid laid from the start of the run. Whatever the pace and however late a step
 * comes, the streets take the same steps, so that a run that is lived again ends where it ended.
 */
export class CityGrid {
  readonly #everyMs: number;
  #lastMs: number;

  constructor(everyMs: number, startMs: number) {
    this.#everyMs = everyMs;
    this.#lastMs = startMs;
  }

  restart(startMs: number): void {
    this.#lastMs = startMs;
  }

  /** Grid moments that have come since the last time. */
  due(nowMs: number): readonly number[] {
    const due: number[] = [];
    while (this.#lastMs + this.#everyMs <= nowMs) {
      this.#lastMs += this.#everyMs;
      due.push(this.#lastMs);
    }
    return due;
  }
}
