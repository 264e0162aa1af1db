import { describe, expect, it } from "vitest";
import {
  CLIMB_DEFAULT,
  CLIMB_TUNED,
  climbDoneS,
  climbProfile,
  climbTimeS,
  contingencyBufferM,
  legTimeS,
  stopDistanceM,
  timeToCamera,
} from "./index.js";

describe("time to camera on target (flight.md 2.1)", () => {
  it.each([
    // As flight.md has them, and the 4.7 s that it takes to stop at a height and not only to pass it.
    [500, 63, 45],
    [1000, 91, 73],
    [2000, 146, 128],
    [3700, 241, 223],
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
    expect([0, 10, 30, 50, 60].map((h) => climbTimeS(h))).toEqual([0, 6, 10.8, 14.8, 16.8]);
    expect(climbTimeS(35)).toBeCloseTo(11.8, 9);
    expect(climbTimeS(30, CLIMB_DEFAULT)).toBe(20.9);
  });

  it.each([
    ["tuned", CLIMB_TUNED, 60, 21.5, 21.7],
    ["as it comes", CLIMB_DEFAULT, 25, 20, 20.7],
    ["as it comes", CLIMB_DEFAULT, 30, 20.7, 23],
    ["as it comes", CLIMB_DEFAULT, 40, 24, 28],
    ["as it comes", CLIMB_DEFAULT, 60, 33.9, 34.9],
    ["as it comes", CLIMB_DEFAULT, 100, 47.9, 48.1],
  ])("%s, stands level at its height when a real PX4 did", (_set, climb, heightM, fromS, toS) => {
    expect(climbDoneS(heightM, climb)).toBeGreaterThanOrEqual(fromS - 1e-9);
    expect(climbDoneS(heightM, climb)).toBeLessThanOrEqual(toS + 1e-9);
  });

  it("climbs as slowly as the slower of take-off and climb speed says, and never faster than was flown", () => {
    expect(climbDoneS(60, climbProfile(3, 5))).toBeCloseTo(21.5, 6);
    expect(climbDoneS(60, climbProfile(1.5, 5))).toBeCloseTo(34.4, 6);
    expect(climbDoneS(60, climbProfile(9, 9))).toBeCloseTo(21.5, 6);
    const middle = climbDoneS(60, climbProfile(2.25, 4));
    expect(middle).toBeGreaterThan(21.5);
    expect(middle).toBeLessThan(34.4);
  });

  it("sees less early where the leg ends on a circle, and counts as there before it stands still", () => {
    const input = {
      pathM: 800,
      cruiseS: 50,
      clearHeightM: 50,
      heightAboveTargetM: 55,
      sightSlantM: 300,
      preflightS: 3,
    };
    const over = timeToCamera(input);
    const circle = timeToCamera({ ...input, endRadiusM: 45 });
    expect(circle.cameraS - over.cameraS).toBeCloseTo(45 / 16, 6);
    const blind = timeToCamera({ ...input, sightSlantM: 0, doneBeforeM: 25 });
    expect(blind.earlyS).toBeCloseTo(6.8, 6);
    expect(blind.cameraS).toBeGreaterThan(circle.cameraS);
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
