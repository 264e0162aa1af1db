import {
  type Actor,
  type DebriefView,
  Expectations,
  type Fact,
  type NewFact,
  newFact,
  type TrackView,
} from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { testConfig } from "../app/testing/test-config.js";
import { debriefPage } from "./debrief-page.js";
import { judgeRun } from "./judge-run.js";
import { passes, scoredFacts } from "./score-run.js";
import { row, runStartMs as startMs, track, flownUid as uid } from "./testing/rows.js";
import { traineeDid } from "./timeline.js";

const system = { kind: "system", part: "ground-station" } as const;
const pilot = { kind: "person", personId: "p1", name: "Pilot 1", role: "pic" } as const;
const trainer = { kind: "person", personId: "t1", name: "Trainer 1", role: "trainer" } as const;
const base = { launchId: "l1", incidentId: "i1" };
const expect2 = [
  { id: "decide", text: "Decide", after: "LaunchProposed", facts: ["LaunchApproved", "LaunchDeclined"], withinS: 10 },
  { id: "camera", text: "Camera", after: "Airborne", facts: ["CameraOnTarget"], withinS: 60 },
  { id: "quiet", text: "No second launch", facts: ["LaunchAborted"], withinS: 600, never: true },
];

let seq = 0;
const fact = (s: number, one: NewFact): Fact => {
  seq += 1;
  return { ...one, seq, id: `f${seq}`, tMs: startMs + s * 1000, prov: "sim" } as Fact; // Built by newFact, with an envelope.
};
// Only what is read here; a whole plan would tell nothing more.
const proposed = {
  type: "LaunchProposed",
  data: { ...base, version: 1, choice: { uid, callSign: "OSPREY", why: "nearest" } },
  by: system,
} as unknown as NewFact;

function run(by: Actor, decideS: number): readonly Fact[] {
  seq = 0;
  return [
    fact(0, newFact("RunStarted", { runId: "r", scenario: "s", seed: 1, title: "First", expect: expect2 }, system)),
    fact(9, newFact("RunHappened", { runId: "r", lane: "world", text: "3 shots" }, { kind: "system", part: "sim" })),
    fact(10, proposed),
    fact(10 + decideS, newFact("LaunchApproved", { ...base, version: 1, uid, approvalId: "a", validUntilMs: 0 }, by)),
    fact(40, newFact("Airborne", { uid, launchId: "l1", altAmslM: 1600 }, system)),
    fact(70, newFact("CameraOnTarget", { ...base, uid, slantM: 90 }, system)),
    fact(80, newFact("MarkMade", { runId: "r", text: "good" }, trainer)),
    fact(90, newFact("RunEnded", { runId: "r" }, system)),
  ];
}

const judge = (facts: readonly Fact[], tracks: readonly TrackView[] = []): DebriefView => {
  const view = judgeRun({ facts, tracks, config: testConfig(), rootHash: "ab", gradeOf: () => undefined });
  if (view === undefined) throw new Error("no run in these facts");
  return view;
};

