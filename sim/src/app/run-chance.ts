import type { Chance } from "@outrider/contract";
import { nextUnit, type RandomState, seedRandom } from "../air/index.js";

/**
 * Chance of one run: the same seed draws the same numbers, so that the same call comes from the same corner again.
 * Names of things stay new in every run: a call with an old name would be taken for an old call.
 */
export class RunChance implements Chance {
  readonly #names: Chance;
  readonly #stream: number;
  #state: RandomState;

  /** @param stream what is drawn for callers must not move what is drawn for plate readers. */
  constructor(names: Chance, seed: number, stream: number) {
    this.#names = names;
    this.#stream = stream;
    this.#state = seedRandom(seed, stream);
  }

  /** A run begins. */
  reseed(seed: number): void {
    this.#state = seedRandom(seed, this.#stream);
  }

  unit(): number {
    return nextUnit(this.#state);
  }

  bytes(count: number): Uint8Array {
    return this.#names.bytes(count);
  }

  id(prefix: string): string {
    return this.#names.id(prefix);
  }
}
