import type { Fact, FactOf, RunBranch, TrainerDeed } from "@outrider/contract";
import type { Room } from "../kernel/index.js";

export type RunMark = {
  readonly seq: number;
  readonly tMs: number;
  readonly text: string;
  /** Nothing flew then. */
  readonly allHome: boolean;
};
export type PlannedDeed = {
  readonly planId: string;
  readonly title: string;
  readonly atMs: number;
  readonly deed: TrainerDeed;
  readonly by: Fact["by"];
};
export type CurrentRun = {
  readonly runId: string;
  readonly scenario: string;
  readonly seed: number;
  readonly startedMs: number;
  readonly title: string;
  readonly branch: RunBranch | undefined;
  /** How many things its scenario expects: none, and it is not scored. */
  readonly expects: number;
  readonly marks: readonly RunMark[];
  readonly plan: readonly PlannedDeed[];
  /** Trainees are alarmed of limits that they break. */
  readonly limitsTold: boolean;
};
export type PastRun = {
  readonly runId: string;
  readonly scenario: string;
  readonly fromSeq: number;
  readonly toSeq: number;
  readonly title: string;
  readonly startedMs: number;
  readonly endedMs: number;
  readonly score: number | undefined;
  readonly branch: RunBranch | undefined;
  readonly expects: number;
};

export type RunState = {
  readonly current: CurrentRun | undefined;
  readonly past: readonly PastRun[];
  readonly fromSeq: number;
  readonly flying: ReadonlySet<string>;
};

const mostPast = 200;
const mostMarks = 200;

/** Which run is going on, its marks and what waits on its timeline; and which went before, with where they stand in the record. */
export const trainingRoom: Room<RunState> = {
  name: "training",
  initial: () => ({ current: undefined, past: [], fromSeq: 0, flying: new Set() }),
  evolve(state, fact: Fact) {
    switch (fact.type) {
      case "RunStarted":
        return begin(state, fact);
      case "RunEnded":
        return end(state, fact);
      case "Airborne":
        return { ...state, flying: new Set([...state.flying, fact.data.uid]) };
      case "Landed":
      case "Docked":
        return { ...state, flying: new Set([...state.flying].filter((uid) => uid !== fact.data.uid)) };
      case "MarkMade":
        return marked(state, fact, fact.data.text);
      case "LaunchProposed":
        // A proposal made anew is the same question.
        return fact.data.version > 1 ? state : marked(state, fact, `Proposed: ${fact.data.choice.callSign}`);
      case "InjectPlanned":
      case "InjectUnplanned":
        return planned(state, fact);
      case "LimitsTold":
        return state.current?.runId === fact.data.runId
          ? { ...state, current: { ...state.current, limitsTold: fact.data.told } }
          : state;
      default:
        return state;
    }
  },
};

function begin(state: RunState, fact: FactOf<"RunStarted">): RunState {
  const { runId, scenario, seed, title, branch, expect = [] } = fact.data;
  const start = { seq: fact.seq, tMs: fact.tMs, text: "Start", allHome: true };
  return {
    ...state,
    flying: new Set(),
    fromSeq: fact.seq,
    current: {
      runId,
      scenario,
      seed,
      startedMs: fact.tMs,
      title: title ?? scenario,
      branch,
      expects: expect.length,
      marks: [start],
      plan: [],
      limitsTold: false,
    },
  };
}

function end(state: RunState, fact: FactOf<"RunEnded">): RunState {
  const { current, fromSeq } = state;
  if (current?.runId !== fact.data.runId) return state;
  const { runId, scenario, title, startedMs, branch, expects } = current;
  const ended: PastRun = {
    runId,
    scenario,
    fromSeq,
    toSeq: fact.seq,
    title,
    startedMs,
    endedMs: fact.tMs,
    score: fact.data.score,
    branch,
    expects,
  };
  return { ...state, current: undefined, past: [...state.past, ended].slice(-mostPast), fromSeq: 0 };
}

function marked(state: RunState, fact: Fact, text: string): RunState {
  const { current } = state;
  if (current === undefined) return state;
  const mark = { seq: fact.seq, tMs: fact.tMs, text, allHome: state.flying.size === 0 };
  return { ...state, current: { ...current, marks: [...current.marks, mark].slice(-mostMarks) } };
}

function planned(state: RunState, fact: FactOf<"InjectPlanned"> | FactOf<"InjectUnplanned">): RunState {
  const { current } = state;
  if (current?.runId !== fact.data.runId) return state;
  const left = current.plan.filter((one) => one.planId !== fact.data.planId);
  if (fact.type === "InjectUnplanned") return { ...state, current: { ...current, plan: left } };
  const { planId, title, atMs, deed } = fact.data;
  const plan = [...left, { planId, title, atMs, deed, by: fact.by }].sort((a, b) => a.atMs - b.atMs);
  return { ...state, current: { ...current, plan } };
}