describe("a run judged from the record", () => {
  it("says of each expectation how it ended, when, and against which deadline", () => {
    const [decide, camera, quiet] = judge(run(pilot, 8)).expectations;
    expect(decide).toMatchObject({ state: "met", tookS: 8, dueMs: startMs + 20_000, settledMs: startMs + 18_000 });
    expect(decide?.settledBySeq).toBe(4);
    expect(camera).toMatchObject({ state: "met", tookS: 30 });
    expect(quiet).toMatchObject({ state: "met", never: true, settledBySeq: undefined });
    expect(judge(run(pilot, 8)).score).toBe(100);
  });

  it("calls late what came after its deadline, and the score follows", () => {
    const view = judge(run(pilot, 26));
    expect(view.expectations[0]).toMatchObject({ state: "late", tookS: 26, dueMs: startMs + 20_000 });
    expect(view.score).toBe(83);
  });

  it("says the same as the judge that ticks while the run goes on", () => {
    const facts = run(pilot, 26);
    const ticking = new Expectations(expect2, startMs);
    let nowMs = startMs;
    for (const one of facts) {
      for (; nowMs < one.tMs; nowMs += 1000) ticking.step(nowMs);
      ticking.onFact(one.type, one.tMs, one.data);
    }
    ticking.finish();
    const judged = judge(facts).expectations.map(({ id, state, tookS }) => [id, state, tookS]);
    expect(ticking.states().map(({ id, state, tookS }) => [id, state, tookS])).toEqual(judged);
  });

  it("leaves open what is not over while the run goes on", () => {
    const going = run(pilot, 8).slice(0, 3);
    expect(judge(going)).toMatchObject({ over: false });
    expect(judge(going).expectations.map((one) => one.state)).toEqual(["open", "open", "open"]);
  });

  it("tells both sides apart on one timeline, with the marks one can go back to", () => {
    const { timeline } = judge(run(pilot, 8));
    expect(timeline.find((one) => one.text === "3 shots")).toMatchObject({ side: "simulator" });
    expect(timeline.find((one) => one.title === "Launch approved")).toMatchObject({ side: "trainee", by: "Pilot 1" });
    expect(timeline.find((one) => one.title === "Mark made")).toMatchObject({ side: "trainer", mark: true });
    expect(timeline.find((one) => one.title === "Airborne")).toMatchObject({ side: "system", text: "OSPREY" });
  });

  it("says live what a trainee did in the debrief's words, and nothing of the trainer or the product", () => {
    const said = run(pilot, 8).map((one) => traineeDid(one, testConfig()));
    expect(said.filter((one) => one !== undefined)).toEqual(["Launch approved: OSPREY"]);
  });

  it("measures each thing from one fact to another, and does not flatter whoever did nothing", () => {
    const view = judge(run(pilot, 8));
    const took = Object.fromEntries(view.measures.map((one) => [one.kind, [one.tookS, one.outcome]]));
    expect(took).toEqual({
      decision: [8, "launched"],
      launch: [22, "airborne"],
      camera: [30, "camera on target"],
      told: [undefined, "never"],
    });
    expect(view.trainees).toMatchObject([{ personId: "p1", decisions: 1, decisionMedianS: 8, refusals: 0 }]);
  });

  it("is nothing where the facts are no run's", () => {
    const wish = { tracks: [], config: testConfig(), rootHash: "", gradeOf: () => undefined };
    expect(judgeRun({ ...wish, facts: run(pilot, 8).slice(1) })).toBeUndefined();
  });
});

describe("what a run is worth", () => {
  it("is passed by points without a breach, and counts as a flight only where the agency says so", () => {
    const view = judge(run(pilot, 8));
    expect(passes(view)).toBe(true);
    expect(scoredFacts(view, false, system)).toMatchObject([
      { type: "RunScored", data: { personId: "p1", passed: true, countsAsFlight: false, met: 3, of: 3 } },
    ]);
    expect(scoredFacts(view, true, system)).toMatchObject([{ data: { countsAsFlight: true } }]);
    const high = [row(50, { altAglM: 140 }), row(51, { altAglM: 140 })];
    const broke = judge(run(pilot, 8), [track(high)]);
    expect(passes(broke)).toBe(false);
    expect(scoredFacts(broke, true, system)).toMatchObject([{ data: { breaches: 1, countsAsFlight: false } }]);
  });
});

describe("the debrief as a page", () => {
  it("says SIMULATION, holds both sides, and lets no text of a run become markup", () => {
    const facts = run({ ...pilot, name: "<script>alert(1)</script>" }, 26);
    const page = debriefPage(judge(facts));
    expect(page.match(/SIMULATION/g)?.length).toBeGreaterThan(1);
    expect(page).toContain("3 shots");
    expect(page).toContain("0:36");
    expect(page).not.toContain("<script>");
    expect(page).toContain("&lt;script&gt;");
  });
});
