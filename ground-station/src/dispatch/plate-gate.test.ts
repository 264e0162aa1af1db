import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { person } from "../app/testing/answers.js";
import { Counter } from "./testing/counter.js";

const withHit = (over: Parameters<Counter["hit"]>[1] = {}) => {
  const counter = new Counter();
  counter.openIncident();
  counter.hit("h_1", over);
  return counter;
};

describe("an unverified plate never leaves the room", () => {
  for (const text of [
    "Silver sedan 7KBM042 going west",
    "plate 7kbm 042",
    "plate 7-K-B-M-0-4-2",
    "plate 7 K B M 0 4 2",
    "plate 7.KBM.042",
    "plate 7ＫＢＭ042",
    "look-alike 7K8MO42",
    "glued x7KBM042x",
    "another car, 5ABC123",
    "another car, 5 ABC 123",
    "Nevada 123-A45",
  ])
    it(`in advice: ${text}`, () => {
      const counter = withHit();
      expect(counter.advise(text)).toMatchObject({
        status: 409,
        body: { title: "Unverified plates never leave the room" },
      });
      expect(counter.ofType("OfficerAdvised")).toHaveLength(0);
      expect(JSON.stringify(counter.ofType("ActRefused"))).not.toMatch(/KBM|ABC/);
    });

  it("in observations or in the reason of a withdrawal", () => {
    const counter = withHit();
    const observe = { text: "Saw 7KBM042", seenBy: "OSPREY" };
    expect(counter.act("observe", { incidentId: "i_1" }, observe, person("op-1")).status).toBe(409);
    const adviceId = String(counter.advise("Two people at the corner").body["adviceId"]);
    expect(counter.act("withdrawAdvice", { adviceId }, { why: "not 7KBM042" }, person("op-1")).status).toBe(409);
  });

  it("whatever is put between its letters", () => {
    const counter = withHit();
    const gap = fc.constantFrom("", " ", "-", ".", ", ", "/");
    fc.assert(
      fc.property(fc.array(gap, { minLength: 6, maxLength: 6 }), fc.boolean(), (gaps, lower) => {
        const plate = [..."7KBM042"].map((letter, i) => letter + (gaps[i] ?? "")).join("");
        expect(counter.advise(`Car ${lower ? plate.toLowerCase() : plate} left`).status).toBe(409);
      }),
    );
  });

  it("but what officers are told all day does", () => {
    const counter = withHit();
    for (const text of [
      "Two casings, north-west corner of Haight & Masonic. Silver sedan left west on Haight, one person seen. Plate not confirmed.",
      "3A12 take the 1590 block, 250ft east, 10th St side, US101 ramp",
      "Silver Honda Accord, 4-door, 2 people, about 21:14",
      "F-150 truck, Model-3 behind it, at 1590 Haight",
    ])
      expect([text, counter.advise(text).status]).toEqual([text, 201]);
  });
});

describe("a confirmed plate", () => {
  it("may be told for its own incident, and only there", () => {
    const counter = withHit();
    counter.openIncident("i_2");
    counter.confirm("h_1");
    expect(counter.advise("Silver Honda 7KBM 042, west on Haight").status).toBe(201);
    expect(counter.ofType("OfficerAdvised")[0]?.data.plateConfirmed).toBe(true);
    const elsewhere = { text: "Silver Honda 7KBM042", units: ["3A21"] };
    expect(counter.act("advise", { incidentId: "i_2" }, elsewhere, person("op-1")).status).toBe(409);
  });

  it("does not free a look-alike", () => {
    const counter = withHit();
    counter.confirm("h_1");
    expect(counter.advise("Silver Honda 7K8M042").status).toBe(409);
  });

  it("is not one until the second person has said so", () => {
    const counter = withHit({ secondNeeded: true });
    counter.confirm("h_1");
    expect(counter.advise("7KBM042").status).toBe(409);
    counter.confirm("h_1", true);
    expect(counter.advise("7KBM042").status).toBe(201);
  });

  it("that is ruled out later takes back what was told", () => {
    const counter = withHit();
    counter.confirm("h_1");
    const cookie = counter.openPhone();
    counter.advise("Silver Honda 7KBM042");
    counter.advise("Two people at the corner");
    counter.ruleOut("h_1");
    expect(counter.ofType("AdviceWithdrawn").map((fact) => fact.data.why)).toEqual([
      "the plate is no longer confirmed: do not stop on it",
    ]);
    expect(JSON.stringify(counter.phone(cookie).body)).not.toContain("7KBM042");
    expect(counter.advise("7KBM042").status).toBe(409);
  });
});
