import { describe, expect, it } from "vitest";
import {
  bench,
  FakeAutopilot,
  fakeGroundAmslM,
  fate,
  flying,
  gotoAct,
  lastWords,
  say,
  standing,
  testPlan,
  uidA,
  uidB,
} from "../testing/index.js";

describe("orders to an aircraft", () => {
  it("go from plan to arm to flight, each ended by what telemetry shows", () => {
    const b = bench();
    flying(b);
    expect(fate(b, "plan")).toEqual(["OrderSent", "PlanReadBack"]);
    expect(fate(b, "arm")).toEqual(["OrderSent", "OrderAcknowledged", "OrderDone"]);
    expect(fate(b, "start")).toEqual(["OrderSent", "OrderAcknowledged", "OrderDone"]);
    expect(b.station.types()).toEqual(
      expect.arrayContaining(["AircraftIdentified", "FailsafeParametersRead", "Armed", "Airborne"]),
    );
    expect(b.station.facts("ModeChanged").every((fact) => fact.data["by"] === "ours")).toBe(true);
    expect(b.problems).toEqual([]);
  });

  it.each([1, 7, 254])("to one of two put no byte on the other's path (system id %i)", (sysid) => {
    const b = bench();
    const a = new FakeAutopilot(b, { uid: uidA, sysid, port: 18570 });
    const other = new FakeAutopilot(b, { uid: uidB, sysid: sysid === 7 ? 8 : 7, port: 18571 });
    b.clock.run(8_000);
    // Its clock and its parameters are asked for by themselves, and of itself alone.
    const upkeep = new Set(["HEARTBEAT", "TIMESYNC", "PARAM_REQUEST_LIST"]);
    const quietUntil = (): number => other.heard.filter((message) => !upkeep.has(message.name)).length;
    const before = quietUntil();
    say(b, "plan", { verb: "uploadPlan", plan: testPlan });
    b.clock.run(3_000);
    say(b, "arm", { verb: "arm" }, { approvalId: "approval-1" });
    b.clock.run(2_000);
    say(b, "start", { verb: "startMission" });
    b.clock.run(3_000);
    say(b, "hold", { verb: "hold" });
    say(b, "home", { verb: "return" });
    b.clock.run(3_000);
    expect(a.commands(400)).toBe(1);
    expect(quietUntil()).toBe(before);
    expect(other.heard.every((message) => !("targetSystem" in message) || message.targetSystem === other.sysid)).toBe(
      true,
    );
  });

  it("that are said twice are sent once, and answered with the outcome that is known", () => {
    const b = bench();
    const a = flying(b);
    const armFacts = b.station.facts("OrderDone").length;
    say(b, "arm", { verb: "arm" }, { approvalId: "approval-1" });
    b.clock.run(3_000);
    expect(a.commands(400)).toBe(1);
    expect(b.station.facts("OrderDone").length).toBe(armFacts + 1);
    expect(new Set(b.station.facts().map((fact) => fact.seq)).size).toBe(b.station.facts().length - 1);
  });

  it("to arm are refused without an approval, with a used one, and without a plan that was read back", () => {
    const b = bench();
    const a = standing(b);
    say(b, "a1", { verb: "arm" });
    say(b, "a2", { verb: "arm" }, { approvalId: "approval-2" });
    expect(lastWords(b, "a1")).toContain("no approval");
    expect(lastWords(b, "a2")).toContain("no plan has been read back");
    say(b, "plan", { verb: "uploadPlan", plan: testPlan });
    b.clock.run(3_000);
    a.results.set(400, 1);
    say(b, "a3", { verb: "arm" }, { approvalId: "approval-3" });
    b.clock.run(2_000);
    expect(fate(b, "a3")).toEqual(["OrderSent", "OrderRefused"]);
    say(b, "a4", { verb: "arm" }, { approvalId: "approval-3" });
    expect(lastWords(b, "a4")).toContain("used before");
    expect(a.commands(400)).toBe(1);
  });

  it("that nobody answers are unconfirmed after 1.5 s and never sent again", () => {
    const b = bench();
    const a = standing(b);
    say(b, "plan", { verb: "uploadPlan", plan: testPlan });
    b.clock.run(3_000);
    a.deaf = true;
    say(b, "arm", { verb: "arm" }, { approvalId: "approval-1" });
    b.clock.run(60_000);
    expect(fate(b, "arm")).toEqual(["OrderSent", "OrderUnconfirmed"]);
    expect(a.heard.filter((message) => message.name === "COMMAND_LONG" && message.command === 400).length).toBe(1);
  });

  it("are done by telemetry alone where the answer was lost", () => {
    const b = bench();
    const a = standing(b);
    say(b, "plan", { verb: "uploadPlan", plan: testPlan });
    b.clock.run(3_000);
    a.mute = true;
    say(b, "arm", { verb: "arm" }, { approvalId: "approval-1" });
    b.clock.run(3_000);
    expect(fate(b, "arm")).toEqual(["OrderSent", "OrderDone"]);
  });

  it("below the ground plus margin, too old, too many or to strangers are refused by the bridge itself", () => {
    const b = bench();
    const a = flying(b);
    say(b, "low", gotoAct(60));
    expect(lastWords(b, "low")).toContain("above the ground there");
    say(b, "stranger", { verb: "hold" }, { uid: "ffffffffffffffff" });
    expect(lastWords(b, "stranger")).toContain("not enrolled");
    for (let n = 0; n < 30; n++) say(b, `many-${n}`, gotoAct(fakeGroundAmslM + 60));
    expect(lastWords(b, "many-29")).toContain("too many orders");
    b.disk.held = [];
    say(b, "old", gotoAct(fakeGroundAmslM + 60), { maxAgeMs: 500 });
    b.clock.run(1_000);
    const before = a.commands(192);
    b.disk.settle();
    b.clock.run(1_000);
    expect(a.commands(192)).toBe(before);
    expect(fate(b, "old").at(-1)).toBe("OrderRefused");
  });

  it("accepted and then taken back by the autopilot's own words are refused with those words", () => {
    const b = bench();
    const a = flying(b);
    a.says.set(192, "Reposition is outside geofence");
    say(b, "out", gotoAct(fakeGroundAmslM + 60));
    b.clock.run(2_000);
    expect(fate(b, "out").at(-1)).toBe("OrderRefused");
    expect(lastWords(b, "out")).toBe("Reposition is outside geofence");
  });

  it("to hold, return and land go while the disk is dead; the others do not", () => {
    const b = bench();
    const a = flying(b);
    b.disk.failing = true;
    say(b, "far", gotoAct(fakeGroundAmslM + 60));
    b.clock.run(500);
    expect(a.commands(192)).toBe(0);
    say(b, "home", { verb: "return" });
    b.clock.run(500);
    expect(a.commands(20)).toBe(1);
    b.disk.failing = false;
    b.clock.run(5_000);
    expect(fate(b, "home")).toEqual(["OrderSent", "OrderAcknowledged", "OrderDone"]);
    expect(fate(b, "far")).toEqual(["OrderRefused"]);
  });

  it("try the second way to hold when the first is refused", () => {
    const b = bench();
    const a = flying(b);
    a.results.set(192, 2);
    say(b, "hold", { verb: "hold" });
    b.clock.run(4_000);
    expect([a.commands(192), a.commands(176)]).toEqual([1, 1]);
    expect(fate(b, "hold").at(-1)).toBe("OrderDone");
  });

  it("stand in a mode that arms before they arm", () => {
    const b = bench();
    const a = standing(b);
    a.customMode = 0x05040000;
    b.clock.run(2_000);
    say(b, "plan", { verb: "uploadPlan", plan: testPlan });
    b.clock.run(3_000);
    say(b, "arm", { verb: "arm" }, { approvalId: "approval-1" });
    b.clock.run(4_000);
    expect(
      a.took.filter((command) => command.command === 176 || command.command === 400).map((command) => command.command),
    ).toEqual([176, 400]);
    expect(fate(b, "arm").at(-1)).toBe("OrderDone");
  });

  it("to start are refused while disarmed, since the next arming would take off", () => {
    const b = bench();
    standing(b);
    say(b, "start", { verb: "startMission" });
    expect(lastWords(b, "start")).toContain("not armed");
  });

  it("with a plan whose fence the aircraft objects to are refused although it said yes", () => {
    const b = bench();
    const a = standing(b);
    say(b, "plan", { verb: "uploadPlan", plan: testPlan });
    b.clock.run(300);
    a.say("Geofence invalid, doesn't contain Home position");
    b.clock.run(3_000);
    expect(fate(b, "plan").at(-1)).toBe("OrderRefused");
    say(b, "arm", { verb: "arm" }, { approvalId: "approval-1" });
    expect(fate(b, "arm")).toEqual(["OrderRefused"]);
  });
});
