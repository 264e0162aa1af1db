/**
 * Handles one thing after the other. What arrives while one is being handled waits for its turn: an answer that comes
 * inside the sending call would else be overtaken by the rest of that call, timers included.
 */
export class Turn<T> {
  readonly #handle: (thing: T) => void;
  readonly #waiting: T[] = [];
  #busy = false;

  constructor(handle: (thing: T) => void) {
    this.#handle = handle;
  }

  take(thing: T): void {
    this.#waiting.push(thing);
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) this.#handle(next);
    } finally {
      this.#busy = false;
    }
  }
}
