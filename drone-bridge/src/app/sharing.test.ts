import { decode, encodeFrame, type Frame, FrameReader } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import {
  type Bench,
  bench,
  FakeAutopilot,
  fate,
  flying,
  lastWords,
  say,
  standing,
  testPlan,
  uidA,
  uidB,
} from "../testing/index.js";

const stationPort = 14_600;
const qgc = { host: "127.0.0.1", port: 50_001 };
const acting = [{ kind: "udp-server" as const, port: stationPort, allow: ["everything"] }];
const reading = [{ kind: "udp-server" as const, port: stationPort }];

/** Another ground station at the forwarding port. */
function join(b: Bench, sysid = 254) {
  let seq = 0;
  const got: Frame[] = [];
  const before = b.radio.onSent;
  b.radio.onSent = (peer, bytes) => {
    before?.(peer, bytes);
    if (peer === `${qgc.host}:${qgc.port}`) new FrameReader().pushDatagram(bytes, (frame) => got.push(frame));
  };
  const send = (message: Parameters<typeof encodeFrame>[0]): void =>
    b.radio.push(encodeFrame(message, { sysid, compid: 190, seq: seq++ & 0xff }), qgc, stationPort);
  let on = true;
  const beat = (): void => {
    if (!on) return;
    send({ name: "HEARTBEAT", type: 6, autopilot: 8 });
    b.clock.after(1_000, beat);
  };
  beat();
  const leave = (): void => {
    on = false;
  };
  const names = (): (string | undefined)[] => got.map((frame) => decode(frame)?.name);
  return { send, got, names, leave };
}

const foreignBeats = (a: FakeAutopilot): number => a.heard.filter((message) => message.name === "HEARTBEAT").length;
const sentTo = (b: Bench, port: number): readonly Uint8Array[] => b.radio.sent.get(`127.0.0.1:${port}`) ?? [];
/** Heartbeats: message id 0, at byte 7 of a frame. */
const ours = (b: Bench, port: number): number =>
  sentTo(b, port).filter((frame) => frame[7] === 0 && frame[8] === 0 && frame[9] === 0).length;
/** Of each aircraft by itself: the time of its clock, and what it holds. No order is among them. */
const upkeep: ReadonlySet<string> = new Set(["TIMESYNC", "PARAM_REQUEST_LIST"]);

