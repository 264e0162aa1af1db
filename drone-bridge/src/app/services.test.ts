import { message } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { bench, FakeAutopilot, fate, lastWords, say, standing, testPlan, uidA } from "../testing/index.js";

const armingSummary = 27_825_120;
const healthSummary = 18_691_879;
const homeNotSet = 16_856_624;
const event = (id: number, sequence: number, level = 0x33) => ({
  name: "EVENT" as const,
  id,
  sequence,
  logLevels: level,
  arguments: [16, 0, 0, 0, 0],
});

describe("what an aircraft offers beside flying", () => {
  it("says why it would not arm: its own checks stand in the refusal, and in the record", () => {
    const b = bench();
    const a = standing(b);
    say(b, "plan", { verb: "uploadPlan", plan: testPlan });
    b.clock.run(3_000);
    a.send(event(armingSummary, 1, 0));
    a.send(event(homeNotSet, 2));
    a.send(event(healthSummary, 3, 0));
    b.clock.run(1_000);
    expect(b.station.facts("ArmingChecksChanged")[0]?.data).toEqual({ uid: uidA, failing: ["Home position not set"] });
    a.results.set(400, 1);
    a.says.set(400, "Arming denied: Resolve system health failures first");
    say(b, "arm", { verb: "arm" }, { approvalId: "approval-1" });
    b.clock.run(2_000);
    expect(fate(b, "arm").at(-1)).toBe("OrderRefused");
    expect(lastWords(b, "arm")).toContain("Home position not set");
    expect(a.commands(400)).toBe(1);
  });

  it("tells other aircraft that it hears as samples, and its remote ID and parachute as facts", () => {
    const b = bench();
    const a = standing(b);
    a.send({
      name: "ADSB_VEHICLE",
      icaoAddress: 0xabcdef,
      lat: 397_400_000,
      lon: -1_049_900_000,
      flags: 3,
      altitude: 2e6,
    });
    a.send({ name: "OPEN_DRONE_ID_ARM_STATUS", status: 1, error: "no operator location" });
    b.hear({ name: "HEARTBEAT", type: 37, autopilot: 8, systemStatus: 4 }, { sysid: 1, compid: 161, seq: 0 }, a.port);
    b.clock.run(2_500);
    const traffic = b.station.texts.filter((text) => text["kind"] === "traffic").at(-1);
    expect(traffic).toMatchObject({ seen: [{ trafficId: "abcdef", heardBy: uidA, altM: 2_000 }] });
    expect(b.station.facts("RemoteIdChanged")[0]?.data).toMatchObject({
      state: "failed",
      text: "no operator location",
    });
    expect(b.station.facts("ParachuteChanged")[0]?.data).toMatchObject({ state: "ready" });
  });

  it("tells somebody's drone that a receiver of Remote ID hears, aboard or on the ground, and never its own word", () => {
    const b = bench();
    const a = standing(b);
    const sender = (first: number): Uint8Array => Uint8Array.from({ length: 20 }, (_, n) => (n === 0 ? first : 0));
    const place = { latitude: 397_400_000, longitude: -1_049_900_000, altitudeGeodetic: 1_700, timestamp: 65_535 };
    a.send({ name: "OPEN_DRONE_ID_LOCATION", ...place });
    const drone = (first: number) => message("OPEN_DRONE_ID_LOCATION", { ...place, idOrMac: sender(first) });
    b.hear(drone(1), { sysid: 1, compid: 236, seq: 0 }, a.port);
    b.hear(drone(2), { sysid: 51, compid: 236, seq: 0 }, 19_000);
    b.clock.run(1_500);
    const traffic = b.station.texts.filter((text) => text["kind"] === "traffic").at(-1);
    expect(traffic?.["seen"]).toMatchObject([
      { trafficId: "sender-01", source: "remote-id", heardBy: uidA },
      { trafficId: "sender-02", heardBy: "link:udp-server:14550" },
    ]);
  });

  it("by satellite alone is late, with a place; silent, it is lost", () => {
    const b = bench();
    const a = standing(b);
    a.off = true;
    const hello = (): void =>
      b.hear(
        message("HIGH_LATENCY2", {
          latitude: 397_500_000,
          longitude: -1_049_900_000,
          altitude: 1_700,
          battery: 55,
          autopilot: 12,
          customMode: 0x0304,
        }),
        { sysid: 1, compid: 1, seq: 0 },
        a.port,
      );
    for (let n = 0; n < 12; n++) {
      hello();
      b.clock.run(5_000);
    }
    expect(b.station.facts("LinkLate")).toHaveLength(1);
    expect(b.station.facts("LinkLost")).toHaveLength(0);
    say(b, "home", {
      verb: "goto",
      point: { latDeg: 39.75, lonDeg: -104.99 },
      altAmslM: 1_700,
      groundAmslM: 1_600,
      speedMps: 5,
    });
    expect(fate(b, "home").at(-1)).toBe("OrderRefused");
    b.clock.run(70_000);
    expect(b.station.facts("LinkLost")).toHaveLength(1);
  });

  it("asks nothing of a satellite link or a dead one", () => {
    const b = bench();
    const a = standing(b);
    b.clock.run(10_000);
    a.off = true;
    b.clock.run(6_000);
    const asked = (): number =>
      b.radio.sent.get(`127.0.0.1:${a.port}`)?.filter((frame) => frame[7] === 111).length ?? 0;
    const before = asked();
    b.clock.run(30_000);
    expect(asked()).toBe(before);
    expect(before).toBeGreaterThan(3);
    expect(a).toBeInstanceOf(FakeAutopilot);
  });
});
