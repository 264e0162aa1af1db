import { type AnyMessageInit, decode, encodeFrame, type Frame, FrameReader, signFrame } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { FakeClock } from "../testing/index.js";
import { Forwarder, type ForwardHooks } from "./forwarder.js";
import { ForwardFilter, type Path, ruleProblems } from "./index.js";
import { PeerQueue } from "./peer-queue.js";

const at = (key: string): Path => ({ key, link: key, peer: "p", signed: false });
const [a, b, qgc, tak] = [at("a"), at("b"), at("qgc"), at("tak")];
type Rules = ConstructorParameters<typeof ForwardFilter>[0];

function framesOf(bytes: Uint8Array): Frame[] {
  const frames: Frame[] = [];
  new FrameReader().pushDatagram(bytes, (frame) => frames.push(frame));
  return frames;
}

function setUp(rules: Rules = { allow: ["everything"] }, hooks: Partial<ForwardHooks> = {}) {
  const clock = new FakeClock();
  const sent: { to: string; bytes: Uint8Array }[] = [];
  const acts: string[] = [];
  const stalled = new Set<string>();
  const state = { beating: true };
  const forwarder = new Forwarder({
    clock,
    hooks: {
      carrier: (path) => path,
      disputed: () => false,
      callSignsAt: (path) => (path.key === "a" ? ["OSPREY"] : path.key === "b" ? ["KESTREL"] : []),
      onForwarded: (from, to, _frame, message) => acts.push(`${from.key}>${to.key} ${message?.name}`),
      onOurIds: (from) => acts.push(`our ids ${from.key}`),
      ...hooks,
    },
    aircraftPaths: () => [a, b],
    beating: () => state.beating,
    write: (path, bytes) => {
      if (stalled.has(path.key)) return false;
      sent.push({ to: path.key, bytes });
      return true;
    },
  });
  forwarder.join({ path: qgc, filter: new ForwardFilter(rules), share: undefined });
  forwarder.join({ path: tak, filter: new ForwardFilter({}), share: ["KESTREL"] });
  let seq = 0;
  const encode = (message: AnyMessageInit, sysid: number, compid: number): Uint8Array =>
    encodeFrame(message, { sysid, compid, seq: seq++ & 0xff });
  const air = (path: Path, message: AnyMessageInit, sysid: number, compid = 1): Uint8Array => {
    const bytes = encode(message, sysid, compid);
    for (const frame of framesOf(bytes)) forwarder.fromAircraft(path, frame, decode(frame));
    return bytes;
  };
  const station = (message: AnyMessageInit, sysid = 254, path = qgc, compid = 190): Uint8Array => {
    const bytes = encode(message, sysid, compid);
    for (const frame of framesOf(bytes)) forwarder.fromStation(path, frame, decode(frame));
    return bytes;
  };
  const to = (key: string): Uint8Array[] => sent.filter((each) => each.to === key).map((each) => each.bytes);
  air(a, { name: "HEARTBEAT", type: 2, autopilot: 12 }, 1);
  air(b, { name: "HEARTBEAT", type: 2, autopilot: 12 }, 2);
  station({ name: "HEARTBEAT", type: 6, autopilot: 8 });
  sent.length = 0;
  acts.length = 0;
  return { forwarder, clock, sent, acts, stalled, state, air, station, to, encode };
}

const armFor = (targetSystem: number, more: object = {}): AnyMessageInit => ({
  name: "COMMAND_LONG",
  command: 400,
  param1: 1,
  targetSystem,
  targetComponent: 1,
  ...more,
});

