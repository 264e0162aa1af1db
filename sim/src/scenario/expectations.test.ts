import { describe, expect, it } from "vitest";
import { Expectations } from "./expectations.js";
import { parseScenario } from "./scenario.js";

const decide = {
  id: "decide",
  text: "Decide within 20 s",
  after: "LaunchProposed",
  facts: ["LaunchApproved", "LaunchDeclined"],
  withinS: 20,
};
const quiet = { id: "quiet", text: "No launch", facts: ["Airborne"], withinS: 60, never: true };

describe("expectations", () => {
  it("are met in time, counted from the fact that starts them", () => {
    const all = new Expectations([decide], 0);
    all.onFact("LaunchApproved", 1000);
    expect(all.states()[0]?.state).toBe("open");
    all.onFact("LaunchProposed", 5000);
    all.onFact("LaunchDeclined", 14_000);
    expect(all.states()[0]).toMatchObject({ state: "met", tookS: 9 });
    expect(all.score()).toBe(100);
  });
  it("are missed when their time passes, and late when the fact still comes", () => {
    const all = new Expectations([decide], 0);
    all.onFact("LaunchProposed", 0);
    all.step(20_001);
    expect(all.states()[0]?.state).toBe("missed");
    all.onFact("LaunchApproved", 26_000);
    expect(all.states()[0]).toMatchObject({ state: "late", tookS: 26 });
    expect(all.score()).toBe(50);
  });
  it("hold what must not happen", () => {
    const broken = new Expectations([quiet], 0);
    broken.onFact("Airborne", 30_000);
    expect(broken.states()[0]?.state).toBe("missed");
    const held = new Expectations([quiet], 0);
    held.step(60_001);
    expect(held.states()[0]?.state).toBe("met");
  });
  it("let happen what must not happen before, from the fact on that allows it", () => {
    const card = { ...quiet, after: "HitFound", facts: ["OfficerAdvised"], until: ["VehicleConfirmed"] };
    const early = new Expectations([card], 0);
    for (const type of ["HitFound", "OfficerAdvised", "VehicleConfirmed"]) early.onFact(type, 1000);
    expect(early.states()[0]?.state).toBe("missed");
    const right = new Expectations([card], 0);
    for (const type of ["VehicleConfirmed", "HitFound"]) right.onFact(type, 1000);
    expect(right.states()[0]?.state).toBe("open");
    for (const type of ["VehicleConfirmed", "OfficerAdvised"]) right.onFact(type, 2000, undefined, 7);
    expect(right.judged()[0]).toMatchObject({ state: "met", settledMs: 2000, settledBySeq: 7 });
  });
  it("give no points for what must not happen where its clock never began", () => {
    const all = new Expectations([{ ...quiet, after: "LaunchProposed" }], 0);
    all.step(600_000);
    all.finish();
    expect(all.states()[0]?.state).toBe("missed");
    expect(all.score()).toBe(0);
    const begun = new Expectations([{ ...quiet, after: "LaunchProposed" }], 0);
    begun.onFact("LaunchProposed", 1000);
    begun.finish();
    expect(begun.score()).toBe(100);
  });
});

describe("a scenario file", () => {
  it("names the field that is wrong", () => {
    const parsed = parseScenario(
      "x.yaml",
      "id: x\ntitle: t\ntext: t\nminutes: -1\nvehicles: 1\nwind: {windMps: 1, fromDeg: 0, gustMps: 2}\ncomesByItself: false\nevents: []\nexpect: []\n",
    );
    expect(parsed.kind === "bad" && parsed.problem.includes("minutes")).toBe(true);
  });
  it("refuses until where nothing is forbidden", () => {
    const file = (more: string) =>
      `id: x\ntitle: t\ntext: t\nminutes: 1\nvehicles: 1\nwind: {windMps: 1, fromDeg: 0, gustMps: 2}\ncomesByItself: false\nevents: []\nexpect: [{ id: a, text: a, facts: [Armed], withinS: 9, until: [Landed]${more} }]\n`;
    expect(parseScenario("x", file(", never: true")).kind).toBe("ok");
    expect(parseScenario("x", file(""))).toMatchObject({ problem: expect.stringContaining("until goes with never") });
  });
  it.each([
    ["expect.0.facts.0", "events: []\nexpect:\n  - { id: a, text: a, facts: [Armd], withinS: 9, never: true }", 10],
    ["expect.0.after", "events: []\nexpect:\n  - { id: a, text: a, after: Armd, facts: [Armed], withinS: 9 }", 10],
    ["events.0.when.fact", "expect: []\nevents:\n  - { when: { fact: Armd }, event: { kind: crowdGoes } }", 10],
  ])("names field and line of a fact that there is none of: %s", (field, rest, line) => {
    const head =
      "id: x\ntitle: t\ntext: t\nminutes: 1\nvehicles: 1\nwind: {windMps: 1, fromDeg: 0, gustMps: 2}\ncomesByItself: false\n";
    expect(parseScenario("x.yaml", head + rest.replaceAll("Armd", "Armed")).kind).toBe("ok");
    const parsed = parseScenario("x.yaml", head + rest);
    expect(parsed.kind === "bad" && parsed.problem).toContain(`x.yaml:${line} ${field}: there is no fact Armd`);
  });
});
