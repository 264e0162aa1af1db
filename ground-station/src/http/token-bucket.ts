/** Allows `burst` at once and `perS` on average for each key. Old keys are forgotten, so that strangers cannot fill memory. */
export class TokenBuckets {
  readonly #perS: number;
  readonly #burst: number;
  readonly #mostKeys: number;
  readonly #buckets = new Map<string, { tokens: number; atMs: number }>();

  constructor(limits: { perS: number; burst: number; mostKeys?: number }) {
    this.#perS = limits.perS;
    this.#burst = limits.burst;
    this.#mostKeys = limits.mostKeys ?? 10_000;
  }

  take(key: string, nowMs: number): boolean {
    const held = this.#buckets.get(key);
    const tokens = this.#level(held, nowMs);
    this.#buckets.delete(key);
    const left = tokens >= 1 ? tokens - 1 : tokens;
    this.#buckets.set(key, { tokens: left, atMs: nowMs });
    this.#forgetOldest();
    return tokens >= 1;
  }

  /** Whether `take` would be allowed, without taking: for counting failures only. */
  has(key: string, nowMs: number): boolean {
    return this.#level(this.#buckets.get(key), nowMs) >= 1;
  }

  #level(held: { tokens: number; atMs: number } | undefined, nowMs: number): number {
    if (held === undefined) return this.#burst;
    return Math.min(this.#burst, held.tokens + (Math.max(0, nowMs - held.atMs) / 1000) * this.#perS);
  }

  /** Map order is order of last use: the first key is the one that was quiet longest. */
  #forgetOldest(): void {
    if (this.#buckets.size <= this.#mostKeys) return;
    const oldest = this.#buckets.keys().next();
    if (!oldest.done) this.#buckets.delete(oldest.value);
  }
}