describe("another ground station", () => {
  it("sees every aircraft, is seen, and keeps a launch back where the site does not allow it", () => {
    const b = bench({ config: { forward: reading } });
    const a = standing(b);
    const station = join(b);
    b.clock.run(3_000);
    expect(new Set(station.names())).toContain("GLOBAL_POSITION_INT");
    expect(b.station.facts("ForeignStationHeard")[0]?.data).toMatchObject({ uid: uidA, sysid: 254 });
    say(b, "plan", { verb: "uploadPlan", plan: testPlan });
    b.clock.run(3_000);
    say(b, "arm", { verb: "arm" }, { approvalId: "approval-1" });
    expect(lastWords(b, "arm")).toContain("another ground station");
    station.send({ name: "COMMAND_LONG", command: 400, param1: 1, targetSystem: 1, targetComponent: 1 });
    b.clock.run(1_000);
    expect(a.armed).toBe(false);
    station.leave();
    b.clock.run(12_000);
    expect(b.station.types()).toContain("ForeignStationGone");
    const before = station.got.length;
    b.clock.run(5_000);
    expect(station.got.length).toBe(before);
  });

  it("that takes control where the site allows it is shown, not fought, until we order again", () => {
    const b = bench({ config: { forward: acting, allowForeignStation: true } });
    const a = standing(b);
    const other = standing(b, { uid: uidB, sysid: 2, port: 18_571 });
    const station = join(b);
    b.clock.run(1_500);
    const took = other.took.length;
    const before = a.heard.length;
    station.send({ name: "COMMAND_LONG", command: 400, param1: 1, targetSystem: 1, targetComponent: 1 });
    b.clock.run(500);
    expect(a.armed).toBe(true);
    expect(other.took.length).toBe(took);
    expect(b.station.facts("OtherStationTookControl")[0]?.data).toEqual({
      uid: uidA,
      sysid: 254,
      text: "COMPONENT_ARM_DISARM from system 254",
    });
    // Nothing but our heartbeat and what we read goes to it meanwhile: no order of ours against theirs.
    b.clock.run(5_000);
    const since = a.heard.slice(before).filter((message) => message.name === "COMMAND_LONG");
    expect(since.filter((message) => message.command !== 512).map((message) => message.command)).toEqual([400]);
    say(b, "stop", { verb: "hold" });
    b.clock.run(500);
    expect(b.station.types()).toContain("OtherStationLetGo");
  });

  it("has no heartbeat at the aircraft while ours are stopped", () => {
    const b = bench({ config: { forward: acting, allowForeignStation: true } });
    const a = flying(b);
    join(b);
    b.clock.run(3_000);
    b.stopFeed();
    b.clock.run(23_000);
    const stopped = foreignBeats(a);
    b.clock.run(10_000);
    expect(foreignBeats(a)).toBe(stopped);
    b.station.say({ kind: "welcome", version: 1, haveSeq: 0 });
    b.clock.run(3_000);
    expect(foreignBeats(a)).toBeGreaterThanOrEqual(stopped + 4);
  });

  it("with our own ids is dropped and told", () => {
    const b = bench({ config: { forward: acting, allowForeignStation: true } });
    const a = standing(b);
    const station = join(b, 255);
    b.clock.run(3_000);
    station.send({ name: "COMMAND_LONG", command: 400, param1: 1, targetSystem: 1, targetComponent: 1 });
    b.clock.run(500);
    expect(a.armed).toBe(false);
    expect(b.station.facts("OurIdsUsed")).toHaveLength(1);
    expect(station.names()).toContain("GLOBAL_POSITION_INT");
  });
});

describe("what we did not cause", () => {
  it("is told: an answer to somebody else, and one to nobody", () => {
    const b = bench();
    const a = standing(b);
    b.clock.run(20_000);
    a.send({ name: "COMMAND_ACK", command: 400, result: 0, targetSystem: 77, targetComponent: 190 });
    a.send({ name: "COMMAND_ACK", command: 21, result: 2, targetSystem: 255, targetComponent: 190 });
    expect(b.station.facts("ForeignAnswerSeen").map((fact) => fact.data)).toEqual([
      { uid: uidA, to: 77, command: 400, result: 0 },
      { uid: uidA, command: 21, result: 2 },
    ]);
    expect(b.station.facts("OtherStationTookControl")[0]?.data).toMatchObject({ sysid: 77 });
  });

  it("is not told of our own commands, answered twice, late or after a restart", () => {
    const b = bench();
    const a = flying(b);
    for (const command of [400, 300, 512])
      a.send({ name: "COMMAND_ACK", command, result: 0, targetSystem: 255, targetComponent: 190 });
    b.restart();
    b.clock.run(4_000);
    a.send({ name: "COMMAND_ACK", command: 300, result: 0, targetSystem: 255, targetComponent: 190 });
    expect(b.station.facts("ForeignAnswerSeen")).toEqual([]);
  });

  it("to the plan takes away what was read back: nothing arms on it", () => {
    const b = bench();
    const a = standing(b);
    const ids = (missionId: number): void => a.send({ name: "MISSION_CURRENT", missionId, fenceId: 5, total: 3 });
    ids(1);
    say(b, "plan", { verb: "uploadPlan", plan: testPlan });
    b.clock.run(3_000);
    ids(2);
    expect(b.station.types()).not.toContain("PlanChangedByOther");
    b.clock.run(15_000);
    ids(2);
    ids(3);
    expect(b.station.facts("PlanChangedByOther").map((fact) => fact.data)).toEqual([
      { uid: uidA, part: "mission", planId: 3 },
    ]);
    say(b, "arm", { verb: "arm" }, { approvalId: "approval-1" });
    expect(lastWords(b, "arm")).toContain("no plan");
  });
});

