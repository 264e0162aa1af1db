import { describe, expect, it } from "vitest";
import { sunAt } from "./light.js";

describe("sun", () => {
  it.each([
    // NOAA solar calculator: San Francisco, 2026-06-21 20:10 UTC (solar noon) and 2026-12-21 05:00 UTC (night).
    ["2026-06-21T20:11:30Z", 37.77, -122.42, 75.7, 180],
    ["2026-03-20T18:00:00Z", 0, 0, 0, 270],
    ["2026-03-20T12:07:30Z", 0, 0, 90, undefined],
  ])("stands at %s over %d, %d at %d degrees", (iso, latDeg, lonDeg, elevationDeg, azimuthDeg) => {
    const sun = sunAt(Date.parse(iso), { latDeg, lonDeg });
    expect(Math.abs(sun.sunElevationDeg - elevationDeg)).toBeLessThan(2);
    if (azimuthDeg !== undefined) expect(Math.abs(sun.sunAzimuthDeg - azimuthDeg)).toBeLessThan(3);
  });

  it("is down at night", () => {
    expect(sunAt(Date.parse("2026-12-21T08:00:00Z"), { latDeg: 37.77, lonDeg: -122.42 }).sunElevationDeg).toBeLessThan(
      -60,
    );
  });
});
