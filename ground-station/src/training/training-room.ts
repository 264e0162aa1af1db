import type { Fact } from "@outrider/contract";
import type { Room } from "../kernel/index.js";

export type RunState = {
  readonly current:
    | { readonly runId: string; readonly scenario: string; readonly seed: number; readonly startedMs: number }
    | undefined;
  readonly past: readonly {
    readonly runId: string;
    readonly scenario: string;
    readonly fromSeq: number;
    readonly toSeq: number;
  }[];
  readonly fromSeq: number;
};

/** Which run is going on and which went before, with where they stand in the record. */
export const trainingRoom: Room<RunState> = {
  name: "training",
  initial: () => ({ current: undefined, past: [], fromSeq: 0 }),
  evolve(state, fact: Fact) {
    switch (fact.type) {
      case "RunStarted":
        return {
          ...state,
          current: { runId: fact.data.runId, scenario: fact.data.scenario, seed: fact.data.seed, startedMs: fact.tMs },
          fromSeq: fact.seq,
        };
      case "RunEnded": {
        const { current } = state;
        if (current?.runId !== fact.data.runId) return state;
        const ended = { runId: current.runId, scenario: current.scenario, fromSeq: state.fromSeq, toSeq: fact.seq };
        return { current: undefined, past: [...state.past, ended].slice(-100), fromSeq: 0 };
      }
      default:
        return state;
    }
  },
};
