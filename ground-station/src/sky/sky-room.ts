import type { Fact, FactData } from "@outrider/contract";
import type { Room } from "../kernel/index.js";

export type OpenConflict = FactData<"TrafficConflictBegan">;

export type SkyState = {
  /** Conflicts that stand, by our aircraft and the stranger. */
  readonly conflicts: ReadonlyMap<string, OpenConflict>;
};

/** What stands between ours and others. Where everybody is now is no part of it: that is a sample. */
export const skyRoom: Room<SkyState> = {
  name: "sky",
  initial: () => ({ conflicts: new Map() }),
  evolve: (state, fact) => evolve(state, fact),
};

const keyOf = ({ uid, trafficId }: { readonly uid: string; readonly trafficId: string }): string =>
  `${uid}/${trafficId}`;

function evolve(state: SkyState, fact: Fact): SkyState {
  switch (fact.type) {
    case "TrafficConflictBegan":
    case "TrafficConflictChanged":
      return { conflicts: new Map(state.conflicts).set(keyOf(fact.data), fact.data) };
    case "TrafficConflictEnded": {
      const conflicts = new Map(state.conflicts);
      conflicts.delete(keyOf(fact.data));
      return { conflicts };
    }
    // Who flew in the old run does not fly in the new one.
    case "RunStarted":
      return state.conflicts.size === 0 ? state : { conflicts: new Map() };
    default:
      return state;
  }
}
