import { type DecisionView, newFact } from "@outrider/contract";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decisionMark, decisionWord, gatesOf, proofRows, provenFacts, shortHash, verifyWords } from "./decisions.js";
import { DOT_PX, dotAxis, labelledTicks, stackDots, xOf } from "./dots.js";
import {
  arrivals,
  type DecisionFilter,
  deciders,
  EVERY_DECISION,
  filterDecisions,
  kindCounts,
  reasonOf,
} from "./filters.js";
import { drawByLot } from "./lot.js";

describe("dots of response times", () => {
  it("show every call, none over another, none far from its time", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 5, max: 900, noNaN: true }), { minLength: 1, maxLength: 80 }),
        (seconds) => {
          const axis = dotAxis(seconds);
          const dots = stackDots(
            seconds.map((s, i) => ({ id: String(i), seconds: s })),
            axis,
            500,
          );
          expect(new Set(dots.map((d) => `${d.x}:${d.y}`)).size).toBe(seconds.length);
          for (const d of dots)
            expect(Math.abs(d.x - xOf(axis, seconds[Number(d.id)] ?? 0, 500))).toBeLessThanOrEqual(DOT_PX / 2 + 1e-6);
          expect(axis.ticks.length).toBeLessThanOrEqual(11);
          for (const s of seconds) expect(s >= axis.fromS && s <= axis.toS).toBe(true);
        },
      ),
    );
  });
  it("labels only ticks that have room", () => {
    const axis = dotAxis([60, 180]);
    expect(labelledTicks(axis, 800)).toEqual(axis.ticks);
    const few = labelledTicks(axis, 200);
    expect(few.length).toBeLessThanOrEqual(5);
    expect(few[0]).toBe(axis.ticks[0]);
  });
  it("has an axis even when nothing was measured", () => expect(dotAxis([]).ticks.length).toBeGreaterThan(3));
});

describe("searches drawn by lot", () => {
  const searches = Array.from({ length: 200 }, (_, i) => ({ seq: i + 1 }));
  it("are the same all day and others the next", () => {
    const one = drawByLot(searches, 5, "2026-11-20").map((s) => s.seq);
    expect(drawByLot([...searches].reverse(), 5, "2026-11-20").map((s) => s.seq)).toEqual(one);
    expect(drawByLot(searches, 5, "2026-11-21").map((s) => s.seq)).not.toEqual(one);
    expect(drawByLot(searches.slice(0, 3), 5, "x")).toHaveLength(3);
  });
  it("fall on all searches alike", () => {
    const hits = new Array<number>(4).fill(0);
    for (let day = 0; day < 400; day++)
      for (const s of drawByLot(searches, 5, `day ${day}`))
        hits[Math.floor((s.seq - 1) / 50)] = (hits[Math.floor((s.seq - 1) / 50)] ?? 0) + 1;
    for (const n of hits) expect(Math.abs(n - 500)).toBeLessThan(90);
  });
});

