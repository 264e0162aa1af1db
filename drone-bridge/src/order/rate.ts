/** Token bucket of one aircraft's orders. */
export class OrderRate {
  readonly #perSecond: number;
  readonly #burst: number;
  #tokens: number;
  #tMs: number | undefined;

  constructor(limits: { readonly perSecond: number; readonly burst: number }) {
    this.#perSecond = limits.perSecond;
    this.#burst = limits.burst;
    this.#tokens = limits.burst;
  }

  take(tMs: number): boolean {
    const sinceS = this.#tMs === undefined ? 0 : Math.max(0, tMs - this.#tMs) / 1000;
    this.#tMs = tMs;
    this.#tokens = Math.min(this.#burst, this.#tokens + sinceS * this.#perSecond);
    if (this.#tokens < 1) return false;
    this.#tokens--;
    return true;
  }
}
