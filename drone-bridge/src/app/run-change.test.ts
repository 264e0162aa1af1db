import { RunClock } from "@outrider/contract";
import { encodeFrame } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { orderKeys } from "../order/testing/signing-station.js";
import {
  FakeClock,
  FakeDisk,
  FakeDocks,
  FakeRadio,
  FakeStation,
  fakeChance,
  testConfig,
  uidA,
} from "../testing/index.js";
import { type BridgeDeps, createBridge } from "./bridge.js";

describe("a simulated run", () => {
  function start(provenance: "live" | "sim", more: Partial<BridgeDeps> = {}) {
    const wall = new FakeClock(2_000_000_000);
    const run = new RunClock(wall, { runId: "live", epochMs: wall.nowMs(), rate: 1, paused: false });
    const [disk, radio, station] = [new FakeDisk(), new FakeRadio(), new FakeStation()];
    const log: string[] = [];
    const bridge = createBridge({
      config: { ...testConfig, provenance },
      clocks: { run, wall },
      chance: fakeChance(),
      disk,
      datagrams: radio,
      dialer: station,
      messageServer: new FakeDocks(),
      log: (level, what) => log.push(`${level} ${what}`),
      token: "t",
      stationUrl: "ws://station/bridge",
      onTiming: (timing) => run.retime(timing),
      ...more,
    });
    bridge.start(() => {});
    const peer = { host: "127.0.0.1", port: 18570 };
    let seq = 0;
    const hear = (message: Parameters<typeof encodeFrame>[0]): void =>
      radio.push(encodeFrame(message, { sysid: 1, compid: 1, seq: seq++ }), peer);
    const beat = (): void => hear({ name: "HEARTBEAT", type: 2, autopilot: 12, customMode: 0x03040000 });
    const identify = (): void => {
      beat();
      hear({ name: "AUTOPILOT_VERSION", uid2: Uint8Array.from(Buffer.from(uidA, "hex")) });
    };
    const sent = (): number => (radio.sent.get("127.0.0.1:18570") ?? []).filter((bytes) => bytes[7] === 0).length;
    return { wall, run, station, bridge, log, identify, beat, sent };
  }
  const timing = (more: object) => ({ runId: "run-1", epochMs: 1_000_000, rate: 10, paused: false, ...more });

  it("sets the pace of heartbeats, and a pause stops them without ageing anything", () => {
    const b = start("sim");
    b.station.say({ kind: "welcome", version: 1, haveSeq: 0, timing: timing({}) });
    b.identify();
    b.wall.run(700);
    expect(b.sent()).toBeGreaterThanOrEqual(6);
    b.beat();
    b.station.say({ kind: "timing", timing: timing({ epochMs: 1_007_000, paused: true }) });
    const before = b.sent();
    b.wall.run(60_000);
    expect(b.sent()).toBe(before);
    b.station.say({ kind: "timing", timing: timing({ epochMs: 1_007_000, rate: 1 }) });
    b.wall.run(1_100);
    expect(b.sent()).toBe(before + 1);
    expect(b.station.types()).not.toContain("LinkLost");
    expect(b.log.filter((line) => line.startsWith("error"))).toEqual([]);
  });

  it("that is another one begins with nobody known, and goes on beating", () => {
    const b = start("sim");
    b.station.say({ kind: "welcome", version: 1, haveSeq: 0, timing: timing({}) });
    b.identify();
    b.station.say({ kind: "timing", timing: timing({ runId: "run-2", epochMs: 5_000, rate: 1 }) });
    expect(b.bridge.stats().aircraft).toBe(0);
    b.identify();
    b.wall.run(3_000);
    expect(b.station.facts("AircraftIdentified").length).toBe(2);
    expect(b.bridge.stats().heartbeatsOut).toBe(true);
  });

  it("is neither paused nor ended by whoever cannot sign for the station (INV-11)", () => {
    const b = start("sim", { orderKeys });
    b.station.say({ kind: "welcome", version: 1, haveSeq: 0, timing: timing({ paused: true }) });
    b.identify();
    b.station.say({ kind: "timing", timing: timing({ runId: "run-2", epochMs: 5_000 }) });
    expect(b.run.timing).toMatchObject({ runId: "live", rate: 1, paused: false });
    expect(b.bridge.stats().aircraft).toBe(1);
    b.wall.run(5_000);
    expect(b.sent()).toBeGreaterThanOrEqual(4);
  });

  it("has no say over a live bridge", () => {
    const b = start("live");
    b.station.say({ kind: "welcome", version: 1, haveSeq: 0, timing: timing({ paused: true }) });
    b.identify();
    b.wall.run(5_000);
    expect(b.run.timing.runId).toBe("live");
    expect(b.sent()).toBeGreaterThanOrEqual(4);
  });
});