describe("decisions", () => {
  const by = { kind: "system" as const, part: "ground-station" as const };
  const gates = [{ gate: "traffic" as const, name: "Traffic", state: "block" as const, text: "helicopter 0.8 mi" }];
  const fact = (
    seq: number,
    made: { readonly type: string; readonly data: unknown; readonly by: unknown },
  ): unknown => ({ seq, id: `f${seq}`, tMs: seq, prov: "sim", ...made });
  const measured = newFact("GatesMeasured", { launchId: "L", incidentId: "i", version: 1, gates }, by);
  const refused = newFact(
    "LaunchRefused",
    { launchId: "L", incidentId: "i", version: 1, reasons: [{ code: "traffic", text: "t", doThis: "d" }] },
    by,
  );
  const other = newFact("LaunchExpired", { launchId: "M", incidentId: "j", version: 1 }, by);
  const body = {
    facts: [
      { fact: fact(1, measured), hash: "aa" },
      { fact: fact(2, other), hash: "bb" },
      { fact: fact(3, refused), hash: "cc" },
      { fact: { type: "New" }, hash: "dd" },
      null,
    ],
  };
  const decision: DecisionView = {
    seq: 3,
    tMs: 3,
    incidentId: "i",
    number: "1",
    title: "x",
    decision: "refused",
    by: "gate",
    why: "w",
    secondsToDecide: undefined,
    launchId: "L",
  };
  it("are proven by their own fact and those of the same launch", () => {
    const facts = provenFacts(body);
    expect(facts).toHaveLength(3);
    expect(proofRows(facts, decision).map((f) => f.fact.seq)).toEqual([1, 3]);
    expect(gatesOf(facts, "L")).toEqual(gates);
    expect(gatesOf(facts, undefined)).toEqual([]);
  });
  it("are said in words, with a mark where a machine or silence decided", () => {
    expect([decisionWord("expired"), decisionWord("notPossible"), decisionWord("refused")]).toEqual([
      "Lapsed",
      "Not proposed",
      "Refused",
    ]);
    expect([decisionMark("refused"), decisionMark("expired"), decisionMark("launched")]).toEqual([
      "octagon",
      "triangle",
      undefined,
    ]);
  });
  it("believe nothing about the record but a plain yes", () => {
    expect(verifyWords({ kind: "ok", count: 214_882, headHash: "x" })).toEqual({
      ok: true,
      text: "Record verified, 214,882 facts, no gaps",
    });
    expect(verifyWords({ kind: "broken", badSeq: 7, why: "hash differs" })).toEqual({
      ok: false,
      text: "The record does not hold at fact 7: hash differs",
    });
    expect(verifyWords({})?.ok).toBe(false);
    expect(verifyWords(undefined)).toBeUndefined();
  });
  it("shorten a hash so that two can be told apart by eye", () =>
    expect(shortHash("3be891aa6c0d5f1b2e90a74c11d807f3")).toBe("3be8 91aa … 07f3"));
});

describe("filters", () => {
  const decision = (seq: number, over: Partial<DecisionView>): DecisionView => ({
    seq,
    tMs: seq * 1000,
    incidentId: "i",
    number: "26-1",
    title: "Shots fired",
    decision: "launched",
    by: "Pilot 2",
    why: "",
    secondsToDecide: undefined,
    launchId: "L",
    ...over,
  });
  const all = [
    decision(5, { decision: "aborted", why: "wind", by: "by itself" }),
    decision(4, { decision: "declined", why: "fireworks heard", launchId: "M", by: "Pilot 1" }),
    decision(3, { review: { verdict: "good", text: "", by: "Supervisor", tMs: 1 } }),
    decision(2, { decision: "proposed", why: "Calls launch when the pilot approves.", by: "by itself" }),
  ];
  const seqs = (change: Partial<DecisionFilter>): number[] =>
    filterDecisions(all, { ...EVERY_DECISION, ...change }).map((d) => d.seq);
  it("leave proposals out of the decisions and keep every other kind findable", () => {
    expect(seqs({})).toEqual([5, 4, 3]);
    expect(seqs({ kind: "refused" })).toEqual([5]);
    expect(seqs({ kind: "toReview" })).toEqual([5, 4]);
    expect(seqs({ by: "Pilot 1" })).toEqual([4]);
    expect(seqs({ find: "FIRE heard" })).toEqual([4]);
    expect(seqs({ sinceMs: 4000 })).toEqual([5, 4]);
    expect(kindCounts(all, EVERY_DECISION)).toMatchObject({ all: 3, launched: 1, lapsed: 0 });
    expect(deciders(all)).toEqual(["by itself", "Pilot 1", "Pilot 2"]);
  });
  it("give a launch without words the rule it was proposed under", () => {
    expect(all.map((d) => reasonOf(d, all))).toEqual([
      "wind",
      "fireworks heard",
      "Calls launch when the pilot approves.",
      "Calls launch when the pilot approves.",
    ]);
  });
  it("count refused and aborted calls as not arrived, and open ones as neither", () => {
    const time = (outcome: string, seconds?: number) => ({ incidentId: outcome, number: "", tMs: 0, seconds, outcome });
    expect(arrivals([time("arrived", 90), time("refused"), time("aborted"), time("aborted"), time("open")])).toEqual({
      came: 1,
      none: [
        { word: "refused", n: 1 },
        { word: "stopped", n: 2 },
      ],
      noneCount: 3,
      open: 1,
    });
  });
});
