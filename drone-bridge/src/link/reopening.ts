import type { Cancel, Chance, Clock } from "@outrider/contract";
import { backoffMs } from "./backoff.js";
import { linkTiming } from "./timing.js";

/**
 * When to try again: later and later while it fails, never in step with other links, and only once at a time. `again`
 * says false where a try is planned already or the link was closed.
 */
export class Reopening {
  readonly #clock: Clock;
  readonly #chance: Chance;
  #cancel: Cancel | undefined;
  #attempt = 0;
  #closed = false;

  constructor(deps: { readonly clock: Clock; readonly chance: Chance }) {
    this.#clock = deps.clock;
    this.#chance = deps.chance;
  }

  get closed(): boolean {
    return this.#closed;
  }

  again(open: () => void): boolean {
    if (this.#closed || this.#cancel !== undefined) return false;
    const { reopenFirstMs, reopenMaxMs } = linkTiming;
    this.#cancel = this.#clock.after(
      backoffMs(this.#attempt++, reopenFirstMs, reopenMaxMs, this.#chance.unit()),
      () => {
        this.#cancel = undefined;
        open();
      },
    );
    return true;
  }

  /** It works: the next failure is tried again soon. */
  worked(): void {
    this.#attempt = 0;
  }

  close(): void {
    this.#closed = true;
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
