import { type EnuPoint, pointInRing } from "@outrider/geo";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boxGapM, boxOf, type LocalShape, triangleToAreaM, wayToAreaM } from "./area-geometry.js";

const point = (eastM: number, northM: number): EnuPoint => ({ eastM, northM });
const box = (halfM: number): EnuPoint[] => [
  ...[point(-halfM, -halfM), point(halfM, -halfM), point(halfM, halfM), point(-halfM, halfM)],
];
const ringed: LocalShape = { kind: "polygon", outer: box(1_000), holes: [box(400)] };
const spot = fc.record({
  eastM: fc.integer({ min: -3_000, max: 3_000 }),
  northM: fc.integer({ min: -3_000, max: 3_000 }),
});
const along = (a: EnuPoint, b: EnuPoint, share: number): EnuPoint =>
  point(a.eastM + (b.eastM - a.eastM) * share, a.northM + (b.northM - a.northM) * share);

/** How far a point is from the frame between both boxes, by its definition. */
function farFromFrame({ eastM, northM }: EnuPoint): number {
  const outM = Math.hypot(Math.max(0, Math.abs(eastM) - 1_000), Math.max(0, Math.abs(northM) - 1_000));
  const inM = 400 - Math.max(Math.abs(eastM), Math.abs(northM));
  return Math.max(outM, inM, 0);
}

describe("metres to a restricted area", () => {
  it("of a point are those of the definition, in a hole too", () => {
    fc.assert(
      fc.property(spot, (at) => {
        expect(wayToAreaM(at, at, ringed)).toBeCloseTo(farFromFrame(at), 6);
      }),
    );
  });
  it("of a way are never more than those of any place on it, and are those of some place", () => {
    fc.assert(
      fc.property(spot, spot, (a, b) => {
        const wayM = wayToAreaM(a, b, ringed);
        const places = Array.from({ length: 201 }, (_, i) => farFromFrame(along(a, b, i / 200)));
        const leastM = Math.min(...places);
        const stepM = Math.hypot(b.eastM - a.eastM, b.northM - a.northM) / 200;
        expect(wayM).toBeLessThanOrEqual(leastM + 1e-6);
        expect(wayM).toBeGreaterThanOrEqual(leastM - stepM - 1e-6);
      }),
    );
  });
  it("do not depend on the way's direction, and a circle is a circle", () => {
    const circle: LocalShape = { kind: "circle", centre: point(0, 0), radiusM: 500 };
    fc.assert(
      fc.property(spot, spot, (a, b) => {
        for (const shape of [ringed, circle]) expect(wayToAreaM(a, b, shape)).toBeCloseTo(wayToAreaM(b, a, shape), 6);
        expect(wayToAreaM(a, a, circle)).toBeCloseTo(Math.max(0, Math.hypot(a.eastM, a.northM) - 500), 6);
      }),
    );
  });
  it("of boxes are never more than those of what lies in them", () => {
    fc.assert(
      fc.property(spot, spot, (a, b) => {
        expect(boxGapM(boxOf([a, b], 0), boxOf(box(1_000), 0))).toBeLessThanOrEqual(wayToAreaM(a, b, ringed) + 1e-6);
      }),
    );
  });
  it("of a triangle are nothing where an area lies inside of it, and never more than those of a place in it", () => {
    const corners = [point(-5_000, -4_000), point(5_000, -4_000), point(0, 6_000)] as const;
    expect(triangleToAreaM(corners, ringed)).toBe(0);
    expect(triangleToAreaM(corners, { kind: "circle", centre: point(0, 0), radiusM: 10 })).toBe(0);
    expect(triangleToAreaM([point(-100, 0), point(100, 0), point(0, 100)], ringed)).toBeCloseTo(300, 6);
    fc.assert(
      fc.property(spot, spot, spot, spot, (a, b, c, at) => {
        if (pointInRing(at, [a, b, c]))
          expect(triangleToAreaM([a, b, c], ringed)).toBeLessThanOrEqual(farFromFrame(at) + 1e-6);
      }),
    );
  });
});
