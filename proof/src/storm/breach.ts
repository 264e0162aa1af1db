export type Breach = { readonly invariant: string; readonly tMs: number; readonly what: string };

/** Collects what must never be. */
export class Breaches {
  readonly list: Breach[] = [];
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  say(invariant: string, what: string): void {
    this.list.push({ invariant, tMs: this.#nowMs(), what });
  }
}
