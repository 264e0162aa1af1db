import type { Fact, FactData, TrainingRunView } from "@outrider/contract";
import type { Room } from "../kernel/index.js";

export type TrainedPerson = {
  readonly personId: string;
  readonly name: string;
  /** Newest last. */
  readonly runs: readonly TrainingRunView[];
};
export type CurrencyState = {
  readonly byPerson: ReadonlyMap<string, TrainedPerson>;
  /** A scored run goes on: then a watch may begin whose pilot is to become current by it. */
  readonly inScoredRun: boolean;
};

const mostRuns = 200;

/** The training record of each person: what was scored and what the trainer said of it. A fold of facts, so nobody can edit it. */
export const currencyRoom: Room<CurrencyState> = {
  name: "currency",
  initial: () => ({ byPerson: new Map(), inScoredRun: false }),
  evolve(state, fact: Fact) {
    if (fact.type === "RunScored") return scored(state, fact.data, fact.tMs);
    if (fact.type === "RunGraded") return graded(state, fact.data, fact.by.kind === "person" ? fact.by.name : "");
    if (fact.type === "RunStarted") return { ...state, inScoredRun: (fact.data.expect ?? []).length > 0 };
    return fact.type === "RunEnded" ? { ...state, inScoredRun: false } : state;
  },
};

function scored(state: CurrencyState, data: FactData<"RunScored">, tMs: number): CurrencyState {
  const { personId, name, teaches, score, ...run } = data;
  const { decisionMedianS: _, countsAsFlight: __, ...shown } = run;
  const before = state.byPerson.get(personId)?.runs.filter((one) => one.runId !== data.runId) ?? [];
  const made: TrainingRunView = { ...shown, teaches, score, tMs, graded: undefined };
  return put(state, { personId, name, runs: [...before, made].slice(-mostRuns) });
}

function graded(state: CurrencyState, data: FactData<"RunGraded">, by: string): CurrencyState {
  const held = state.byPerson.get(data.personId);
  if (held === undefined) return state;
  const word = { passed: data.passed, points: data.points, text: data.text, by };
  const runs = held.runs.map((one) => (one.runId === data.runId ? { ...one, graded: word } : one));
  return put(state, { ...held, runs });
}

const put = (state: CurrencyState, person: TrainedPerson): CurrencyState => ({
  ...state,
  byPerson: new Map(state.byPerson).set(person.personId, person),
});

/** The trainer's own word stands above the computed one. */
export const passedRun = (run: TrainingRunView): boolean => run.graded?.passed ?? run.passed;
