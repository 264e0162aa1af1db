import { decodeSamples } from "@outrider/contract";
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

const beats = (a: FakeAutopilot): number => a.heard.filter((message) => message.name === "HEARTBEAT").length;

describe("our heartbeat", () => {
  it("goes to every aircraft, once a second", () => {
    const b = bench();
    const all = [18570, 18571, 18572].map(
      (port, n) => new FakeAutopilot(b, { uid: `4f535452414943450000000${n + 1}`, sysid: n + 1, port }),
    );
    b.clock.run(20_000);
    for (const a of all) expect(beats(a)).toBeGreaterThanOrEqual(18);
  });

  it("stops for the aircraft in the air 20 s after the station fell silent, and comes back with it", () => {
    const b = bench();
    const a = flying(b);
    const other = standing(b, { uid: uidB, sysid: 2, port: 18571 });
    b.stopFeed();
    b.clock.run(19_000);
    const before = beats(a);
    b.clock.run(1_000);
    expect(beats(a)).toBe(before + 1);
    b.clock.run(10_000);
    const stopped = beats(a);
    const onGround = beats(other);
    b.clock.run(10_000);
    expect(beats(a)).toBe(stopped);
    expect(beats(other)).toBe(onGround + 10);
    b.station.say({ kind: "welcome", version: 1, haveSeq: 0 });
    b.clock.run(2_000);
    expect(beats(a)).toBeGreaterThan(stopped);
  });
});

describe("a link", () => {
  it("is late, lost and back by the autopilot's frames", () => {
    const b = bench();
    const a = flying(b);
    a.off = true;
    b.clock.run(2_700);
    expect(b.station.types()).toContain("LinkLate");
    expect(b.station.types()).not.toContain("LinkLost");
    b.clock.run(1_300);
    expect(b.station.types()).toContain("LinkLost");
    a.off = false;
    b.clock.run(900);
    expect(b.station.types()).not.toContain("LinkBack");
    b.clock.run(2_500);
    expect(b.station.types()).toContain("LinkBack");
  });

  it("to an aircraft that fell silent still gets our heartbeat: it may hear us", () => {
    const b = bench();
    const a = flying(b);
    a.off = true;
    const before = beats(a);
    b.clock.run(60_000);
    expect(beats(a)).toBeGreaterThanOrEqual(before + 59);
  });
});

describe("identity", () => {
  it("refuses two aircraft with one system id, loudly, until one has gone", () => {
    const b = bench();
    const a = standing(b);
    const twin = standing(b, { uid: uidB, sysid: 1, port: 18571 });
    expect(b.station.facts("DuplicateSysid").at(-1)?.data).toEqual({ sysid: 1, uids: [uidA, uidB] });
    say(b, "plan", { verb: "uploadPlan", plan: testPlan });
    expect(lastWords(b, "plan")).toContain("system id 1");
    twin.off = true;
    b.clock.run(15_000);
    say(b, "plan-2", { verb: "uploadPlan", plan: testPlan });
    b.clock.run(3_000);
    expect(fate(b, "plan-2")).toContain("PlanReadBack");
    expect(a.uid).toBe(uidA);
  });

  it("notices a reboot and trusts nothing that was put there before", () => {
    const b = bench();
    const a = standing(b);
    say(b, "plan", { verb: "uploadPlan", plan: testPlan });
    b.clock.run(3_000);
    a.bootAtMs = b.clock.nowMs();
    b.clock.run(1_000);
    expect(b.station.types()).toContain("AircraftRebooted");
    say(b, "arm", { verb: "arm" }, { approvalId: "approval-1" });
    expect(lastWords(b, "arm")).toContain("no plan");
  });

  it("hears a foreign ground station, says so, and does not arm beside it", () => {
    const b = bench();
    standing(b);
    say(b, "plan", { verb: "uploadPlan", plan: testPlan });
    b.clock.run(3_000);
    b.hear({ name: "HEARTBEAT", type: 6, autopilot: 8 }, { sysid: 77, compid: 190, seq: 0 }, 18570);
    expect(b.station.facts("ForeignStationHeard")[0]?.data).toMatchObject({ uid: uidA, sysid: 77 });
    say(b, "arm", { verb: "arm" }, { approvalId: "approval-1" });
    expect(lastWords(b, "arm")).toContain("another ground station");
    b.clock.run(12_000);
    expect(b.station.types()).toContain("ForeignStationGone");
  });

  it("counts a station on a shared port against every aircraft there, and makes no aircraft of it", () => {
    const b = bench();
    standing(b);
    standing(b, { uid: uidB, sysid: 2, port: 18571 });
    b.hear({ name: "HEARTBEAT", type: 6, autopilot: 8 }, { sysid: 255, compid: 190, seq: 0 }, 40_000);
    expect(b.station.facts("ForeignStationHeard").map((fact) => fact.data["uid"])).toEqual([uidA, uidB]);
    expect(b.bridge.stats().aircraft).toBe(2);
  });

  it("forwards nothing: what one peer says leaves by no other path", () => {
    const b = bench();
    standing(b);
    standing(b, { uid: uidB, sysid: 2, port: 18571 });
    const before = b.radio.bytesTo("127.0.0.1:18571");
    for (let n = 0; n < 100; n++)
      b.hear(
        { name: "COMMAND_LONG", command: 400, param1: 1, targetSystem: 2, targetComponent: 1 },
        { sysid: 77, compid: 190, seq: n },
        18570,
      );
    expect(b.radio.bytesTo("127.0.0.1:18571")).toBe(before);
  });
});

