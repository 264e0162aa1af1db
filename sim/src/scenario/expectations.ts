import { dataFits } from "./fact-mark.js";
import type { Expectation } from "./scenario.js";

export type ExpectationState = {
  readonly id: string;
  readonly text: string;
  readonly state: "open" | "met" | "late" | "missed";
  readonly tookS?: number;
};

type Watched = {
  readonly expectation: Expectation;
  sinceMs: number | undefined;
  state: ExpectationState["state"];
  tookS: number | undefined;
};

/** Expectations that tick themselves from the facts of the record, with the time taken. */
export class Expectations {
  readonly #watched: Watched[];

  constructor(expectations: readonly Expectation[], startMs: number) {
    this.#watched = expectations.map((one) => ({
      expectation: one,
      sinceMs: one.after === undefined ? startMs : undefined,
      state: "open",
      tookS: undefined,
    }));
  }

  onFact(type: string, tMs: number, data?: unknown): void {
    for (const one of this.#watched) {
      if (one.sinceMs === undefined && one.expectation.after === type) one.sinceMs = tMs;
      else if (one.sinceMs !== undefined && one.state !== "met" && one.expectation.facts.includes(type)) {
        if (dataFits(one.expectation.where, data)) settle(one, tMs);
      }
    }
  }

  /** Moves deadlines; call about once a second of run time. */
  step(nowMs: number): void {
    for (const one of this.#watched) {
      if (one.state !== "open" || one.sinceMs === undefined || nowMs - one.sinceMs <= one.expectation.withinS * 1000)
        continue;
      one.state = one.expectation.never ? "met" : "missed";
    }
  }

  /** The run is over: what never began or is still open is missed, and what must not happen did not. */
  finish(): void {
    for (const one of this.#watched) if (one.state === "open") one.state = one.expectation.never ? "met" : "missed";
  }

  states(): readonly ExpectationState[] {
    return this.#watched.map((one) => ({
      id: one.expectation.id,
      text: one.expectation.text,
      state: one.state,
      ...(one.tookS === undefined ? {} : { tookS: one.tookS }),
    }));
  }

  /** Of 100: whole points for what was met, half for what came late; undefined while nothing is settled. */
  score(): number | undefined {
    const settled = this.#watched.filter((one) => one.state !== "open");
    if (settled.length === 0) return undefined;
    const points = settled.reduce((sum, one) => sum + (one.state === "met" ? 1 : one.state === "late" ? 0.5 : 0), 0);
    return Math.round((100 * points) / settled.length);
  }
}

function settle(one: Watched, tMs: number): void {
  const tookS = Math.round((tMs - (one.sinceMs ?? tMs)) / 100) / 10;
  one.tookS = tookS;
  const inTime = tookS <= one.expectation.withinS;
  if (one.expectation.never) one.state = inTime ? "missed" : "met";
  else one.state = inTime ? "met" : "late";
}
