import type { Fact, GeoPoint } from "@outrider/contract";
import type { Room } from "../kernel/index.js";

/** Where incidents are: all that coverage needs to know of them. */
export type CoverageState = { readonly placeOf: ReadonlyMap<string, GeoPoint> };

export const coverageRoom: Room<CoverageState> = {
  name: "coverage",
  initial: () => ({ placeOf: new Map() }),
  evolve(state: CoverageState, fact: Fact): CoverageState {
    if (fact.type === "IncidentOpened") {
      return { placeOf: new Map(state.placeOf).set(fact.data.incidentId, fact.data.place.point) };
    }
    if (fact.type === "PlaceSet" && state.placeOf.has(fact.data.incidentId)) {
      return { placeOf: new Map(state.placeOf).set(fact.data.incidentId, fact.data.place.point) };
    }
    if (fact.type === "IncidentClosed") {
      const placeOf = new Map(state.placeOf);
      placeOf.delete(fact.data.incidentId);
      return { placeOf };
    }
    return state;
  },
};
