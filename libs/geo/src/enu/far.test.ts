import fc from "fast-check";
import { expect, it } from "vitest";
import { geoDistanceM } from "./geodesic.js";

it("tells how far places are apart, however far: a receiver that says 0, 0 is no reason to fall over", () => {
  const place = fc.record({
    latDeg: fc.double({ min: -89, max: 89, noNaN: true }),
    lonDeg: fc.double({ min: -180, max: 180, noNaN: true }),
  });
  fc.assert(
    fc.property(place, place, (from, to) => {
      const apartM = geoDistanceM(from, to);
      expect(apartM).toBeGreaterThanOrEqual(0);
      expect(apartM).toBeLessThan(20_100_000);
    }),
  );
  expect(geoDistanceM({ latDeg: 39.74, lonDeg: -104.99 }, { latDeg: 0, lonDeg: 0 })).toBeGreaterThan(11_000_000);
});
