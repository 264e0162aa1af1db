import { decodeSamples } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { bench, FakeAutopilot, fakeHome, lastWords, say, standing, testPlan, uidA } from "../testing/index.js";

const noUid = "00000000000000000000";
const told = (b: ReturnType<typeof bench>) => b.station.facts("AircraftUnidentified").map((fact) => fact.data);
const over = (b: ReturnType<typeof bench>) => b.station.facts("AircraftUnidentifiedOver").map((fact) => fact.data);
const where = { endpoint: "udp-server:14550 127.0.0.1:18570", sysid: 1 };

/** An autopilot that refuses to tell its version. */
function shy(b: ReturnType<typeof bench>): FakeAutopilot {
  const a = new FakeAutopilot(b, { uid: uidA, sysid: 1, port: 18570 });
  a.results.set(512, 2);
  return a;
}

describe("an autopilot that does not say who it is", () => {
  it("is told after two rounds of asking, with since when; once; and hears our heartbeat and the question, no order", () => {
    const b = bench();
    const a = shy(b);
    b.clock.run(9_000);
    expect(told(b)).toEqual([]);
    const sinceMs = b.clock.nowMs() - 9_000;
    b.clock.run(60_000);
    expect(told(b)).toEqual([{ ...where, compid: 1, reason: "silent", sinceMs: expect.any(Number) }]);
    expect(Number(told(b)[0]?.["sinceMs"]) - sinceMs).toBeLessThan(500);
    for (const verb of ["hold", "return", "land"] as const) {
      say(b, verb, { verb });
      expect(lastWords(b, verb)).toContain("has not been heard");
    }
    say(b, "plan", { verb: "uploadPlan", plan: testPlan });
    b.clock.run(2_000);
    expect(new Set(a.heard.map((one) => one.name))).toEqual(new Set(["HEARTBEAT", "COMMAND_LONG"]));
    expect(new Set(a.took.map(({ command, param1 }) => `${command} ${param1}`))).toEqual(new Set(["512 148"]));
  });

  it("is over as soon as it says so, or has gone", () => {
    const b = bench();
    const a = shy(b);
    b.clock.run(15_000);
    a.results.delete(512);
    b.clock.run(6_000);
    expect(over(b)).toEqual([{ ...where, why: "identified" }]);
    expect(b.station.facts("AircraftIdentified")).toHaveLength(1);
    const gone = bench();
    const other = shy(gone);
    gone.clock.run(15_000);
    other.off = true;
    gone.clock.run(11_000);
    expect(over(gone)).toEqual([{ ...where, why: "gone" }]);
  });

  it("is told at once, and otherwise, where it has no unique id", () => {
    const b = bench();
    new FakeAutopilot(b, { uid: noUid, sysid: 1, port: 18570 });
    b.clock.run(1_000);
    expect(told(b)).toMatchObject([{ ...where, reason: "noUid" }]);
    b.clock.run(60_000);
    expect(told(b)).toHaveLength(1);
    expect(b.problems).toHaveLength(1);
    expect(b.station.types()).not.toContain("AircraftIdentified");
  });

  it("is told with its name where it is known from before and does not say it again", () => {
    const b = bench();
    const a = standing(b);
    expect(told(b)).toEqual([]);
    a.off = true;
    b.clock.run(5_000);
    a.off = false;
    a.results.set(512, 2);
    b.clock.run(12_000);
    expect(told(b)).toMatchObject([{ ...where, uid: uidA, reason: "silent" }]);
    say(b, "plan", { verb: "uploadPlan", plan: testPlan });
    expect(lastWords(b, "plan")).toContain("link is late");
    a.results.delete(512);
    b.clock.run(6_000);
    expect(over(b)).toEqual([{ ...where, why: "identified" }]);
  });

  it("of made-up numbers fills neither the journal nor what is shown", () => {
    const b = bench();
    for (let second = 0; second < 15; second++) {
      for (let sysid = 1; sysid <= 40; sysid++)
        b.hear({ name: "HEARTBEAT", type: 2, autopilot: 12 }, { sysid, compid: 1, seq: second }, 20_000 + (second % 3));
      b.clock.run(1_000);
    }
    expect(told(b).length).toBe(16);
    b.clock.run(11_000);
    expect(over(b)).toHaveLength(16);
  });

  it("with the unique id of another that is there is not taken for it, on the same port or another", () => {
    for (const port of [18570, 18571]) {
      const b = bench();
      const a = standing(b);
      const clone = new FakeAutopilot(b, { uid: uidA, sysid: 2, port });
      clone.latDeg += 1;
      b.clock.run(20_000);
      const endpoint = `udp-server:14550 127.0.0.1:${port}`;
      expect(told(b)).toMatchObject([{ endpoint, sysid: 2, uid: uidA, reason: "uidTaken" }]);
      expect(b.station.types()).not.toContain("SysidChanged");
      expect(b.station.types()).not.toContain("PositionDoubted");
      const [sample] = decodeSamples(b.station.frames.at(-1) ?? new Uint8Array())?.samples ?? [];
      expect(sample?.latDeg).toBeCloseTo(fakeHome.latDeg);
      say(b, "return", { verb: "return" });
      b.clock.run(1_000);
      expect(a.commands(20)).toBe(1);
      expect(clone.took.filter((one) => one.command === 20 && one.targetSystem === 2)).toEqual([]);
      clone.off = true;
      b.clock.run(11_000);
      expect(over(b)).toEqual([{ endpoint, sysid: 2, why: "gone" }]);
    }
  });

  it("does not keep the aircraft beside it from being known: a companion that calls itself an autopilot", () => {
    const b = bench();
    const beat = (): void => {
      b.hear({ name: "HEARTBEAT", type: 18, autopilot: 0 }, { sysid: 1, compid: 191, seq: 0 }, 18570);
      b.clock.after(1_000, beat);
    };
    beat();
    b.clock.run(500);
    const a = new FakeAutopilot(b, { uid: uidA, sysid: 1, port: 18570 });
    b.clock.run(12_000);
    expect(b.station.facts("AircraftIdentified").map((fact) => fact.data)).toMatchObject([
      { uid: uidA, autopilot: "px4" },
    ]);
    expect(told(b)).toEqual([]);
    // Its heartbeats are no sign of life of the aircraft.
    a.off = true;
    b.clock.run(4_000);
    expect(b.station.types()).toContain("LinkLost");
  });
});

describe("two aircraft with one system id", () => {
  it("are told to be one again, each, when the other has gone", () => {
    const b = bench();
    standing(b);
    const twin = standing(b, { uid: "4f5354524149434500000002", sysid: 1, port: 18571 });
    twin.off = true;
    b.clock.run(15_000);
    const alone = b.station.facts("DuplicateSysidOver").map((fact) => fact.data["uid"]);
    expect(alone.sort()).toEqual([uidA, twin.uid]);
    twin.off = false;
    b.clock.run(3_000);
    expect(b.station.facts("DuplicateSysid")).toHaveLength(2);
    say(b, "plan", { verb: "uploadPlan", plan: testPlan });
    expect(lastWords(b, "plan")).toContain("system id 1");
  });
});
