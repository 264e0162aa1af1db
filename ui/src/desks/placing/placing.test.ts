import type { IncidentSummary } from "@outrider/contract";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { localFrame, toLocal } from "../../world/index.js";
import { DOUBTS, mayPlace, nudged, onMap, placeless, placingMark, STEP_M } from "./placing.js";

const call = (incidentId: string, more: Partial<IncidentSummary>): IncidentSummary => ({
  incidentId,
  number: "26-1",
  title: "Burglary",
  place: {
    point: { latDeg: 37.77, lonDeg: -122.45 },
    error: { semiMajorM: 12, semiMinorM: 12, bearingDeg: 0 },
    label: "Haight St",
  },
  callType: "BURG",
  urgency: 5,
  openedMs: 1000,
  closed: false,
  alerts: [],
  launchId: undefined,
  uid: undefined,
  notPossible: undefined,
  ...more,
});
const wide = { ...call("", {}).place, error: { semiMajorM: 2500, semiMinorM: 2500, bearingDeg: 0 } };

describe("a call with an address only", () => {
  const all = [
    call("placed", {}),
    call("late", { needsPlace: "12 Fell St", place: wide, openedMs: 3000 }),
    call("early", { needsPlace: "300 Oak St", place: wide, openedMs: 2000 }),
    call("closed", { needsPlace: "1 Page St", place: wide, closed: true }),
    // The station says nothing of a place any more once a call is closed.
    call("never placed", { place: wide, closed: true }),
  ];
  it("is listed for somebody to place, the one that waits longest first", () => {
    expect(placeless(all).map((i) => i.needsPlace)).toEqual(["300 Oak St", "12 Fell St"]);
  });
  it("is drawn nowhere, since its point is only the middle of the site", () => {
    expect(onMap(all).map((i) => i.incidentId)).toEqual(["placed"]);
  });
  it("is put on the map by those who answer for it alone", () => {
    expect([["pic"], ["rtcc"], ["supervisor"]].map((r) => mayPlace(r as ["pic"]))).toEqual([true, true, true]); // One role each.
    expect([mayPlace(["trainer"]), mayPlace([]), mayPlace(undefined)]).toEqual([false, false, false]);
  });
});

describe("the mark of a place", () => {
  it("goes one step the way it looks on screen, whichever way the eye looks", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -60, max: 60, noNaN: true }),
        fc.double({ min: 0, max: 360, noNaN: true }),
        fc.constantFrom([1, 0], [-1, 0], [0, 1], [0, -1]),
        (latDeg, bearingDeg, [ahead = 0, right = 0]) => {
          const from = { latDeg, lonDeg: 10 };
          const to = toLocal(
            localFrame(from),
            nudged(from, { ahead: ahead * STEP_M, right: right * STEP_M }, bearingDeg),
          );
          expect(Math.hypot(to.xM, to.yM)).toBeCloseTo(STEP_M, 3);
          const went = (Math.atan2(to.xM, to.yM) * 180) / Math.PI;
          const wanted = bearingDeg + (ahead === 1 ? 0 : ahead === -1 ? 180 : right * 90);
          expect(Math.cos(((went - wanted) * Math.PI) / 180)).toBeCloseTo(1, 6);
        },
      ),
    );
  });
  it("is an estimate with the doubt that was chosen, and nothing before a place was pointed at", () => {
    const point = { latDeg: 37.77, lonDeg: -122.45 };
    expect(placingMark({ address: "12 Fell St", point: undefined, radiusM: 40 }, "metric")).toEqual([]);
    expect(placingMark({ address: "12 Fell St", point, radiusM: 40 }, "metric")).toMatchObject([
      { title: "12 Fell St", detail: "to be set, ±40 m", certainty: "estimated", error: { semiMajorM: 40 } },
    ]);
    for (const d of DOUBTS) expect(d.radiusM >= 1 && d.radiusM <= 500).toBe(true);
  });
});
