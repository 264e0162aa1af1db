import { destination, localFrame } from "@outrider/geo";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { frameMetadata } from "./frame-metadata.js";
import { matrixOf, relativeAngles } from "./relative-angles.js";
import { checksum, encodeUasMetadata } from "./st0601.js";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

/** A reader of its own: what the writer believes of itself proves nothing. */
function read(bytes: Uint8Array): ReadonlyMap<number, Buffer> {
  const buffer = Buffer.from(bytes);
  const items = new Map<number, Buffer>();
  let at = 16;
  const first = buffer[at++] ?? 0;
  const length = first < 128 ? first : buffer.readUIntBE(at, first - 128);
  if (first >= 128) at += first - 128;
  expect(buffer.length).toBe(at + length);
  while (at < buffer.length) {
    const [tag = 0, size = 0] = buffer.subarray(at, at + 2);
    items.set(tag, buffer.subarray(at + 2, at + 2 + size));
    at += 2 + size;
  }
  return items;
}
const number = (items: ReadonlyMap<number, Buffer>, tag: number, signed: boolean): number => {
  const bytes = items.get(tag) ?? Buffer.alloc(1);
  return signed ? bytes.readIntBE(0, bytes.length) : bytes.readUIntBE(0, bytes.length);
};

describe("UAS metadata", () => {
  it("is the reference packet byte for byte", () => {
    // The reference has neither full angles nor texts; its items are a subset in the same order.
    const bytes = encodeUasMetadata({
      tMs: Date.UTC(2026, 0, 1),
      platformHeadingDeg: 90,
      sensorLatDeg: 37.7749,
      sensorLonDeg: -122.4194,
      sensorAltAmslM: 120,
      hfovDeg: 63,
      relativeAzimuthDeg: 0,
      relativeElevationDeg: -45,
    });
    expect(hex(bytes)).toBe(
      "060e2b34020b01010e010301010000003502080006474846204000050240000d0435b96bde0e04a8f23a750f020d1f100259991204000000001304e00000004101130102c3e1",
    );
  });

  it("holds what went in to within one step of its number, with a checksum over all of it", () => {
    const lat = fc.double({ min: -90, max: 90, noNaN: true });
    const lon = fc.double({ min: -180, max: 180, noNaN: true });
    const alt = fc.double({ min: -900, max: 19_000, noNaN: true });
    const turn = fc.double({ min: 0, max: 359.99, noNaN: true });
    fc.assert(
      fc.property(lat, lon, alt, turn, fc.string({ maxLength: 200 }), (latDeg, lonDeg, altM, deg, text) => {
        const bytes = encodeUasMetadata({
          tMs: 1_767_225_600_000.25,
          missionId: text,
          sensorLatDeg: latDeg,
          sensorLonDeg: lonDeg,
          sensorAltAmslM: altM,
          platformHeadingDeg: deg,
          platformPitchDeg: 34,
          relativeAzimuthDeg: deg,
        });
        const items = read(bytes);
        expect(number(items, 13, true) * (90 / (2 ** 31 - 1))).toBeCloseTo(latDeg, 6);
        expect(number(items, 14, true) * (180 / (2 ** 31 - 1))).toBeCloseTo(lonDeg, 6);
        expect(Math.abs(number(items, 15, false) * (19_900 / 65_535) - 900 - altM)).toBeLessThan(0.16);
        expect(Math.abs(number(items, 5, false) * (360 / 65_535) - deg)).toBeLessThan(0.003);
        expect(Math.abs(number(items, 18, false) * (360 / (2 ** 32 - 1)) - deg)).toBeLessThan(1e-6);
        expect(items.get(2)?.readBigUInt64BE(0)).toBe(1_767_225_600_000_250n);
        // 34 degrees are beyond the short pitch: it says so, and the full one says it.
        expect(number(items, 6, true)).toBe(-32_768);
        expect(number(items, 90, true) * (90 / (2 ** 31 - 1))).toBeCloseTo(34, 6);
        expect([...items.keys()][0]).toBe(2);
        expect([...items.keys()].at(-1)).toBe(1);
        expect(checksum(bytes.subarray(0, -2))).toBe(number(items, 1, false));
        const broken = Uint8Array.from(bytes);
        broken[30] = (broken[30] ?? 0) ^ 1;
        expect(checksum(broken.subarray(0, -2))).not.toBe(number(items, 1, false));
      }),
    );
  });
});

