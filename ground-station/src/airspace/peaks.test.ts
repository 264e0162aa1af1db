import { obstaclesFrom } from "@outrider/geo";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flatWorld, GROUND_M } from "../launch/testing/index.js";
import { withPeaks } from "./peaks.js";

const tower = (eastM: number, northM: number, sizeM: number, heightM: number) => ({
  ring: [
    { eastM, northM },
    { eastM: eastM + sizeM, northM },
    { eastM: eastM + sizeM, northM: northM + sizeM },
    { eastM, northM: northM + sizeM },
  ],
  groundAmslM: GROUND_M,
  heightM,
});
const towers = Array.from({ length: 60 }, (_, i) =>
  tower(((i * 397) % 3000) - 1500, ((i * 241) % 3000) - 1500, 8 + (i % 5) * 9, 5 + ((i * 31) % 90)),
);
const world = flatWorld(towers);
const plain = obstaclesFrom(world.obstacles.terrain, world.obstacles.buildings, 5);
const quick = withPeaks(plain);
const place = fc.record({
  eastM: fc.double({ min: -1700, max: 1700, noNaN: true }),
  northM: fc.double({ min: -1700, max: 1700, noNaN: true }),
});
const high = fc.double({ min: GROUND_M, max: GROUND_M + 150, noNaN: true });

describe("obstacles asked by blocks", () => {
  it("given any line over any roofs, finds the height that the plain raster finds", () => {
    fc.assert(
      fc.property(place, place, fc.constantFrom(0, 5, 12, 60), (from, to, halfWidthM) => {
        expect(quick.maxSurfaceAlong(from, to, halfWidthM)).toBe(plain.maxSurfaceAlong(from, to, halfWidthM));
      }),
      { numRuns: 300 },
    );
  });

  it("given a floor, finds what is higher than it and nothing else", () => {
    fc.assert(
      fc.property(place, place, high, (from, to, floorM) => {
        const highestM = plain.maxSurfaceAlong(from, to, 12);
        expect(quick.maxSurfaceOver(from, to, 12, floorM)).toBe(Math.max(floorM, highestM));
      }),
      { numRuns: 200 },
    );
  });

  it("given any climbing or level path, finds the clearance that the plain raster finds", () => {
    const point = fc.tuple(place, high).map(([at, altAmslM]) => ({ ...at, altAmslM }));
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 4 }), fc.constantFrom(5, 12), (path, halfWidthM) => {
        const fast = quick.clearanceAlong(path, halfWidthM);
        const slow = plain.clearanceAlong(path, halfWidthM);
        expect(fast.minClearanceM).toBeCloseTo(slow.minClearanceM, 9);
        expect(fast.covered).toBe(slow.covered);
      }),
      { numRuns: 200 },
    );
  });
});
