import { type Alert, type Fact, type NewFact, newFact } from "@outrider/contract";
import { geoDistanceM } from "@outrider/geo";
import { describe, expect, it } from "vitest";
import { at } from "../app/testing/test-config.js";
import { decideAlert } from "./decide-alert.js";
import { incidentRoom } from "./incident-room.js";
import { summaryOf } from "./incident-view.js";
import { decideSetPlace } from "./set-place.js";

const nowMs = Date.UTC(2026, 5, 1, 12);
const by = { kind: "source", sourceId: "cad" } as const;
const operator = { kind: "person", personId: "r1", name: "Operator 1", role: "rtcc" } as const;
const wide = { semiMajorM: 3000, semiMinorM: 3000, bearingDeg: 0 };
const call = (over: Partial<Alert> = {}): Alert => ({
  alertId: "a1",
  kind: "call",
  sourceId: "cad",
  sourceIncidentId: "CAD-1",
  revision: 1,
  signed: true,
  callType: "BURG",
  title: "Burglary",
  narrative: "",
  urgency: 6,
  place: { point: at(0, 0), error: wide, label: "1500 Haight St" },
  occurredAtMs: nowMs,
  receivedAtMs: nowMs,
  vehicles: [],
  addressOnly: true,
  ...over,
});

function story() {
  const state = incidentRoom.initial();
  let seq = 0;
  const given = (news: readonly NewFact[]): void => {
    for (const one of news) {
      seq += 1;
      const fact: Fact = { ...one, seq, id: `f${seq}`, tMs: nowMs, prov: "sim" };
      incidentRoom.evolve(state, fact);
    }
  };
  const receive = (alert: Alert, incidentId = `i${seq}`) => {
    const limits = { mergeWithinM: 150, mergeWithinS: 120 };
    const decision = decideAlert({ alert, by, incidentId, nowMs, limits, distanceM: geoDistanceM }, state);
    if (decision.kind === "new") given(decision.facts);
    return decision;
  };
  const incident = (incidentId: string) => {
    const found = state.byId.get(incidentId);
    if (found === undefined) throw new Error("no incident");
    return found;
  };
  const set = (incidentId: string) => {
    const decision = decideSetPlace(incident(incidentId), { point: at(200, 300), radiusM: 40 }, operator);
    if (decision.kind === "set") given(decision.facts);
    return decision;
  };
  return { receive, incident, set, given };
}

describe("a call that has an address and no position", () => {
  it("given it comes in, opens an incident that says which address somebody has to place", () => {
    const made = story();
    made.receive(call(), "i1");
    expect(summaryOf(made.incident("i1")).needsPlace).toBe("1500 Haight St");
  });

  it("given another report in the middle of the site, is not taken for the same: it is nowhere yet", () => {
    const made = story();
    made.receive(call(), "i1");
    const shots = call({ alertId: "a2", sourceIncidentId: "S-2", place: { point: at(0, 0), error: wide, label: "x" } });
    const { addressOnly: _, ...placed } = shots;
    expect(made.receive(placed, "i2")).toMatchObject({ incidentId: "i2" });
    expect(made.receive(call({ alertId: "a3", sourceIncidentId: "CAD-3" }), "i3")).toMatchObject({ incidentId: "i3" });
  });

  it("given a person sets its place, is there, within what the person said, with the name on the fact", () => {
    const made = story();
    made.receive(call(), "i1");
    const decision = made.set("i1");
    expect(decision.kind === "set" && decision.facts.map((fact) => fact.type)).toEqual(["PlaceSet", "AlertUpdated"]);
    expect(decision.kind === "set" && decision.facts[0]?.by).toEqual(operator);
    expect(made.incident("i1").place).toMatchObject({ point: at(200, 300), error: { semiMajorM: 40 } });
    expect(summaryOf(made.incident("i1")).needsPlace).toBeUndefined();
  });

  it("given its source says the same or more afterwards, keeps the place; a position of the source takes over", () => {
    const made = story();
    made.receive(call(), "i1");
    made.set("i1");
    expect(made.receive(call()).kind).toBe("known");
    expect(made.receive(call({ revision: 2, narrative: "Back door." })).kind).toBe("new");
    expect(made.incident("i1").place.point).toEqual(at(200, 300));
    const { addressOnly: _, ...placed } = call({
      revision: 3,
      place: { point: at(250, 300), error: { semiMajorM: 30, semiMinorM: 30, bearingDeg: 0 }, label: "1500 Haight St" },
    });
    made.receive(placed);
    expect(made.incident("i1").place.point).toEqual(at(250, 300));
    expect(made.set("i1").kind).toBe("refused");
  });

  it("given its source moves it to another address, needs a place again", () => {
    const made = story();
    made.receive(call(), "i1");
    made.set("i1");
    made.receive(call({ revision: 2, place: { point: at(0, 0), error: wide, label: "99 Oak St" } }));
    expect(summaryOf(made.incident("i1")).needsPlace).toBe("99 Oak St");
  });

  it("given a closed incident, cannot be placed any more", () => {
    const made = story();
    made.receive(call(), "i1");
    made.given([newFact("IncidentClosed", { incidentId: "i1", real: "unknown", reason: "x" }, operator)]);
    expect(made.set("i1").kind).toBe("refused");
  });
});