describe("angles of a camera in its airframe", () => {
  it("turned after the platform's give the camera's attitude again", () => {
    const deg = (most: number) => fc.double({ min: -most, max: most, noNaN: true });
    const attitude = fc.record({ headingDeg: deg(180), pitchDeg: deg(80), rollDeg: deg(60) });
    fc.assert(
      fc.property(attitude, attitude, (platform, camera) => {
        const { azimuthDeg, elevationDeg, rollDeg } = relativeAngles(platform, camera);
        const p = matrixOf(platform);
        const r = matrixOf({ headingDeg: azimuthDeg, pitchDeg: elevationDeg, rollDeg });
        matrixOf(camera).forEach((row, i) => {
          row.forEach((value, j) => {
            const product = [0, 1, 2].reduce((sum, k) => sum + (p[i]?.[k] ?? 0) * (r[k]?.[j] ?? 0), 0);
            expect(product).toBeCloseTo(value, 6);
          });
        });
      }),
    );
  });

  it("have the sign of the standard: left of the nose is 270, below it is negative", () => {
    const level = { headingDeg: 90, pitchDeg: 0, rollDeg: 0 };
    const relative = relativeAngles(level, { headingDeg: 0, pitchDeg: -45, rollDeg: 0 });
    expect(relative.azimuthDeg).toBeCloseTo(270, 9);
    expect(relative.elevationDeg).toBeCloseTo(-45, 9);
    expect(relativeAngles(level, { headingDeg: 90, pitchDeg: -90, rollDeg: 0 }).elevationDeg).toBeCloseTo(-90, 6);
  });
});

describe("the metadata of a picture", () => {
  const frame = localFrame({ latDeg: 39.7392, lonDeg: -104.9903 });
  const ground = { frame, surface: () => 1600, ceilingAmslM: 1700, geoidUndulationM: -17 };
  const names = { callSign: "OSPREY", missionId: "run_1" };
  const level = { headingDeg: 0, pitchDeg: 0, rollDeg: 0 };
  const pose = { point: frame.toGeo({ eastM: 0, northM: 0 }), altAmslM: 1700, yawDeg: 90, rollDeg: 0, hfovDeg: 60 };

  it("has range and centre where the middle of the picture meets the ground", () => {
    const told = frameMetadata(0, { ...pose, pitchDeg: -45 }, level, ground, names, 16 / 9);
    expect(told.slantRangeM).toBeCloseTo(100 * Math.SQRT2, 1);
    const centre = frame.toLocal({ latDeg: told.frameCentreLatDeg ?? 0, lonDeg: told.frameCentreLonDeg ?? 0 });
    const expected = destination({ eastM: 0, northM: 0 }, 90, 100);
    expect(Math.hypot(centre.eastM - expected.eastM, centre.northM - expected.northM)).toBeLessThan(0.1);
    expect(told).toMatchObject({ sensorAltAmslM: 1700, sensorAltHaeM: 1683 });
    expect(told.frameCentreAltHaeM).toBeCloseTo(1583, 1);
  });

  it("leaves both out where it looks at the sky", () => {
    const told = frameMetadata(0, { ...pose, pitchDeg: 5 }, level, ground, names, 16 / 9);
    expect(told.slantRangeM).toBeUndefined();
    expect(told.frameCentreLatDeg).toBeUndefined();
    expect(read(encodeUasMetadata(told)).has(23)).toBe(false);
  });
});
