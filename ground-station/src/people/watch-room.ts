import type { Fact } from "@outrider/contract";
import type { Room } from "../kernel/index.js";

export type Watch = {
  readonly watchId: string;
  readonly personId: string;
  readonly name: string;
  readonly sinceMs: number;
  readonly certificateUntilMs: number;
  readonly currencyDays: number;
  readonly stale: boolean;
};

export type WatchState = { readonly byPerson: ReadonlyMap<string, Watch> };

const without = (state: WatchState, personId: string): WatchState => {
  const byPerson = new Map(state.byPerson);
  byPerson.delete(personId);
  return { byPerson };
};

const put = (state: WatchState, watch: Watch): WatchState => ({
  byPerson: new Map(state.byPerson).set(watch.personId, watch),
});

const marked = (state: WatchState, personId: string, stale: boolean): WatchState => {
  const held = state.byPerson.get(personId);
  return held === undefined ? state : put(state, { ...held, stale });
};

/** Just flown: the limit counts from now. */
const current = (state: WatchState, personId: string): WatchState => {
  const held = state.byPerson.get(personId);
  return held === undefined ? state : put(state, { ...held, currencyDays: 0 });
};

/** Who is on watch, and whose presence has gone stale: a fold of facts, so it survives a restart. */
export const watchRoom: Room<WatchState> = {
  name: "watches",
  initial: () => ({ byPerson: new Map() }),
  evolve(state, fact: Fact) {
    switch (fact.type) {
      case "WatchStarted":
        return put(state, {
          watchId: fact.data.watchId,
          personId: fact.data.personId,
          name: fact.data.name,
          sinceMs: fact.tMs,
          certificateUntilMs: fact.data.certificateUntilMs,
          currencyDays: fact.data.currencyDays,
          stale: false,
        });
      case "WatchEnded":
        return state.byPerson.get(fact.data.personId)?.watchId === fact.data.watchId
          ? without(state, fact.data.personId)
          : state;
      case "RunScored":
        return fact.data.countsAsFlight ? current(state, fact.data.personId) : state;
      case "PresenceStale":
        return marked(state, fact.data.personId, true);
      case "PresenceBack":
        return marked(state, fact.data.personId, false);
      default:
        return state;
    }
  },
};
