import { describe, expect, it } from "vitest";
import { type AirspaceFinding, type AirspaceMeasured, type AirspaceSource, airspaceGate } from "./airspace-gate.js";

const list: AirspaceSource = {
  sourceId: "faa",
  tells: "notices",
  ageS: 40,
  maxAgeS: 900,
  text: "2 near, of 90 published",
  asked: "14:02",
};
const clear: AirspaceMeasured = { sources: [list], findings: [] };
const found = (kind: "inTheWay" | "waived" | "otherDock" | "near", notam = "FDC 6/0421"): AirspaceFinding => ({
  ...{ kind, notam, text: `TFR ${notam} lies on the way there`, distanceM: 0 },
});
const gate = (findings: readonly AirspaceFinding[], sources = [list]) => airspaceGate({ sources, findings });

describe("the gate of airspace", () => {
  it("passes where nothing is published, with the age of the list and when it was asked", () => {
    expect(airspaceGate(clear)).toEqual({
      ...{
        state: "pass",
        text: "No restriction on or near the way, as of 14:02.",
        measured: 40,
        limit: 900,
        unit: "s",
      },
    });
    expect(gate([{ kind: "authorised", text: "200 ft where 400 ft is authorised" }]).text).toContain("authorised.");
  });
  it("blocks what is in the way whoever is silent, and says what to do", () => {
    const silent = { ...list, ageS: undefined, asked: undefined };
    expect(gate([found("near"), found("inTheWay")], [silent])).toEqual({
      state: "block",
      text: "TFR FDC 6/0421 lies on the way there.",
      doThis: "Reach the scene another way, or ask for an SGI waiver.",
    });
    const four = gate(["a", "b", "c", "d"].map((notam) => found("inTheWay", notam)));
    expect(four.text).toBe("TFR a lies on the way there; TFR b lies on the way there; 2 more.");
  });
  it("blocks above a ceiling, and without an authorisation", () => {
    expect(gate([{ kind: "ceiling", text: "Controlled airspace of KSFO" }])).toMatchObject({
      state: "block",
      measured: 40,
    });
  });
  it("does not know without a way, without a source, with an old list, and with a notice that nobody can read", () => {
    expect(airspaceGate(undefined).state).toBe("unknown");
    expect(gate([], []).state).toBe("unknown");
    // A map of ceilings knows nothing of today's restrictions.
    expect(gate([], [{ ...list, tells: "ceilings" }]).state).toBe("unknown");
    expect(gate([], [{ ...list, ageS: 900 }]).state).toBe("pass");
    expect(gate([], [{ ...list, ageS: 901, text: "no answer: ECONNREFUSED" }])).toMatchObject({
      ...{ state: "unknown", text: "Not known: faa is 15 min old, limit 15 (no answer: ECONNREFUSED)." },
    });
    expect(gate([], [{ ...list, ageS: undefined, text: "not asked yet" }]).text).toBe(
      "Not known: faa (not asked yet).",
    );
    // What may be entered by a paper does not make an old list younger.
    expect(gate([found("waived")], [{ ...list, ageS: 901 }]).state).toBe("unknown");
    expect(
      gate([{ kind: "unclear", notam: "FDC 3/1", text: "FDC 3/1 is published, and it has no shape" }]),
    ).toMatchObject({
      ...{ state: "unknown", doThis: "Read the notice, then decide." },
    });
  });
  it("is a caution with a waiver, near by, and on the way to another dock", () => {
    for (const kind of ["waived", "otherDock", "near"] as const) expect(gate([found(kind)]).state).toBe("caution");
  });
});
