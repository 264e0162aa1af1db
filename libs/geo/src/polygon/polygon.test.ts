import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EnuPoint } from "../enu/index.js";
import {
  areaM2,
  circleRing,
  convexHull,
  distanceToEdgeM,
  insideExclusion,
  insideInclusion,
  offsetCorners,
  pointInRing,
  segmentClearsZone,
  segmentCrossesRing,
  segmentToRingM,
  signedAreaM2,
} from "./index.js";

const p = (eastM: number, northM: number): EnuPoint => ({ eastM, northM });
const square = [p(0, 0), p(10, 0), p(10, 10), p(0, 10)];
const coordinate = fc.double({ min: -50, max: 50, noNaN: true });
const point = fc.tuple(coordinate, coordinate).map(([e, n]) => p(e, n));

describe("polygon", () => {
  it("holds its inside and not its notch", () => {
    const notched = [p(0, 0), p(10, 0), p(10, 10), p(5, 3), p(0, 10)];
    expect(pointInRing(p(5, 2), notched)).toBe(true);
    expect(pointInRing(p(5, 6), notched)).toBe(false);
    expect(areaM2(square)).toBe(100);
    expect(signedAreaM2([...square].reverse())).toBe(-100);
  });

  it("counts the edge as inside for exclusion and outside for inclusion", () => {
    const zone = { kind: "polygon", ring: square } as const;
    expect(insideExclusion(p(10, 5), zone)).toBe(true);
    expect(insideInclusion(p(10, 5), zone)).toBe(false);
    expect(insideExclusion(p(12, 5), zone, 2)).toBe(true);
    expect(insideInclusion(p(8.5, 5), zone, 2)).toBe(false);
    const circle = { kind: "circle", centre: p(0, 0), radiusM: 10 } as const;
    expect(insideExclusion(p(0, 10), circle)).toBe(true);
    expect(insideInclusion(p(0, 10), circle)).toBe(false);
  });

  it("is crossed by a segment that passes through, touches a corner, or lies within", () => {
    expect(segmentCrossesRing(p(-5, 5), p(15, 5), square)).toBe(true);
    expect(segmentCrossesRing(p(-5, 5), p(5, 15), square)).toBe(true);
    expect(segmentCrossesRing(p(4, 4), p(6, 6), square)).toBe(true);
    expect(segmentCrossesRing(p(-5, 6), p(4, 15), square)).toBe(false);
    expect(segmentToRingM(p(-5, -5), p(-5, 20), square)).toBe(5);
    expect(segmentClearsZone(p(-5, -5), p(-5, 20), { kind: "polygon", ring: square }, 5)).toBe(true);
    expect(segmentClearsZone(p(-5, -5), p(-5, 20), { kind: "polygon", ring: square }, 5.1)).toBe(false);
    expect(segmentClearsZone(p(0, 0), p(-5, 0), { kind: "polygon", ring: square }, 0)).toBe(false);
  });

  it("has a convex hull that holds every point", () => {
    fc.assert(
      fc.property(fc.array(point, { minLength: 3, maxLength: 40 }), (points) => {
        const hull = convexHull(points);
        fc.pre(hull.length >= 3 && areaM2(hull) > 1e-3);
        expect(signedAreaM2(hull)).toBeGreaterThan(0);
        for (const q of points) expect(pointInRing(q, hull) || distanceToEdgeM(q, hull) < 1e-6).toBe(true);
      }),
    );
  });

  it("has turning points outside that keep the distance around convex shapes", () => {
    fc.assert(
      fc.property(fc.array(point, { minLength: 3, maxLength: 12 }), (points) => {
        const hull = convexHull(points);
        fc.pre(hull.length >= 3 && areaM2(hull) > 25);
        const corners = offsetCorners(hull, 5);
        corners.forEach((corner, i) => {
          const next = corners[(i + 1) % corners.length] ?? corner;
          expect(segmentToRingM(corner, next, hull)).toBeGreaterThan(4.999);
        });
      }),
    );
    for (const q of circleRing(p(3, 4), 20)) expect(Math.hypot(q.eastM - 3, q.northM - 4)).toBeGreaterThan(20);
  });
});
