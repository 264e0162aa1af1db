import type { Aircraft } from "../aircraft/index.js";

/** Aircraft greeted in one round of the commanding loop. Each is asked a dozen things at once. */
const mostPerRound = 2;

/**
 * Aircraft that come up together, when a site's power comes back or a radio is plugged in, are greeted one after the
 * other: all of them at once would stop the loop that hears and commands for longer than a pilot may be blind.
 */
export class Greetings {
  #waiting: Aircraft[] = [];
  #left = mostPerRound;

  /** Now, where this round has room for it; one that waits already is greeted once. */
  add(aircraft: Aircraft): void {
    if (this.#waiting.length === 0 && this.#left > 0) this.#greet(aircraft);
    else if (!this.#waiting.includes(aircraft)) this.#waiting.push(aircraft);
  }

  /** One round. */
  update(): void {
    this.#left = mostPerRound;
    while (this.#left > 0) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#greet(next);
    }
  }

  clear(): void {
    this.#waiting = [];
  }

  #greet(aircraft: Aircraft): void {
    this.#left--;
    aircraft.greet();
  }
}
