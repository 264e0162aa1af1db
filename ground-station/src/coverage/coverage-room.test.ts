import { type Fact, newFact } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { coverageRoom } from "./coverage-room.js";

describe("where coverage believes an incident to be", () => {
  it("is where somebody has set its place, once one has", () => {
    const by = { kind: "system", part: "ground-station" } as const;
    const place = (latDeg: number) => ({
      point: { latDeg, lonDeg: 0 },
      error: { semiMajorM: 5, semiMinorM: 5, bearingDeg: 0 },
      label: "",
    });
    const opened = newFact(
      "IncidentOpened",
      {
        incidentId: "i1",
        number: "1",
        alertId: "a1",
        kind: "call",
        title: "",
        callType: "",
        place: place(1),
        urgency: 5,
      },
      by,
    );
    const moved = (incidentId: string) =>
      newFact("PlaceSet", { incidentId, alertId: "a1", place: place(2), address: "", text: "" }, by);
    const facts = [opened, moved("i1"), moved("other")].map(
      (one, at): Fact => ({ ...one, seq: at + 1, id: "f", tMs: at, prov: "sim" }),
    );
    const state = facts.reduce((held, fact) => coverageRoom.evolve(held, fact), coverageRoom.initial());
    expect(state.placeOf.get("i1")?.latDeg).toBe(2);
    expect(state.placeOf.has("other")).toBe(false);
  });
});
