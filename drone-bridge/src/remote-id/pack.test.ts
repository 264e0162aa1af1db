import { trafficSeen } from "@outrider/contract";
import { message } from "@outrider/mavlink";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Traffic } from "../traffic/index.js";

/** 13:20:00 UTC. */
const nowMs = 1_796_044_800_000;
const aboard = { heardBy: "a", name: "peer/1/236", aboardOurs: true };
const idOrMac = Uint8Array.from({ length: 20 }, (_, n) => [0xde, 0xad, 0xbe, 0xef, 0, 1][n] ?? 0);

type Message25 = readonly number[];
const filled = (bytes: readonly number[]): Message25 => Array.from({ length: 25 }, (_, n) => bytes[n] ?? 0);
const le = (value: number, bytes: number): number[] =>
  Array.from({ length: bytes }, (_, n) => (value >> (8 * n)) & 0xff);
const altitude = (m: number): number[] => le((m + 1_000) * 2, 2);

/** Bit by bit as ASTM F3411-22a has it; low four bits of the first byte: protocol version 2. */
const basicId = (text = "1581F4XYZ", idType = 1): Message25 =>
  filled([0x02, (idType << 4) | 2, ...[...text].map((char) => char.charCodeAt(0))]);
const location = ({ east = true, fast = false, latE7 = 397_400_000 } = {}): Message25 =>
  filled([
    // In the air; 90 degrees, or 270.
    ...[0x12, (2 << 4) | (east ? 0 : 2) | (fast ? 1 : 0), 90, 40, 0xfd],
    ...[...le(latE7, 4), ...le(-1_049_900_000, 4), ...altitude(1_650), ...altitude(1_683.5), ...altitude(60)],
    // Vertical above horizontal, barometer above speed.
    ...[(3 << 4) | 10, (2 << 4) | 4, ...le(((nowMs / 1000) % 3600) * 10 - 15, 2), 1],
  ]);
const system = filled([
  0x42,
  1,
  ...le(397_410_000, 4),
  ...le(-1_049_910_000, 4),
  1,
  0,
  0,
  ...le(0, 4),
  0,
  ...altitude(1_600),
]);
const selfId = filled([0x32, 0, 0x41]);

function pack(parts: readonly Message25[], more: { size?: number; count?: number } = {}) {
  const { size = 25, count = parts.length } = more;
  const messages = Uint8Array.from({ length: 225 }, (_, n) => parts.flat()[n] ?? 0);
  return message("OPEN_DRONE_ID_MESSAGE_PACK", { idOrMac, singleMessageSize: size, msgPackSize: count, messages });
}

function heard(...packs: readonly ReturnType<typeof pack>[]) {
  const traffic = new Traffic();
  for (const one of packs) traffic.remoteId(one, aboard, nowMs);
  return { seen: traffic.seen(nowMs + 500), refused: traffic.refused };
}

describe("a pack of Remote ID messages", () => {
  it("tells one drone whole, whatever the order inside it", () => {
    for (const parts of [
      [basicId(), location(), selfId, system],
      [system, location(), basicId()],
    ]) {
      const { seen, refused } = heard(pack(parts));
      expect(refused).toBe(0);
      expect(seen).toHaveLength(1);
      expect(seen[0]).toMatchObject({
        ...{ trafficId: "1581F4XYZ", latDeg: 39.74, lonDeg: -104.99, altM: 1_683.5, altKind: "ellipsoid" },
        velUpMps: -1.5,
        remoteId: {
          ...{ sender: "deadbeef0001", idKind: "serial", onGround: false, pressureAltM: 1_650, doubts: [] },
          accuracy: { horizontal: 10, vertical: 3, barometer: 2, speed: 4 },
          operator: { latDeg: 39.741, lonDeg: -104.991, altHaeM: 1_600, kind: "live", ageMs: 500 },
        },
      });
      expect(seen[0]?.velEastMps).toBeCloseTo(10);
      expect(seen[0]?.ageMs).toBeCloseTo(2_000, -1);
    }
  });

  it("has its directions beyond 180 and its speeds beyond 63.75 by their flags", () => {
    const [one] = heard(pack([location({ east: false, fast: true })])).seen;
    expect(one?.velEastMps).toBeCloseTo(-(40 * 0.75 + 63.75));
  });

  it("says nothing of what its drone does not know", () => {
    const unknown = [...location()];
    // Direction 361, speeds 255 and 63, heights 0, no time.
    for (const [at, byte] of [
      [1, 0x23],
      [2, 181],
      [3, 255],
      [4, 126],
      [13, 0],
      [14, 0],
      [15, 0],
      [16, 0],
      [21, 255],
      [22, 255],
    ])
      unknown[at ?? 0] = byte ?? 0;
    const [one] = heard(pack([basicId(), unknown])).seen;
    for (const name of ["altM", "velNorthMps", "velEastMps", "velUpMps"]) expect(one).not.toHaveProperty(name);
    expect(one).toMatchObject({ ageMs: 500, remoteId: { doubts: [] } });
  });

  it.each([
    ["no message", pack([location()], { count: 0 })],
    ["ten messages", pack([location()], { count: 10 })],
    ["messages of another size", pack([location()], { size: 24 })],
    ["a pack inside", pack([basicId(), filled([0xf2, 25, 9]), location()])],
    ["two places", pack([basicId(), location(), location({ latE7: 398_000_000 })])],
    ["two ids of one kind that differ", pack([basicId(), basicId("ANOTHER"), location()])],
  ])("with %s is refused whole and counted", (_name, hostile) => {
    expect(heard(hostile)).toEqual({ seen: [], refused: 1 });
  });

  it("with a serial number and a session is one drone by its serial number, in this order or the other", () => {
    const [serial, session] = [basicId(), basicId("session", 4)];
    const one = (...packs: readonly ReturnType<typeof pack>[]) => heard(...packs).seen.map((drone) => drone.trafficId);
    expect(one(pack([serial, session, location()]))).toEqual(["1581F4XYZ"]);
    expect(one(pack([session, location()]), pack([serial, location()]), pack([session, location()]))).toEqual([
      "1581F4XYZ",
    ]);
  });

  it("of any bytes can be sent on", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 225, maxLength: 225 }),
        fc.integer({ min: 1, max: 9 }),
        (messages, count) => {
          const traffic = new Traffic();
          const fields = { idOrMac, singleMessageSize: 25, msgPackSize: count, messages };
          // One that has a place, so that not every try is refused for its kind of messages.
          messages[0] = 0x12;
          traffic.remoteId(message("OPEN_DRONE_ID_MESSAGE_PACK", fields), aboard, nowMs);
          for (const one of traffic.seen(nowMs)) expect(trafficSeen.safeParse(one).success).toBe(true);
        },
      ),
    );
  });
});
