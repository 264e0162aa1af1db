import { describe, expect, it } from "vitest";
import { assign } from "./assign.js";
import { policyFor, vetoHindrance } from "./policy.js";
import { type Candidate, findBest } from "./search.js";
import { alertForTests } from "./testing/bench.js";

const veto = {
  callTypes: ["SHOOT"],
  kinds: ["gunshot" as const],
  policy: { kind: "veto" as const, seconds: 10 },
  text: "shots",
};
const calls = {
  callTypes: ["*"],
  kinds: ["call" as const, "gunshot" as const],
  policy: { kind: "approve" as const, seconds: 60 },
  text: "others",
};
const never = {
  callTypes: ["CANINE"],
  kinds: ["call" as const],
  policy: { kind: "never" as const, why: "no" },
  text: "dogs",
};
const shots = alertForTests({ kind: "gunshot", callType: "SHOOT" });
const call = alertForTests({ kind: "call", callType: "ASLT" });

describe("policy of an incident", () => {
  it("takes the first line that fits call type and kind, and only suggests where none does", () => {
    expect(policyFor([veto, calls], [shots]).policy.kind).toBe("veto");
    expect(policyFor([veto, calls], [call]).policy.kind).toBe("approve");
    expect(policyFor([veto], [call]).policy.kind).toBe("suggest");
  });
  it("lets the policy win that needs most of a human when reports merge", () => {
    expect(policyFor([veto, calls], [shots, call]).policy.kind).toBe("approve");
    expect(policyFor([veto, calls], [call, shots]).policy.kind).toBe("approve");
    const suggest = { ...calls, policy: { kind: "suggest" as const } };
    expect(policyFor([veto, suggest], [shots, call]).policy.kind).toBe("suggest");
  });
  it("obeys a line for the corroborated pair, for exactly that pair, and never over a never", () => {
    const pair = {
      callTypes: ["SHOOT"],
      kinds: ["call" as const, "gunshot" as const],
      together: true,
      policy: { kind: "veto" as const, seconds: 8 },
      text: "pair",
    };
    expect(policyFor([pair, veto, calls], [shots, call])).toMatchObject({
      policy: { kind: "veto", seconds: 8 },
      text: "pair",
    });
    expect(policyFor([pair, veto, calls], [shots]).text).toBe("shots");
    expect(policyFor([pair, veto, calls], [call]).text).toBe("others");
    expect(policyFor([never, pair, veto, calls], [shots, alertForTests({ callType: "CANINE" })]).policy.kind).toBe(
      "never",
    );
  });
  it("takes the longer countdown of two, and never launches for nothing", () => {
    const quick = { ...veto, callTypes: ["SHOTS"], policy: { kind: "veto" as const, seconds: 5 } };
    const found = policyFor([quick, veto], [shots, { ...shots, callType: "SHOTS" }]);
    expect(found.policy).toEqual({ kind: "veto", seconds: 10 });
    expect(policyFor([veto], []).policy.kind).toBe("never");
  });
});

describe("what stops an automatic launch", () => {
  const good = {
    alerts: [{ signed: true, receivedAtMs: 0, occurredAtMs: 0 }],
    nowMs: 120_000,
    maxAlertAgeS: 120,
    picOnWatch: true,
    presenceFresh: true,
    restarted: false,
  };
  it("is nothing when source, age, pilot and presence are right", () => expect(vetoHindrance(good)).toBeUndefined());
  it.each([
    [{ nowMs: 120_001 }, /older/],
    [{ alerts: [{ signed: false, receivedAtMs: 0, occurredAtMs: 0 }] }, /sign/],
    [{ alerts: [] }, /No alert/],
    [{ picOnWatch: false }, /watch/],
    [{ presenceFresh: false }, /seen/],
    [{ restarted: true }, /restarted/],
  ])("is told in words for %o", (over, words) => expect(vetoHindrance({ ...good, ...over })).toMatch(words));
  it("is one unsigned source among signed ones", () => {
    expect(
      vetoHindrance({ ...good, alerts: [...good.alerts, { signed: false, receivedAtMs: 0, occurredAtMs: 0 }] }),
    ).toMatch(/sign/);
  });
});

describe("choice of aircraft", () => {
  const candidate = (uid: string, boundS: number, etaS: number | undefined, planned: string[]): Candidate<string> => ({
    uid,
    boundS,
    plan: () => {
      planned.push(uid);
      return etaS === undefined ? { impossible: "no way" } : { etaS, value: uid };
    },
  });
  it("plans in the order of the bounds and stops where no bound can win", () => {
    const planned: string[] = [];
    const found = findBest([
      candidate("far", 90, 95, planned),
      candidate("b", 40, 80, planned),
      candidate("a", 50, 60, planned),
      candidate("x", 10, undefined, planned),
    ]);
    expect(found.best?.uid).toBe("a");
    expect(planned).toEqual(["x", "b", "a"]);
    expect(found.others.find((one) => one.uid === "far")).toMatchObject({ etaS: 90, exact: false });
    expect(found.others.find((one) => one.uid === "x")).toMatchObject({ etaS: undefined, reason: "no way" });
  });
  it("settles a tie by uid, whatever the order of the list", () => {
    const list = [candidate("b", 1, 50, []), candidate("a", 1, 50, [])];
    expect(findBest(list).best?.uid).toBe("a");
    expect(findBest([...list].reverse()).best?.uid).toBe("a");
  });
  it("gives the best sum over several incidents, and none where none can go", () => {
    expect(
      assign([
        [10, 20],
        [12, 90],
      ]),
    ).toEqual([1, 0]);
    expect(
      assign([
        [10, Number.POSITIVE_INFINITY],
        [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
      ]),
    ).toEqual([0, undefined]);
    expect(assign([[5], [3]])).toEqual([undefined, 0]);
    expect(assign([])).toEqual([]);
  });
});
