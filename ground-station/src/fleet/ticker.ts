import type { Kernel } from "../kernel/index.js";

/** Repeats on run time. A new run may begin at an earlier time than the old one had reached: then it starts over. */
export class Ticker {
  readonly #kernel: Kernel;
  readonly #everyMs: number;
  readonly #run: () => void;
  #cancel: (() => void) | undefined;

  constructor(kernel: Kernel, everyMs: number, run: () => void) {
    this.#kernel = kernel;
    this.#everyMs = everyMs;
    this.#run = run;
  }

  start(): void {
    this.#cancel?.();
    this.#cancel = this.#kernel.after(this.#everyMs, () => {
      this.#run();
      this.start();
    });
  }
}
