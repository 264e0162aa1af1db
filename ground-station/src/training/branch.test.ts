import { type Fact, type NewFact, newFact } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { branchAt } from "./branch.js";

const by = { kind: "system", part: "ground-station" } as const;
const base = { launchId: "l1", incidentId: "i1" };
const at = (seq: number, s: number, one: NewFact): Fact =>
  ({ ...one, seq, id: `f${seq}`, tMs: 1_000_000 + s * 1000, prov: "sim" }) as Fact; // The one built by newFact, with an envelope.
const started = newFact("RunStarted", { runId: "r", scenario: "chase", seed: 7 }, by);
const mark = newFact("MarkMade", { runId: "r", text: "here" }, by);
const inject = (deed: unknown) => newFact("InjectMade", { runId: "r", inject: "x", text: JSON.stringify(deed) }, by);
const wind = { kind: "wind", windMps: 9, fromDeg: 290, gustMps: 13 };
// Only the names and ids are read here.
const proposed = { type: "LaunchProposed", data: { ...base, version: 1 }, by } as unknown as NewFact;
const approved = newFact("LaunchApproved", { ...base, version: 1, uid: "u", approvalId: "a", validUntilMs: 0 }, by);

describe("where a branch begins", () => {
  it("is the mark itself while nobody has decided anything (given injects, they are lived again)", () => {
    const facts = [at(1, 0, started), at(2, 12, inject(wind)), at(3, 20, proposed), at(4, 30, mark)];
    expect(branchAt(facts, 4)).toMatchObject({
      scenario: "chase",
      seed: 7,
      branch: { parent: "r", markSeq: 4, toS: 30 },
      deeds: [{ atS: 12, deed: wind }],
      later: [],
    });
  });

  it("is the card of the first launch that was decided on: nobody's decision is made again for him", () => {
    const call = { kind: "incident", which: "call" };
    const facts = [
      at(1, 0, started),
      at(2, 5, inject(call)),
      at(3, 20, proposed),
      at(4, 28, approved),
      at(5, 60, inject(wind)),
      at(6, 90, mark),
    ];
    const plan = branchAt(facts, 6);
    expect(plan?.branch.toS).toBe(20.5);
    expect(plan?.deeds.map((one) => one.deed.kind)).toEqual(["incident"]);
    expect(plan?.later).toMatchObject([{ atS: 60, deed: wind }]);
  });

  it("is the mark itself where a card only lapsed: that comes about again by itself", () => {
    const lapsed = newFact("LaunchExpired", { ...base, version: 1 }, by);
    const facts = [at(1, 0, started), at(2, 20, proposed), at(3, 80, lapsed), at(4, 90, mark)];
    expect(branchAt(facts, 4)?.branch.toS).toBe(90);
  });

  it("takes along what waited on the timeline at the mark, and not what was made or taken off", () => {
    const planned = (planId: string, s: number) =>
      newFact(
        "InjectPlanned",
        { runId: "r", planId, title: "Wind", atMs: 1_000_000 + s * 1000, deed: wind as never },
        by,
      );
    const off = newFact("InjectUnplanned", { runId: "r", planId: "a", why: "taken off" }, by);
    const facts = [
      at(1, 0, started),
      at(2, 2, planned("a", 50)),
      at(3, 3, planned("b", 300)),
      at(4, 4, off),
      at(5, 9, mark),
    ];
    expect(branchAt(facts, 5)?.later).toEqual([{ atS: 300, title: "Wind", deed: wind }]);
  });

  it("is the start of the run for the start's own mark, and nowhere for a fact of another run", () => {
    const facts = [at(3, 0, started), at(4, 5, mark)];
    expect(branchAt(facts, 3)).toMatchObject({ branch: { toS: 0 } });
    expect(branchAt(facts, 9)).toBeUndefined();
    expect(branchAt(facts.slice(1), 4)).toBeUndefined();
  });

  it("knows when the first watch began and leaves out an inject of another version", () => {
    const watch = newFact(
      "WatchStarted",
      {
        watchId: "w",
        personId: "p",
        name: "P",
        certificate: "",
        certificateUntilMs: 0,
        currencyDays: 0,
        soundTested: true,
        notConfiguredRead: [],
      },
      by,
    );
    const facts = [at(1, 0, started), at(2, 3, watch), at(3, 4, inject({ kind: "meteor" })), at(4, 9, mark)];
    expect(branchAt(facts, 4)).toMatchObject({ watchAtS: 3, deeds: [], later: [] });
  });
});