describe("routing", () => {
  it("gives what is for everybody to every station, unchanged, and never to another aircraft or back", () => {
    const t = setUp();
    const bytes = t.air(a, { name: "ATTITUDE", roll: 1 }, 1);
    expect(t.to("qgc")).toEqual([bytes]);
    expect([...t.to("a"), ...t.to("b")]).toEqual([]);
  });

  it("gives what is for one station to that one only", () => {
    const t = setUp();
    t.station({ name: "HEARTBEAT", type: 6 }, 253, tak);
    t.sent.length = 0;
    t.air(b, { name: "COMMAND_ACK", command: 400, targetSystem: 254, targetComponent: 190 }, 2);
    expect(t.sent.map((each) => each.to)).toEqual(["qgc"]);
    t.air(b, { name: "COMMAND_ACK", command: 400, targetSystem: 255, targetComponent: 190 }, 2);
    expect(t.sent).toHaveLength(1);
  });

  it.each([1, 2])("an order for system %i puts not one byte on the other's wire", (sysid) => {
    const t = setUp();
    const bytes = t.station(armFor(sysid));
    expect(t.to(sysid === 1 ? "a" : "b")).toEqual([bytes]);
    expect(t.to(sysid === 1 ? "b" : "a")).toEqual([]);
    expect(t.acts).toEqual([`qgc>${sysid === 1 ? "a" : "b"} COMMAND_LONG`]);
  });

  it("an order for nobody, for everybody, or for two of one number goes to nobody and is counted", () => {
    const t = setUp();
    t.station(armFor(9));
    t.station(armFor(0));
    t.station(armFor(1, { targetComponent: 77 }));
    t.air(b, { name: "HEARTBEAT", type: 2, autopilot: 12 }, 1);
    t.sent.length = 0;
    t.station(armFor(1));
    expect(t.sent).toEqual([]);
    expect(Object.fromEntries(t.forwarder.refusals)).toEqual({ nobody: 2, everybody: 1, ambiguous: 1 });
  });

  it("never lets through keys, the shell, parameters, sticks, forced arming or motors off", () => {
    const t = setUp();
    const never: AnyMessageInit[] = [
      { name: "SETUP_SIGNING", targetSystem: 1, targetComponent: 1 },
      { name: "SERIAL_CONTROL" },
      { name: "PARAM_SET", targetSystem: 1, targetComponent: 1, paramId: "NAV_DLL_ACT" },
      { name: "MANUAL_CONTROL", target: 1 },
      { name: "RC_CHANNELS_OVERRIDE", targetSystem: 1 },
      armFor(1, { param2: 21_196 }),
      armFor(1, { command: 185 }),
      { name: "FILE_TRANSFER_PROTOCOL", targetSystem: 1, payload: Uint8Array.of(0, 0, 0, 7) },
    ];
    for (const message of never) t.station(message);
    expect(t.sent).toEqual([]);
    expect(t.forwarder.refusals.get("never")).toBe(never.length);
    t.station({ name: "FILE_TRANSFER_PROTOCOL", targetSystem: 1, payload: Uint8Array.of(0, 0, 0, 5) });
    expect(t.to("a")).toHaveLength(1);
    t.air(a, { name: "SETUP_SIGNING", targetSystem: 0 }, 1);
    expect(t.to("qgc")).toEqual([]);
  });

  it("lets a station that may only read ask, and nothing else", () => {
    const t = setUp({});
    t.station({ name: "PARAM_REQUEST_LIST", targetSystem: 1, targetComponent: 1 });
    t.station(armFor(1, { command: 512, param1: 148 }));
    expect(t.to("a")).toHaveLength(2);
    t.station(armFor(1));
    t.station({ name: "MISSION_COUNT", targetSystem: 1, targetComponent: 1, count: 3 });
    t.station({ name: "SET_MODE", targetSystem: 1 });
    expect(t.to("a")).toHaveLength(2);
    expect(t.forwarder.refusals.get("notAllowed")).toBe(3);
  });

  it("keeps to block and to what goes out", () => {
    const t = setUp({
      allow: ["everything"],
      block: ["COMMAND_LONG"],
      allowOut: ["HEARTBEAT", "30"],
      blockOut: ["30"],
    });
    t.station(armFor(1));
    t.air(a, { name: "ATTITUDE" }, 1);
    t.air(a, { name: "GPS_RAW_INT" }, 1);
    expect(t.sent).toEqual([]);
    t.air(a, { name: "HEARTBEAT" }, 1);
    expect(t.to("qgc")).toHaveLength(1);
  });

  it("shares with a station only the aircraft that it is given", () => {
    const t = setUp();
    t.air(a, { name: "ATTITUDE" }, 1);
    expect(t.to("tak")).toEqual([]);
    t.air(b, { name: "ATTITUDE" }, 2);
    expect(t.to("tak")).toHaveLength(1);
    t.station({ name: "PARAM_REQUEST_LIST", targetSystem: 1, targetComponent: 1 }, 253, tak);
    expect(t.to("a")).toEqual([]);
  });

  it("lets no foreign heartbeat through while ours are stopped, and a companion's own always", () => {
    const t = setUp();
    t.station({ name: "HEARTBEAT", type: 6, autopilot: 8 });
    expect(t.sent.map((each) => each.to).sort()).toEqual(["a", "b", "tak"]);
    t.state.beating = false;
    t.sent.length = 0;
    t.station({ name: "HEARTBEAT", type: 6, autopilot: 8 });
    expect(t.sent).toEqual([]);
    t.station({ name: "HEARTBEAT", type: 18, autopilot: 8 }, 1, qgc, 191);
    expect(t.to("a")).toHaveLength(1);
  });

  it("drops a sender that uses our own ids, and says so", () => {
    const t = setUp();
    t.station(armFor(1), 255);
    expect(t.sent).toEqual([]);
    expect(t.acts).toEqual(["our ids qgc"]);
  });

  it("forwards what it cannot read or verify, byte for byte", () => {
    const t = setUp();
    const signed = signFrame(t.encode({ name: "ATTITUDE" }, 1, 1), new Uint8Array(32).fill(9), 3, 77);
    for (const frame of framesOf(signed)) t.forwarder.fromAircraft(a, frame, decode(frame));
    const unknown = Uint8Array.from([0xfd, 3, 0, 0, 5, 1, 1, 0xee, 0xdd, 0x0c, 1, 2, 3, 0xaa, 0xbb]);
    const frames = framesOf(unknown);
    expect(frames.map((frame) => frame.known)).toEqual([false]);
    for (const frame of frames) t.forwarder.fromAircraft(a, frame, decode(frame));
    expect(t.to("qgc")).toEqual([signed, unknown]);
  });

  it("gives a station once what an aircraft says by two links", () => {
    const t = setUp();
    const bytes = t.encode({ name: "ATTITUDE", roll: 2 }, 1, 1);
    for (const path of [a, b])
      for (const frame of framesOf(bytes)) t.forwarder.fromAircraft(path, frame, decode(frame));
    expect(t.to("qgc")).toEqual([bytes]);
  });

  it("sends by one of two paths to one aircraft, the one that carries", () => {
    const t = setUp({ allow: ["everything"] }, { carrier: () => b });
    t.air(b, { name: "HEARTBEAT", type: 2, autopilot: 12 }, 1);
    t.sent.length = 0;
    t.station(armFor(1));
    expect(t.sent.map((each) => each.to)).toEqual(["b"]);
  });

  it("loses the oldest for a reader that is slow, and nothing for the others", () => {
    const t = setUp();
    t.stalled.add("qgc");
    for (let n = 0; n < 3_000; n++) t.air(b, { name: "ATTITUDE", timeBootMs: n, roll: 1, pitch: 1, yaw: 1 }, 2);
    expect(t.to("tak")).toHaveLength(3_000);
    t.stalled.clear();
    t.forwarder.pump();
    const got = t.to("qgc").flatMap(framesOf);
    expect(got.length).toBeGreaterThan(1_000);
    expect(got.length).toBeLessThan(2_500);
    expect(got.map((frame) => decode(frame)).at(-1)).toMatchObject({ timeBootMs: 2_999 });
  });
});

