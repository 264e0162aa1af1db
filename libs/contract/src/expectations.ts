import { dataFits, type Expectation } from "./expectation.js";

export type ExpectationState = {
  readonly id: string;
  readonly text: string;
  readonly state: "open" | "met" | "late" | "missed";
  readonly tookS?: number;
};

/** How one expectation ended, against which deadline, and which fact settled it. Times are run time, Unix ms. */
export type JudgedExpectation = ExpectationState & {
  readonly never: boolean;
  readonly withinS: number;
  /** Undefined where what starts its clock never came. */
  readonly fromMs: number | undefined;
  readonly dueMs: number | undefined;
  readonly settledMs: number | undefined;
  readonly settledBySeq: number | undefined;
};

type Watched = {
  readonly expectation: Expectation;
  sinceMs: number | undefined;
  state: ExpectationState["state"];
  tookS: number | undefined;
  settledMs: number | undefined;
  settledBySeq: number | undefined;
};

/**
 * Expectations that tick themselves from the facts of the record, with the time taken. The simulator judges a run with it
 * while it goes on and the station judges the record with it afterwards: one judge, so that both say the same.
 */
export class Expectations {
  readonly #watched: Watched[];

  constructor(expectations: readonly Expectation[], startMs: number) {
    this.#watched = expectations.map((one) => ({
      expectation: one,
      sinceMs: one.after === undefined ? startMs : undefined,
      state: "open",
      tookS: undefined,
      settledMs: undefined,
      settledBySeq: undefined,
    }));
  }

  onFact(type: string, tMs: number, data?: unknown, seq?: number): void {
    for (const one of this.#watched) {
      if (one.sinceMs === undefined && one.expectation.after === type) one.sinceMs = tMs;
      else if (one.sinceMs !== undefined && one.state !== "met" && one.expectation.facts.includes(type)) {
        if (dataFits(one.expectation.where, data)) settle(one, tMs, seq);
      } else if (one.state === "open" && one.sinceMs !== undefined && one.expectation.until?.includes(type)) {
        one.state = "met";
        one.settledMs = tMs;
        one.settledBySeq = seq;
      }
    }
  }

  /** Moves deadlines; call about once a second of run time. */
  step(nowMs: number): void {
    for (const one of this.#watched) {
      const { sinceMs, expectation } = one;
      if (one.state !== "open" || sinceMs === undefined || nowMs - sinceMs <= expectation.withinS * 1000) continue;
      one.state = expectation.never ? "met" : "missed";
      one.settledMs = sinceMs + expectation.withinS * 1000;
    }
  }

  /**
   * The run is over: what is still open is missed, and what must not happen did not. What never began is missed either
   * way: who did nothing held nothing back.
   */
  finish(): void {
    for (const one of this.#watched) {
      if (one.state !== "open") continue;
      one.state = one.expectation.never && one.sinceMs !== undefined ? "met" : "missed";
    }
  }

  states(): readonly ExpectationState[] {
    return this.#watched.map((one) => ({
      id: one.expectation.id,
      text: one.expectation.text,
      state: one.state,
      ...(one.tookS === undefined ? {} : { tookS: one.tookS }),
    }));
  }

  judged(): readonly JudgedExpectation[] {
    return this.states().map((state, index) => {
      const one = this.#watched[index];
      const withinS = one?.expectation.withinS ?? 0;
      return {
        ...state,
        never: one?.expectation.never === true,
        withinS,
        fromMs: one?.sinceMs,
        dueMs: one?.sinceMs === undefined ? undefined : one.sinceMs + withinS * 1000,
        settledMs: one?.settledMs,
        settledBySeq: one?.settledBySeq,
      };
    });
  }

  /** Of 100: whole points for what was met, half for what came late; undefined while nothing is settled. */
  score(): number | undefined {
    const settled = this.#watched.filter((one) => one.state !== "open");
    if (settled.length === 0) return undefined;
    const points = settled.reduce((sum, one) => sum + (one.state === "met" ? 1 : one.state === "late" ? 0.5 : 0), 0);
    return Math.round((100 * points) / settled.length);
  }
}

function settle(one: Watched, tMs: number, seq: number | undefined): void {
  const tookS = Math.round((tMs - (one.sinceMs ?? tMs)) / 100) / 10;
  const inTime = tookS <= one.expectation.withinS;
  // What must not happen was judged by its first breach; a later one changes nothing.
  if (one.expectation.never && (one.state === "missed" || !inTime)) return;
  if (one.state === "late") return;
  one.tookS = tookS;
  one.settledMs = tMs;
  one.settledBySeq = seq;
  if (one.expectation.never) one.state = "missed";
  else one.state = inTime ? "met" : "late";
}