describe("the journal and the wire to the station", () => {
  it("calls an order that was open at a restart unconfirmed, and never sends its id again", () => {
    const b = bench();
    const a = standing(b);
    say(b, "plan", { verb: "uploadPlan", plan: testPlan });
    b.clock.run(3_000);
    a.deaf = true;
    say(b, "arm", { verb: "arm" }, { approvalId: "approval-1" });
    b.clock.run(500);
    b.restart();
    expect(fate(b, "arm").at(-1)).toBe("OrderUnconfirmed");
    a.deaf = false;
    b.clock.run(5_000);
    const sent = a.commands(400);
    say(b, "arm", { verb: "arm" }, { approvalId: "approval-1" });
    say(b, "arm-again", { verb: "arm" }, { approvalId: "approval-1" });
    b.clock.run(3_000);
    expect(a.commands(400)).toBe(sent);
    expect(lastWords(b, "arm-again")).toContain("used before");
  });

  it("restarted in mid-flight goes on with the story and says only what changed meanwhile", () => {
    const b = bench();
    const a = flying(b);
    const count = (type: string): number => new Set(b.station.facts(type).map((fact) => fact.seq)).size;
    const before = [count("Armed"), count("Airborne"), count("ModeChanged")];
    b.restart();
    b.clock.run(4_000);
    expect([count("Armed"), count("Airborne"), count("ModeChanged")]).toEqual(before);
    b.bridge.close();
    a.customMode = 0x05040000;
    a.systemStatus = 5;
    b.restart();
    b.clock.run(4_000);
    expect(b.station.facts("ModeChanged").at(-1)?.data).toMatchObject({ mode: "return", by: "failsafe" });
    a.landedState = 1;
    a.armed = false;
    a.systemStatus = 3;
    b.clock.run(2_000);
    expect(b.station.facts("Landed").at(-1)?.data).toMatchObject({ launchId: "launch-1" });
    expect(b.station.facts("Disarmed").at(-1)?.data).toMatchObject({ launchId: "launch-1" });
  });

  it("writes the intent before the first byte", () => {
    const b = bench();
    const a = flying(b);
    b.disk.held = [];
    say(b, "far", gotoAct(fakeGroundAmslM + 60));
    b.clock.run(1_000);
    expect(a.commands(192)).toBe(0);
    b.disk.settle();
    b.clock.run(100);
    expect(a.commands(192)).toBe(1);
    expect(b.disk.text("journal.ndjson")).toContain('"kind":"intent"');
  });

  it("brings each fact once and in order over broken connections and restarts", () => {
    const b = bench();
    standing(b);
    const got = new Map<number, string>();
    const take = (): void => {
      for (const fact of b.station.facts()) {
        expect(got.get(fact.seq) ?? fact.type, `number ${fact.seq}`).toBe(fact.type);
        got.set(fact.seq, fact.type);
      }
      b.station.texts.length = 0;
    };
    take();
    for (let round = 0; round < 6; round++) {
      b.hear({ name: "STATUSTEXT", severity: 4, text: `round ${round}` }, { sysid: 1, compid: 1, seq: round }, 18570);
      b.station.refuse = round === 2;
      if (round % 2 === 0) b.station.hangUp();
      else b.restart();
      b.clock.run(12_000);
      b.station.refuse = false;
      b.clock.run(6_000);
      b.station.say({ kind: "welcome", version: 1, haveSeq: Math.max(0, ...got.keys()) });
      take();
    }
    const numbers = [...got.keys()].sort((x, y) => x - y);
    expect(numbers).toEqual(numbers.map((_, n) => n + 1));
    expect([...got.values()].filter((type) => type === "AutopilotSaid").length).toBe(6);
  });

  it("drops samples while the socket is backed up, and keeps facts", () => {
    const b = bench();
    standing(b);
    const before = b.station.frames.length;
    expect(before).toBeGreaterThan(10);
    b.station.buffered = 100_000;
    b.hear({ name: "STATUSTEXT", severity: 4, text: "still told" }, { sysid: 1, compid: 1, seq: 0 }, 18570);
    b.clock.run(2_000);
    expect(b.station.frames.length).toBe(before);
    expect(b.station.facts("AutopilotSaid").length).toBe(1);
  });

  it("sends samples with their age, and lets the age of a lost aircraft grow", () => {
    const b = bench();
    const a = flying(b);
    const last = (): { ageMs: number; link: string; altAmslM: number } | undefined =>
      decodeSamples(b.station.frames.at(-1) ?? new Uint8Array())?.samples[0];
    expect(last()?.ageMs).toBeLessThan(250);
    expect(last()?.altAmslM).toBeCloseTo(fakeGroundAmslM + 60);
    a.off = true;
    b.clock.run(10_000);
    expect(last()?.ageMs).toBeGreaterThan(8_000);
    expect(last()?.link).toBe("lost");
  });

  it("ignores what does not follow the wire, and counts it", () => {
    const b = bench();
    b.station.say({ kind: "order", order: { orderId: "x" } });
    b.station.say({ kind: "nonsense" });
    expect(b.bridge.stats().station.badMessages).toBe(2);
  });

  it("numbers on behind the station's last fact when its own journal was lost", () => {
    const b = bench({ haveSeq: 500 });
    b.clock.run(1_000);
    expect(b.station.facts("BridgeStarted").at(-1)?.seq).toBeGreaterThan(500);
  });
});