describe("what waits for a slow reader", () => {
  it("is bounded, in order, and without its oldest", () => {
    const queue = new PeerQueue();
    for (let n = 0; n < 1_000; n++) queue.push(new Uint8Array(100).fill(n & 0xff));
    expect(queue.waitingBytes).toBeLessThanOrEqual(64 * 1024);
    expect(queue.dropped).toBe(1_000 - Math.floor(65_536 / 100));
    const got: number[] = [];
    queue.flush((frame) => got.push(frame[0] ?? -1) < 3);
    expect(got).toEqual([(1_000 - 655) & 0xff, ((1_000 - 655) & 0xff) + 1, ((1_000 - 655) & 0xff) + 2]);
    queue.flush((frame) => got.push(frame[0] ?? -1) > 0);
    expect(got.at(-1)).toBe(999 & 0xff);
  });
});

describe("rules of the configuration", () => {
  it("are checked against the messages and aircraft that there are, and the field is named", () => {
    expect(
      ruleProblems(
        [{ kind: "udp-server", port: 14_600, allow: ["reading", "COMAND_LONG", "512"], aircraft: ["HERON", "OSPREY"] }],
        [{ callSign: "OSPREY" }],
      ),
    ).toEqual([
      'bridge.forward.0.allow.1: no MAVLink message is called "COMAND_LONG"',
      'bridge.forward.0.aircraft.0: no aircraft of this file has the call sign "HERON"',
    ]);
  });
});
