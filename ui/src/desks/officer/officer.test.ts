import type { AdviceView, OfficerView } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { localFrame, toLatLon } from "../../world/index.js";
import { cornerWords, localPlan, whereYouAre } from "./corner.js";
import { officerAnswer, spokenText, toAcknowledge, tokenOf } from "./officerAnswers.js";

const point = { latDeg: 37.77, lonDeg: -122.4469 };
const frame = localFrame(point);
const p = (x: number, y: number) => toLatLon(frame, x, y);
/** Haight crosses Masonic 20 m east and 12 m south of the place: the place is the north-west corner. */
const plan = {
  point,
  streets: [
    { name: "Haight St", points: [p(-80, -12), p(80, -12)] },
    { name: "Masonic Ave", points: [p(20, -80), p(20, 80)] },
    { name: "", points: [p(0, 0), p(1, 1)] },
  ],
  buildings: [[p(-20, 5), p(-5, 5), p(-5, 20)]],
};
const advice = (adviceId: string, sentMs: number, over: Partial<AdviceView> = {}): AdviceView => ({
  adviceId,
  incidentId: "i",
  text: `text ${adviceId}`,
  units: ["3A21"],
  plateConfirmed: false,
  sentMs,
  by: "Operator 1",
  readBy: [],
  withdrawn: undefined,
  ...over,
});
const view = (advices: readonly AdviceView[]): OfficerView => ({
  sim: true,
  linkId: "k",
  unit: "3A21",
  incident: { title: "Shots fired", placeLabel: "Haight & Masonic", point, number: "1", openedMs: 0 },
  advice: advices,
  confirmed: [{ text: "Two casings on the ground", tMs: 9000, by: "Operator 1" }],
  notToActOn: ["Plate not confirmed: do not stop on it"],
  aircraft: undefined,
  plan,
});

describe("which corner", () => {
  it("is said by quarter and by the nearer street's side", () => {
    const local = localPlan(plan);
    expect(cornerWords(local, { x: 0, y: 0 })).toBe("North-west corner, Haight St side");
    expect(cornerWords(local, { x: 26, y: -30 })).toBe("South-east corner, Masonic Ave side");
    expect(cornerWords(local, { x: 20, y: -12 })).toBe("In the crossing of Haight St and Masonic Ave");
  });
  it("is a side where only one street is near", () => {
    const one = localPlan({ ...plan, streets: plan.streets.slice(0, 1) });
    expect(cornerWords(one, { x: 0, y: 0 })).toBe("North side of Haight St");
    expect(cornerWords(one, { x: 0, y: -12 })).toBe("On Haight St");
    expect(cornerWords(localPlan({ ...plan, streets: [] }), { x: 0, y: 0 })).toBe("No street is named here");
  });
  it("says where the officer stands in units of a walk and one of four words", () => {
    expect(whereYouAre({ x: 381, y: 40 }, "imperial")).toBe("You are 1,260 ft east of it");
    expect(whereYouAre({ x: 0, y: -4000 }, "imperial")).toBe("You are 2.49 mi south of it");
    expect(whereYouAre({ x: 381, y: 40 }, "metric")).toBe("You are 383 m east of it");
    expect(whereYouAre({ x: 3, y: 3 }, "imperial")).toBe("You are there");
  });
});

describe("the officer's page", () => {
  it("acknowledges the oldest unread sentence that still holds", () => {
    const read = advice("read", 1, { readBy: [{ unit: "3A21", tMs: 2 }] });
    expect(
      toAcknowledge(view([advice("new", 5), advice("old", 3), advice("gone", 2, { withdrawn: "wrong car" }), read]))
        ?.adviceId,
    ).toBe("old");
    expect(toAcknowledge(view([read]))).toBeUndefined();
    expect(toAcknowledge(view([advice("other", 1, { units: ["3A12"] })]))).toBeUndefined();
  });
  it("says what must not be acted on before anything else that could be", () => {
    const text = spokenText(view([advice("a", 1), advice("b", 2, { withdrawn: "x" })]), "North-west corner", 100_000);
    expect(text.indexOf("do not stop")).toBeLessThan(text.indexOf("text a"));
    expect(text).toContain("Haight and Masonic");
    expect(text).toContain("Taken back: text b");
    expect(text).toContain("Two casings on the ground, 1:31 ago.");
  });
  it("takes only a token that could be one", () => {
    expect(tokenOf(`#${"a".repeat(43)}`)).toBe("a".repeat(43));
    expect(tokenOf("#short")).toBeUndefined();
    expect(tokenOf(`#${"<".repeat(30)}`)).toBeUndefined();
  });
  it("reads a whole answer or none", () => {
    expect(officerAnswer({ view: view([]), nowMs: 5, endsMs: 9 })).toMatchObject({ nowMs: 5, endsMs: 9 });
    expect([officerAnswer({}), officerAnswer(null)]).toEqual([undefined, undefined]);
  });
});