describe("two links to one aircraft", () => {
  function twoWays(): { b: Bench; a: FakeAutopilot } {
    const b = bench();
    const a = new FakeAutopilot(b, { uid: uidA, sysid: 1, port: 18_570 });
    a.ways = [18_570, 18_580];
    b.clock.run(4_000);
    return { b, a };
  }

  it("are one aircraft, heard once", () => {
    const { b, a } = twoWays();
    expect(b.bridge.stats().aircraft).toBe(1);
    a.say("battery low");
    b.clock.run(100);
    expect(b.station.facts("AutopilotSaid")).toHaveLength(1);
    expect(b.station.facts("DuplicateSysid")).toEqual([]);
  });

  it("carry on by the other when one dies: link live, no order lost, none sent twice", () => {
    const { b, a } = twoWays();
    say(b, "plan", { verb: "uploadPlan", plan: testPlan });
    b.clock.run(3_000);
    // The way that carries dies just when the one try to arm leaves: it is not tried by the other one.
    a.loses = (way) => way === 18_570;
    say(b, "arm", { verb: "arm" }, { approvalId: "approval-1" });
    b.clock.run(9_000);
    expect(a.commands(400)).toBe(0);
    expect(fate(b, "arm").at(-1)).toBe("OrderUnconfirmed");
    expect(b.station.types()).not.toContain("LinkLost");
    expect(b.station.facts("CarrierChanged").at(-1)?.data).toMatchObject({
      uid: uidA,
      to: "udp-server:14550 127.0.0.1:18580",
    });
    say(b, "arm-2", { verb: "arm" }, { approvalId: "approval-2" });
    b.clock.run(3_000);
    expect(a.commands(400)).toBe(1);
    expect(a.armed).toBe(true);
  });

  it("are judged by the autopilot's frames alone: a way by which only its camera is still heard carries nothing", () => {
    const { b, a } = twoWays();
    const film = (): void => {
      b.hear({ name: "HEARTBEAT", type: 30, autopilot: 8 }, { sysid: 1, compid: 100, seq: 0 }, 18_570);
      b.clock.after(200, film);
    };
    film();
    a.loses = (way) => way === 18_570;
    b.clock.run(3_000);
    say(b, "return", { verb: "return" });
    b.clock.run(1_000);
    expect(a.commands(20)).toBe(1);
  });

  it("finish a plan that was begun by the one that died", () => {
    const { b, a } = twoWays();
    say(b, "plan", { verb: "uploadPlan", plan: testPlan });
    b.clock.run(5);
    a.loses = (way) => way === 18_570;
    b.clock.run(12_000);
    expect(fate(b, "plan").at(-1)).toBe("PlanReadBack");
  });

  it("get our heartbeat both, and a change of address is no loss", () => {
    const { b, a } = twoWays();
    b.clock.run(2_000);
    const before = [18_570, 18_580].map((port) => ours(b, port));
    b.clock.run(5_000);
    expect([18_570, 18_580].map((port, n) => ours(b, port) - (before[n] ?? 0))).toEqual([5, 5]);
    a.ways = [40_001];
    b.clock.run(8_000);
    expect(b.station.types()).not.toContain("LinkLost");
    say(b, "plan", { verb: "uploadPlan", plan: testPlan });
    b.clock.run(3_000);
    expect(fate(b, "plan").at(-1)).toBe("PlanReadBack");
    b.clock.run(10_000);
    const old = sentTo(b, 18_570).length;
    b.clock.run(5_000);
    expect(sentTo(b, 18_570).length).toBe(old);
  });
});

