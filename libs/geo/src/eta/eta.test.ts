import { describe, expect, it } from "vitest";
import { CLIMB_DEFAULT, climbTimeS, contingencyBufferM, legTimeS, stopDistanceM, timeToCamera } from "./index.js";

describe("time to camera on target (flight.md 2.1)", () => {
  it.each([
    [500, 58, 40],
    [1000, 86, 68],
    [2000, 142, 124],
    [3700, 236, 218],
  ])("%d m away arrives after %d s and sees from 300 m slant after %d s", (pathM, arriveS, cameraS) => {
    const parts = timeToCamera({
      pathM,
      cruiseS: pathM / 18,
      clearHeightM: 30,
      heightAboveTargetM: 60,
      sightSlantM: 300,
      preflightS: 4,
    });
    expect(Math.round(parts.arriveS)).toBe(arriveS);
    expect(Math.round(parts.cameraS)).toBe(cameraS);
  });

  it.each([
    [500, 18, 36],
    [800, 18, 52.7],
    [300, 9.85, 35.8],
  ])("flies a leg of %d m at %d m/s in %d s", (lengthM, speedMps, seconds) => {
    expect(Math.abs(legTimeS(lengthM, speedMps) - seconds)).toBeLessThan(0.1);
  });

  it("climbs by the measured table, between its lines and beyond its end", () => {
    expect([0, 10, 30, 50, 60].map((h) => climbTimeS(h))).toEqual([0, 6, 10.8, 14.8, 21.5]);
    expect(climbTimeS(35)).toBeCloseTo(11.8, 9);
    expect(climbTimeS(65)).toBeCloseTo(26.5, 9);
    expect(climbTimeS(30, CLIMB_DEFAULT)).toBe(20.9);
  });

  it("waits for the slower of dock and preflight, and for ever where it makes no way", () => {
    const input = { pathM: 100, cruiseS: 10, clearHeightM: 30, heightAboveTargetM: 60, sightSlantM: 0, preflightS: 25 };
    expect(timeToCamera(input).readyS).toBe(25);
    expect(timeToCamera({ ...input, cruiseS: Number.POSITIVE_INFINITY }).cameraS).toBe(Number.POSITIVE_INFINITY);
    expect(legTimeS(100, 0)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("stopping (flight.md 6.1)", () => {
  it.each([
    [10, 22.5, 32.5],
    [15, 48.1, 63.1],
    [18, 68.2, 86.2],
    [20, 83.4, 103],
  ])("from %d m/s takes %d m at once and %d m a second later", (speedMps, atOnceM, laterM) => {
    expect(Math.abs(stopDistanceM(speedMps, 0) - atOnceM)).toBeLessThan(0.5);
    expect(Math.abs(stopDistanceM(speedMps, 1) - laterM)).toBeLessThan(0.5);
  });

  it("keeps 98 m inside the legal edge at 18 m/s and 45 m at 10", () => {
    expect(Math.round(contingencyBufferM(18))).toBe(98);
    expect(Math.abs(contingencyBufferM(10) - 45)).toBeLessThan(0.6);
  });
});
