import { type NewFact, newFact } from "@outrider/contract";
import type { Watch } from "./watch-room.js";

/** A pilot counts as present for this long after the last real input at a visible page. */
export const presenceFreshMs = 60_000;
export const presenceCheckMs = 1_000;

/** When somebody last touched a desk, in run time. Latest wins; not facts, since a fact per key press helps nobody. */
export class Presence {
  readonly #lastMs = new Map<string, number>();
  #sinceMs: number;

  /** After a restart nobody has been seen yet: everybody counts from the start, so nobody is called stale at once. */
  constructor(startedMs: number) {
    this.#sinceMs = startedMs;
  }

  restart(nowMs: number): void {
    this.#sinceMs = nowMs;
    this.#lastMs.clear();
  }

  touch(personId: string, nowMs: number): void {
    this.#lastMs.set(personId, nowMs);
  }

  ageMs(personId: string, nowMs: number): number {
    return Math.max(0, nowMs - (this.#lastMs.get(personId) ?? this.#sinceMs));
  }
}

/** Facts for those whose presence has changed its kind since the last look. */
export function presenceFacts(watches: Iterable<Watch>, ageMs: (personId: string) => number): readonly NewFact[] {
  const by = { kind: "system", part: "ground-station" } as const;
  const facts: NewFact[] = [];
  for (const watch of watches) {
    const age = ageMs(watch.personId);
    if (!watch.stale && age >= presenceFreshMs)
      facts.push(
        newFact("PresenceStale", { personId: watch.personId, name: watch.name, ageS: Math.round(age / 1000) }, by),
      );
    else if (watch.stale && age < presenceFreshMs)
      facts.push(newFact("PresenceBack", { personId: watch.personId }, by));
  }
  return facts;
}