describe("docks", () => {
  const hello = { kind: "hello", version: 1, dockId: "dock-a", token: "bridge-token", provenance: "sim", type: "dock" };
  const state = {
    kind: "state",
    dockId: "dock-a",
    door: "closed",
    padClear: true,
    occupied: true,
    charging: true,
    ageMs: 0,
  };

  it("open once, and are open when they say so", () => {
    const b = bench();
    const dock = b.docks.connect();
    dock.say(hello);
    dock.say(state);
    say(b, "open", { verb: "openDock", dockId: "dock-a" });
    expect(dock.said.map((message) => message["kind"])).toEqual(["welcome", "open"]);
    dock.say({ kind: "answer", orderId: "open", result: "accepted" });
    dock.say({ ...state, door: "opening" });
    expect(fate(b, "open")).toEqual(["OrderSent", "OrderAcknowledged"]);
    dock.say({ ...state, door: "open" });
    expect(fate(b, "open").at(-1)).toBe("OrderDone");
    expect(b.station.facts("DockDoorChanged").map((fact) => fact.data["door"])).toEqual(["closed", "opening", "open"]);
  });

  it("that do not answer, jam or vanish are not called open", () => {
    const b = bench();
    const dock = b.docks.connect();
    dock.say(hello);
    dock.say(state);
    say(b, "silent", { verb: "openDock", dockId: "dock-a" });
    b.clock.run(1_700);
    expect(fate(b, "silent").at(-1)).toBe("OrderUnconfirmed");
    dock.say(state);
    say(b, "jam", { verb: "openDock", dockId: "dock-a" });
    dock.say({ ...state, door: "jammed" });
    expect(lastWords(b, "jam")).toContain("jammed");
    dock.close();
    expect(b.station.types()).toContain("DockLost");
    say(b, "gone", { verb: "openDock", dockId: "dock-a" });
    expect(lastWords(b, "gone")).toContain("not connected");
  });

  it("of the other world, with a wrong token or unknown are refused", () => {
    const b = bench();
    for (const wrong of [{ provenance: "live" }, { token: "guess" }, { dockId: "dock-z" }]) {
      const dock = b.docks.connect();
      dock.say({ ...hello, ...wrong });
      expect(dock.said).toEqual([]);
    }
    expect(b.docks.connect("/elsewhere").refused).toBe(404);
    expect(b.station.types()).not.toContain("DockConnected");
  });
});

describe("hand-flying", () => {
  it("sends 20 a second, centres after 300 ms without input and holds after 2 s", () => {
    const b = bench();
    const a = flying(b);
    say(b, "take", { verb: "takeStick" });
    for (let n = 0; n < 40; n++) {
      b.station.say({ kind: "sticks", uid: uidA, forward: 1, right: 0, up: 0, yaw: 0 });
      b.clock.run(50);
    }
    const moved = a.heard.filter((message) => message.name === "MANUAL_CONTROL");
    expect(moved.length).toBeGreaterThanOrEqual(38);
    expect(moved.at(-1)).toMatchObject({ x: 1000, y: 0, z: 500, r: 0, target: 1 });
    expect(fate(b, "take").at(-1)).toBe("OrderDone");
    b.clock.run(400);
    expect(a.heard.filter((message) => message.name === "MANUAL_CONTROL").at(-1)).toMatchObject({ x: 0 });
    const holds = a.commands(192);
    b.clock.run(2_000);
    expect(a.commands(192)).toBe(holds + 1);
    const sent = a.heard.filter((message) => message.name === "MANUAL_CONTROL").length;
    b.clock.run(2_000);
    expect(a.heard.filter((message) => message.name === "MANUAL_CONTROL").length).toBe(sent);
  });
});
