import type { Fact, FactData, Restriction } from "@outrider/contract";
import type { Room } from "../kernel/index.js";

export type OpenConflict = FactData<"TrafficConflictBegan">;

export type SkyState = {
  /** Conflicts that stand, by our aircraft and the stranger. */
  readonly conflicts: ReadonlyMap<string, OpenConflict>;
  /** Flight restrictions that are published near the site, by their id. */
  readonly restrictions: ReadonlyMap<string, Restriction>;
  /** Restrictions that one of ours is in, or flies towards. */
  readonly inRestriction: ReadonlyMap<string, FactData<"RestrictionConflictBegan">>;
};

const nothing: SkyState = { conflicts: new Map(), restrictions: new Map(), inRestriction: new Map() };

/** What stands between ours and others, and what is closed to us. Where everybody is now is no part of it: that is a sample. */
export const skyRoom: Room<SkyState> = {
  name: "sky",
  initial: () => nothing,
  evolve: (state, fact) => evolve(state, fact),
};

const keyOf = ({ uid, trafficId }: { readonly uid: string; readonly trafficId: string }): string =>
  `${uid}/${trafficId}`;

export const restrictionKeyOf = (one: { readonly uid: string; readonly restrictionId: string }): string =>
  `${one.uid}/${one.restrictionId}`;

function evolve(state: SkyState, fact: Fact): SkyState {
  switch (fact.type) {
    case "TrafficConflictBegan":
    case "TrafficConflictChanged":
      return { ...state, conflicts: new Map(state.conflicts).set(keyOf(fact.data), fact.data) };
    case "TrafficConflictEnded":
      return { ...state, conflicts: without(state.conflicts, keyOf(fact.data)) };
    case "RestrictionAppeared":
    case "RestrictionChanged": {
      const { restriction } = fact.data;
      return { ...state, restrictions: new Map(state.restrictions).set(restriction.restrictionId, restriction) };
    }
    case "RestrictionEnded":
      return { ...state, restrictions: without(state.restrictions, fact.data.restrictionId) };
    case "RestrictionConflictBegan":
    case "RestrictionConflictChanged":
      return { ...state, inRestriction: new Map(state.inRestriction).set(restrictionKeyOf(fact.data), fact.data) };
    case "RestrictionConflictEnded":
      return { ...state, inRestriction: without(state.inRestriction, restrictionKeyOf(fact.data)) };
    // Who flew in the old run does not fly in the new one, and its notices are of another day.
    case "RunStarted":
      return nothing;
    default:
      return state;
  }
}

function without<T>(map: ReadonlyMap<string, T>, key: string): ReadonlyMap<string, T> {
  const next = new Map(map);
  next.delete(key);
  return next;
}
