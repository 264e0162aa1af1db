import type { Encounter } from "./encounter.js";

export type ConflictLevel = "caution" | "warning";

/** What is known now of one of ours and one stranger; `undefined` encounter: the stranger is not heard any more. */
export type PairNow = {
  readonly uid: string;
  readonly trafficId: string;
  readonly encounter: Encounter;
};

/** A conflict that stands: a fold of facts, and what was seen of it since. */
export type Standing = {
  readonly uid: string;
  readonly trafficId: string;
  readonly level: ConflictLevel;
};

export type Change<P extends PairNow = PairNow> =
  | { readonly kind: "began" | "changed"; readonly level: ConflictLevel; readonly pair: P }
  | {
      readonly kind: "ended";
      readonly uid: string;
      readonly trafficId: string;
      readonly leastM: number;
      readonly leastVerticalM: number | undefined;
      readonly why: string;
    };

/** Well apart for this long and by this much before a conflict is over (flight.md 5.4). */
export const clearTimes = { clearMs: 10_000, severity: 1.3, unheardMs: 60_000 } as const;

type Seen = {
  /** Since when less than its level would do. */
  lowerSinceMs: number | undefined;
  heardMs: number;
  leastM: number;
  leastVerticalM: number | undefined;
};

const keyOf = (one: { readonly uid: string; readonly trafficId: string }): string => `${one.uid}/${one.trafficId}`;

/**
 * Begins at once, ends slowly. A stranger that falls silent in the middle of a conflict is still there: low helicopters
 * are shadowed by buildings, so its conflict stands for a minute more.
 */
export class Conflicts {
  readonly #seen = new Map<string, Seen>();

  clear(): void {
    this.#seen.clear();
  }

  /** @param flying uids that are in the air: the conflict of one that has landed is over. */
  look<P extends PairNow>(
    standing: readonly Standing[],
    pairs: readonly P[],
    flying: ReadonlySet<string>,
    nowMs: number,
  ): Change<P>[] {
    const now = new Map(pairs.map((pair) => [keyOf(pair), pair] as const));
    const out: Change<P>[] = [];
    for (const one of standing) {
      const key = keyOf(one);
      const pair = now.get(key);
      now.delete(key);
      const change = this.#goesOn(one, pair, flying.has(one.uid), nowMs);
      if (change?.kind === "ended") this.#seen.delete(key);
      if (change !== undefined) out.push(change);
    }
    for (const pair of now.values()) {
      const { level } = pair.encounter;
      if (level !== "caution" && level !== "warning") continue;
      this.#note(keyOf(pair), pair.encounter, nowMs);
      out.push({ kind: "began", level, pair });
    }
    return out;
  }

  #goesOn<P extends PairNow>(one: Standing, pair: P | undefined, flies: boolean, nowMs: number): Change<P> | undefined {
    const key = keyOf(one);
    // After a restart nothing of it has been seen yet: it counts from now.
    const seen = this.#seen.get(key) ?? this.#note(key, pair?.encounter, nowMs);
    const ended = (why: string): Change<P> => {
      const { leastM, leastVerticalM } = seen;
      return { kind: "ended", uid: one.uid, trafficId: one.trafficId, leastM, leastVerticalM, why };
    };
    if (!flies) return ended("ours is on the ground");
    if (pair === undefined)
      return nowMs - seen.heardMs >= clearTimes.unheardMs
        ? ended(`not heard for ${clearTimes.unheardMs / 1000} s`)
        : undefined;
    const { encounter } = pair;
    this.#note(key, encounter, nowMs);
    if (encounter.level === "warning" && one.level === "caution") {
      seen.lowerSinceMs = undefined;
      return { kind: "changed", level: "warning", pair };
    }
    const lower = encounter.level !== one.level;
    if (!lower) seen.lowerSinceMs = undefined;
    else seen.lowerSinceMs ??= nowMs;
    if (seen.lowerSinceMs === undefined || nowMs - seen.lowerSinceMs < clearTimes.clearMs) return undefined;
    if (encounter.level === "caution") return { kind: "changed", level: "caution", pair };
    return encounter.severity > clearTimes.severity ? ended("well clear") : undefined;
  }

  #note(key: string, encounter: Encounter | undefined, nowMs: number): Seen {
    const before = this.#seen.get(key);
    const seen: Seen = before ?? {
      lowerSinceMs: undefined,
      heardMs: nowMs,
      leastM: Infinity,
      leastVerticalM: undefined,
    };
    if (encounter !== undefined) {
      seen.heardMs = nowMs;
      if (encounter.distanceM < seen.leastM) {
        seen.leastM = encounter.distanceM;
        seen.leastVerticalM = encounter.verticalM;
      }
    }
    this.#seen.set(key, seen);
    return seen;
  }
}
