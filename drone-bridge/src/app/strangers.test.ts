import { type AnyMessageInit, signFrame, signingTimestamp } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { type Bench, bench, FakeAutopilot, type FakeClock, uidA, uidB } from "../testing/index.js";

const startMs = Date.UTC(2026, 0, 1);
const [key, another] = [7, 8].map((byte) => new Uint8Array(32).fill(byte));
const strangersPort = 99;
const hears = (b: Bench, sysid: number, message: AnyMessageInit) =>
  b.hear(message, { sysid, compid: 190, seq: 0 }, strangersPort);
const foreign = (b: Bench) => b.station.facts("ForeignStationHeard").map((fact) => fact.data["sysid"]);

/** The aircraft signs with our key, the stranger with another one or with none. */
function seals(strangers: Uint8Array | undefined) {
  let last = 0;
  return (frame: Uint8Array, port: number, clock: FakeClock): Uint8Array => {
    const by = port === strangersPort ? strangers : key;
    last = Math.max(last + 1, signingTimestamp(clock.nowMs()));
    return by === undefined ? frame : signFrame(frame, by, 1, last);
  };
}

describe.each(["required", "preferred"] as const)("another ground station where signing is %s", (signing) => {
  it.each([
    ["not signed", undefined],
    ["signed with another key", another],
  ])(
    "is said when its heartbeat is %s, for the aircraft obeys it; and nothing else of it is believed",
    (_, strangers) => {
      if (key === undefined) throw new Error("no key");
      const b = bench({ startMs, config: { signing }, signingKey: key, seal: seals(strangers) });
      new FakeAutopilot(b, { uid: uidA, sysid: 1, port: 1 });
      b.clock.run(4_000);
      expect(foreign(b)).toEqual([]);
      hears(b, 77, { name: "HEARTBEAT", type: 6, autopilot: 8 });
      if (strangers !== undefined) hears(b, 78, { name: "HEARTBEAT", type: 2, autopilot: 12 });
      b.clock.run(1_000);
      expect(foreign(b)).toEqual([77]);
      expect(b.station.facts("AircraftIdentified")).toHaveLength(1);
    },
  );
});

describe("somebody else's command to all aircraft at once", () => {
  it("is said of each", () => {
    const b = bench({ startMs });
    new FakeAutopilot(b, { uid: uidA, sysid: 1, port: 1 });
    new FakeAutopilot(b, { uid: uidB, sysid: 2, port: 2 });
    b.clock.run(4_000);
    hears(b, 77, { name: "COMMAND_LONG", command: 400, param1: 1, targetSystem: 0, targetComponent: 0 });
    b.clock.run(500);
    expect(b.station.facts("OtherStationTookControl").map((fact) => fact.data["uid"])).toEqual([uidA, uidB]);
  });
});

describe("single bytes from very many ports", () => {
  it("keep no aircraft out", () => {
    const b = bench({ startMs });
    for (let port = 1_000; port < 2_000; port++) b.radio.push(Uint8Array.of(0xfd), { host: "10.0.0.1", port });
    new FakeAutopilot(b, { uid: uidA, sysid: 1, port: 1 });
    b.clock.run(4_000);
    expect(b.station.facts("AircraftIdentified")).toHaveLength(1);
  });
});
