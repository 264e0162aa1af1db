import { describe, expect, it } from "vitest";
import { Expectations } from "./expectations.js";
import { parseScenario } from "./scenario.js";
import { Timeline } from "./timeline.js";

describe("a timeline", () => {
  it("gives each line once, by time or after the so-manieth fact that fits", () => {
    const lines = [
      { atS: 5, what: "time" },
      { when: { fact: "Airborne", where: { uid: "AB" }, nth: 2 }, afterS: 3, what: "fact" },
    ];
    const timeline = new Timeline(lines, 1000);
    expect(timeline.due(5999)).toEqual([]);
    expect(timeline.due(6000).map((one) => one.what)).toEqual(["time"]);
    timeline.onFact("Airborne", 7000, { uid: "ab1" });
    timeline.onFact("Airborne", 8000, { uid: "cd1" });
    expect(timeline.due(60_000)).toEqual([]);
    timeline.onFact("Airborne", 61_000, { uid: "ab1" });
    expect(timeline.due(63_999)).toEqual([]);
    expect(timeline.due(64_000).map((one) => one.what)).toEqual(["fact"]);
    expect(timeline.empty).toBe(true);
  });
});

describe("expectations with members", () => {
  it("are met by the fact that has them alone, and missed at the end where nothing came", () => {
    const one = { id: "a", text: "a", facts: ["ActRefused"], where: { act: "givePurpose" }, withinS: 60 };
    const all = new Expectations([one, { ...one, id: "b" }, { ...one, id: "c", never: true }], 0);
    all.onFact("ActRefused", 1000, { act: "verifyHit" });
    expect(all.states()[0]?.state).toBe("open");
    all.finish();
    expect(all.states().map((state) => state.state)).toEqual(["missed", "missed", "met"]);
  });
  it("refuse an event with neither or both of atS and when", () => {
    const text = (event: string) =>
      `id: x\ntitle: t\ntext: t\nminutes: 1\nvehicles: 1\nwind: {windMps: 1, fromDeg: 0, gustMps: 2}\ncomesByItself: false\nevents: [${event}]\nexpect: []\n`;
    const event = "event: { kind: shotsWereFireworks }";
    expect(parseScenario("x", text(`{ ${event} }`)).kind).toBe("bad");
    expect(parseScenario("x", text(`{ atS: 1, when: { fact: Armed }, ${event} }`)).kind).toBe("bad");
    expect(parseScenario("x", text(`{ when: { fact: Armed }, afterS: 2, ${event} }`)).kind).toBe("ok");
  });
});