describe("an order to one of two", () => {
  it.each([1, 7, 254])("puts no byte on the other's wire, each on a port of its own (system id %i)", (sysid) => {
    const b = bench({ config: { links: [14_550, 14_551].map((port) => ({ kind: "udp-server" as const, port })) } });
    const a = standing(b, { sysid });
    const other = new FakeAutopilot(b, { uid: uidB, sysid: sysid === 1 ? 2 : 1, port: 18_571 });
    let seq = 0;
    other.send = (message) => b.hear(message, { sysid: other.sysid, compid: 1, seq: seq++ & 0xff }, other.port, 14_551);
    b.clock.run(8_000);
    const orders = (): number =>
      other.heard.filter((message) => message.name !== "HEARTBEAT" && !upkeep.has(message.name)).length;
    const before = orders();
    say(b, "plan", { verb: "uploadPlan", plan: testPlan });
    b.clock.run(3_000);
    say(b, "arm", { verb: "arm" }, { approvalId: "approval-1" });
    b.clock.run(2_000);
    say(b, "home", { verb: "return" });
    b.clock.run(2_000);
    expect(a.armed).toBe(true);
    expect(orders()).toBe(before);
    for (const message of other.heard)
      if ("targetSystem" in message) expect(message.targetSystem, message.name).toBe(other.sysid);
  });
});

describe("a link", () => {
  it("that breaks is lost at once, and comes back by itself", () => {
    const b = bench();
    standing(b);
    b.radio.fail(14_550);
    expect(b.station.facts("LinkLost")).toHaveLength(1);
    b.clock.run(6_000);
    expect(b.station.facts("LinkBack")).toHaveLength(1);
  });

  it("with a dead aircraft behind a live radio is late and lost all the same", () => {
    const b = bench();
    const a = standing(b);
    a.off = true;
    for (let n = 0; n < 40; n++) {
      b.hear({ name: "RADIO_STATUS", rssi: 200, remrssi: 0 }, { sysid: 51, compid: 68, seq: n }, a.port);
      b.clock.run(100);
    }
    expect(b.station.types().filter((type) => type.startsWith("Link"))).toEqual(["LinkLate", "LinkLost"]);
  });
});

describe("who is who", () => {
  it("notices another aircraft behind the same radio, and orders the old one no more", () => {
    const b = bench();
    const a = standing(b);
    a.off = true;
    b.clock.run(5_000);
    a.uid = uidB;
    a.bootAtMs = b.clock.nowMs();
    a.off = false;
    b.clock.run(3_000);
    expect(b.station.facts("AircraftReplaced")[0]?.data).toMatchObject({ uid: uidB, before: uidA, sysid: 1 });
    say(b, "plan", { verb: "uploadPlan", plan: testPlan });
    b.clock.run(3_000);
    expect(fate(b, "plan")).not.toContain("PlanReadBack");
    expect(a.store.lists.size).toBe(0);
    expect(b.station.facts("DuplicateSysid")).toEqual([]);
  });

  it("refuses two that answer behind one address with one system id, until one has gone", () => {
    const b = bench();
    const a = standing(b);
    const twin = new FakeAutopilot(b, { uid: uidB, sysid: 1, port: 18_570 });
    b.clock.run(17_000);
    expect(b.station.facts("DuplicateSysid").map((fact) => fact.data)).toEqual([{ sysid: 1, uids: [uidA, uidB] }]);
    say(b, "plan", { verb: "uploadPlan", plan: testPlan });
    expect(lastWords(b, "plan")).toContain("system id 1");
    twin.off = true;
    b.clock.run(14_000);
    say(b, "plan-2", { verb: "uploadPlan", plan: testPlan });
    b.clock.run(3_000);
    expect(fate(b, "plan-2")).toContain("PlanReadBack");
    expect(a.armed).toBe(false);
  });

  it.each([
    ["as soon as it is heard, after a restart", 5_000, 3_000],
    ["once the old one is silent, without one", 0, 7_000],
  ])("follows an aircraft to another system id: %s", (_how, silentMs, knownMs) => {
    const b = bench();
    const a = standing(b);
    a.off = true;
    b.clock.run(silentMs);
    a.off = false;
    a.sysid = 7;
    a.bootAtMs = b.clock.nowMs();
    b.clock.run(knownMs);
    expect(b.station.facts("SysidChanged")[0]?.data).toEqual({ uid: uidA, before: 1, sysid: 7 });
    say(b, "plan", { verb: "uploadPlan", plan: testPlan });
    b.clock.run(3_000);
    expect(fate(b, "plan")).toContain("PlanReadBack");
    expect(b.bridge.stats().aircraft).toBe(1);
  });
});
