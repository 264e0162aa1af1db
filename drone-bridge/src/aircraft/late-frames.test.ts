import { decodeSamples } from "@outrider/contract";
import { decode, encodeFrame, FrameReader, type MavMessage } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { FakeStreams } from "../link/testing/index.js";
import { type Bench, bench, type FakeAutopilot, fate, lastWords, say, standing, testPlan } from "../testing/index.js";

const count = (b: Bench, type: string): number => b.station.facts(type).length;
const plan = (b: Bench, id: string): void => {
  say(b, id, { verb: "uploadPlan", plan: testPlan });
  b.clock.run(2_000);
  expect(fate(b, id).at(-1)).toBe("PlanReadBack");
};

describe("an aircraft that began anew", () => {
  it("twice within seconds has no plan after either, and is said to have done so both times", () => {
    const b = bench();
    const a = standing(b);
    a.bootAtMs = b.clock.nowMs();
    b.clock.run(6_500);
    expect(count(b, "AircraftRebooted")).toBe(1);
    plan(b, "plan");
    a.bootAtMs = b.clock.nowMs();
    b.clock.run(300);
    say(b, "arm", { verb: "arm" }, { approvalId: "approval-1" });
    expect(lastWords(b, "arm")).toContain("no plan");
    expect(count(b, "AircraftRebooted")).toBe(1);
    b.clock.run(3_000);
    expect(count(b, "AircraftRebooted")).toBe(2);
    expect(a.commands(400)).toBe(0);
  });

  it("is not one whose clock came round in flight", () => {
    const b = bench();
    const a = standing(b);
    b.clock.run(500);
    const send = a.send.bind(a);
    a.send = (init) =>
      send(init.name === "GLOBAL_POSITION_INT" ? { ...init, timeBootMs: (init.timeBootMs ?? 0) % 2 ** 32 } : init);
    a.bootAtMs = b.clock.nowMs() - (2 ** 32 - 2_000);
    b.clock.run(6_000);
    expect(count(b, "AircraftRebooted")).toBe(0);
  });
});

/** On a modem of its own, every five seconds, until the clock has run for so long. */
function bySatellite(b: Bench, a: FakeAutopilot, forMs: number): void {
  for (let tMs = 0; tMs < forMs; tMs += 5_000) {
    const timestamp = b.clock.nowMs() - a.bootAtMs - 1_000;
    b.hear(
      {
        name: "HIGH_LATENCY2",
        timestamp,
        latitude: 397_500_000,
        longitude: -1_049_900_000,
        altitude: 1_700,
        battery: 55,
        autopilot: 12,
        customMode: 0x0304,
      },
      { sysid: a.sysid, compid: 1, seq: (tMs / 5_000) & 0xff },
      9_999,
      14_551,
    );
    b.clock.run(5_000);
  }
}

/** What was sent to that modem. */
function byModem(b: Bench): MavMessage[] {
  const out: MavMessage[] = [];
  for (const bytes of b.radio.sent.get("127.0.0.1:9999") ?? [])
    new FrameReader().pushDatagram(bytes, (frame) => {
      const said = decode(frame);
      if (said !== undefined) out.push(said);
    });
  return out;
}

describe("an aircraft that only a satellite modem still reaches", () => {
  const links = [
    { kind: "udp-server" as const, port: 14_550 },
    { kind: "udp-server" as const, port: 14_551 },
  ];

  it("is late and not lost, is where it says, with its age, and is told to come home by that modem", () => {
    const b = bench({ config: { links } });
    const a = standing(b);
    a.off = true;
    bySatellite(b, a, 40_000);
    expect([count(b, "LinkLate"), count(b, "LinkLost"), count(b, "AircraftIdentified")]).toEqual([1, 0, 1]);
    const sample = decodeSamples(b.station.frames.at(-1) ?? new Uint8Array())?.samples[0];
    expect(sample).toMatchObject({ link: "late", batteryPct: 55 });
    expect(sample?.latDeg).toBeCloseTo(39.75);
    expect(sample?.ageMs).toBeGreaterThan(3_000);
    expect(sample?.linkAgeMs).toBeGreaterThan(35_000);
    say(b, "home", { verb: "return" });
    b.clock.run(50);
    expect(byModem(b).filter((said) => said.name === "COMMAND_LONG" && said.command === 20)).toHaveLength(1);
    b.clock.run(70_000);
    expect(count(b, "LinkLost")).toBe(1);
  });

  it("makes no alarm of its modem while its radio is heard, and takes no old place from it", () => {
    const b = bench({ config: { links } });
    const a = standing(b);
    bySatellite(b, a, 20_000);
    expect([count(b, "LinkLate"), count(b, "LinkLost")]).toEqual([0, 0]);
    const sample = decodeSamples(b.station.frames.at(-1) ?? new Uint8Array())?.samples[0];
    expect(sample?.latDeg).toBeCloseTo(39.74);
  });

  it("is nobody where no aircraft that is known has that system id", () => {
    const b = bench({ config: { links } });
    const a = standing(b);
    a.off = true;
    a.sysid = 9;
    bySatellite(b, a, 10_000);
    expect(count(b, "LinkLost")).toBe(1);
  });
});

describe("a serial line with noise on it", () => {
  it("is heard behind bytes that begin like a frame", () => {
    const streams = new FakeStreams();
    const b = bench({
      config: { links: [{ kind: "serial", path: "far:1", baud: 57_600, flowControl: true }] },
      streams,
    });
    streams.say(Uint8Array.from([0xfe, 0xff, 0x01, 0x01, 0x01, 0x21]));
    streams.say(encodeFrame({ name: "HEARTBEAT", type: 2, autopilot: 12 }, { sysid: 1, compid: 1, seq: 0 }));
    b.clock.run(400);
    expect(b.bridge.stats().links[0]?.frames).toBe(1);
    expect(streams.heard.length).toBeGreaterThan(0);
  });
});
