import { trafficSeen } from "@outrider/contract";
import { type MavMessage, message } from "@outrider/mavlink";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Traffic } from "../traffic/index.js";
import { remoteIdTiming } from "./index.js";

/** 13:20:00 UTC: twenty minutes after the hour. */
const nowMs = 1_796_044_800_000;
const address = Uint8Array.of(0xde, 0xad, 0xbe, 0xef, 0, 1, ...Array.from({ length: 14 }, () => 0));
const ascii = (text: string) => Uint8Array.from({ length: 20 }, (_, n) => text.charCodeAt(n) || 0);
const aboard = { heardBy: "a", name: "peer/1/236", aboardOurs: true };
const roof = { heardBy: "link:roof", name: "peer/51/236", aboardOurs: false };

const basicId = (id = "1581F4XYZ", idOrMac = address, idType = 1) =>
  message("OPEN_DRONE_ID_BASIC_ID", { idOrMac, idType, uaType: 2, uasId: ascii(id) });
const location = (more: object = {}) =>
  message("OPEN_DRONE_ID_LOCATION", {
    ...{ idOrMac: address, status: 2, direction: 9_000, speedHorizontal: 1_000, speedVertical: -150 },
    ...{ latitude: 397_400_000, longitude: -1_049_900_000, altitudeGeodetic: 1_683, altitudeBarometric: 1_650 },
    ...{ height: 60, horizontalAccuracy: 10, verticalAccuracy: 3, barometerAccuracy: 2, speedAccuracy: 3 },
    ...{ timestamp: ((nowMs / 1000) % 3600) - 1.5, ...more },
  });
const system = message("OPEN_DRONE_ID_SYSTEM", {
  ...{ idOrMac: address, operatorLocationType: 1, operatorLatitude: 397_410_000, operatorLongitude: -1_049_910_000 },
  operatorAltitudeGeo: 1_600,
});

function heard(messages: readonly MavMessage[], by = aboard) {
  const traffic = new Traffic();
  for (const one of messages) traffic.remoteId(one, by, nowMs);
  return { traffic, seen: traffic.seen(nowMs + 500) };
}

describe("somebody's drone heard by Remote ID", () => {
  it("has its id, place, both heights by their datum, course, accuracy classes, operator and age", () => {
    const { seen } = heard([basicId(), system, location()]);
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({
      ...{ trafficId: "1581F4XYZ", callSign: "1581F4XYZ", source: "remote-id", heardBy: "a" },
      ...{ latDeg: 39.74, lonDeg: -104.99, altM: 1_683, altKind: "ellipsoid", velUpMps: -1.5 },
      remoteId: {
        ...{ sender: "deadbeef0001", idKind: "serial", onGround: false, pressureAltM: 1_650, doubts: [] },
        accuracy: { horizontal: 10, vertical: 3, barometer: 2, speed: 3 },
        operator: { latDeg: 39.741, lonDeg: -104.991, altHaeM: 1_600, kind: "live", ageMs: 500 },
      },
    });
    expect(seen[0]?.velEastMps).toBeCloseTo(10);
    expect(seen[0]?.ageMs).toBeCloseTo(2_000, -1);
  });

  it("is told at once though it has not said who it is, and is one drone when it has", () => {
    const { traffic, seen } = heard([location()]);
    expect(seen).toMatchObject([{ trafficId: "sender-deadbeef0001", remoteId: { doubts: ["it tells no id"] } }]);
    traffic.remoteId(basicId(), aboard, nowMs);
    traffic.remoteId(location(), aboard, nowMs + 1_000);
    expect(traffic.seen(nowMs + 1_000).map((one) => one.trafficId)).toEqual(["1581F4XYZ"]);
  });

  it("says nothing that it does not know; without a place it is counted and not shown", () => {
    const unknown = { direction: 36_100, speedHorizontal: 25_500, speedVertical: 6_300, timestamp: 65_535 };
    const { seen } = heard([location({ ...unknown, altitudeGeodetic: -1_000, altitudeBarometric: -1_000 })]);
    for (const name of ["altM", "altKind", "velNorthMps", "velEastMps", "velUpMps"])
      expect(seen[0]).not.toHaveProperty(name);
    expect(seen[0]?.ageMs).toBe(500);
    expect(heard([location({ altitudeGeodetic: Number.NaN })]).seen[0]).toMatchObject({
      ...{ altM: 1_650, altKind: "pressure" },
    });
    const { traffic } = heard([location({ latitude: 0, longitude: 0 })]);
    expect(traffic.seen(nowMs)).toEqual([]);
    expect(traffic.refused).toBe(1);
  });

  it("with another clock is as old as when it came, and doubted; one that is heard late is as old as it says", () => {
    const wrong = heard([basicId(), location({ timestamp: 5 })]).seen[0];
    expect(wrong?.ageMs).toBe(500);
    expect(wrong?.remoteId?.doubts.join()).toContain("clock");
  });

  it("is nobody where one of ours speaks of itself; a receiver on the ground that names no sender is heard", () => {
    const own = location({ idOrMac: new Uint8Array(20) });
    expect(heard([own]).seen).toEqual([]);
    expect(heard([own], roof).seen).toMatchObject([{ trafficId: "sender-peer/51/236", heardBy: "link:roof" }]);
  });

  it("keeps its bound, and whatever a sender makes up can be sent on", () => {
    const traffic = new Traffic();
    for (let n = 1; n < 3 * remoteIdTiming.mostSenders; n++) {
      const idOrMac = Uint8Array.from({ length: 20 }, (_, at) => (at < 4 ? (n >> (8 * at)) & 0xff : 0));
      traffic.remoteId(location({ idOrMac }), aboard, nowMs);
    }
    expect(traffic.seen(nowMs).length).toBeLessThanOrEqual(500);
    const bytes = fc.uint8Array({ minLength: 20, maxLength: 20 });
    const any32 = fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff });
    fc.assert(
      fc.property(bytes, bytes, fc.nat(9), any32, any32, fc.float(), fc.nat(65_535), (mac, id, type, a, b, f, u) => {
        const odd = { latitude: a, longitude: b, altitudeGeodetic: f, altitudeBarometric: f, direction: u };
        const { seen } = heard([
          message("OPEN_DRONE_ID_BASIC_ID", { idOrMac: mac, idType: type, uasId: id }),
          message("OPEN_DRONE_ID_SYSTEM", { idOrMac: mac, operatorLatitude: a, operatorLongitude: b }),
          location({ idOrMac: mac, ...odd, speedHorizontal: u, timestamp: f }),
        ]);
        for (const one of seen) expect(trafficSeen.safeParse(one).success).toBe(true);
      }),
    );
  });
});
