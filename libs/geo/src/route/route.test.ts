import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { distanceM, type EnuPoint } from "../enu/index.js";
import { insideExclusion, segmentToZoneM, type Zone } from "../polygon/index.js";
import { CALM, windFromVector } from "../wind/index.js";
import { findRoute, layersBound, lengthCost, lowerBoundS, windCost } from "./index.js";

const p = (eastM: number, northM: number): EnuPoint => ({ eastM, northM });
const speeds = { commandedMps: 40, airspeedMaxMps: 18 };
/** The wall of flight.md 2.2, with wind blowing to east 5, north −6. */
const wall: Zone = { kind: "polygon", ring: [p(400, -1500), p(600, -1500), p(600, 700), p(400, 700)] };
const wind = windFromVector(5, -6);

describe("route", () => {
  it("goes over the top of the wall in 114.40 s", () => {
    const route = findRoute({ from: p(0, 0), to: p(1500, 0), zones: [wall], gapM: 12.5, cost: windCost(speeds, wind) });
    if (route.kind !== "route") throw new Error(route.reason);
    expect(route.timeS).toBeCloseTo(114.4, 2);
    expect(route.points).toHaveLength(4);
    expect(lowerBoundS(p(0, 0), p(1500, 0), speeds, wind)).toBeLessThan(114.4);
  });

  it("takes 200.55 s below it where the way over the top is closed", () => {
    const lid: Zone = { kind: "polygon", ring: [p(-5000, 701), p(5000, 701), p(5000, 900), p(-5000, 900)] };
    const route = findRoute({
      from: p(0, 0),
      to: p(1500, 0),
      zones: [wall, lid],
      gapM: 12.5,
      cost: windCost(speeds, wind),
    });
    if (route.kind !== "route") throw new Error(route.reason);
    expect(route.timeS).toBeCloseTo(200.55, 1);
  });

  it("is the straight line where that is clear", () => {
    const route = findRoute({ from: p(0, 800), to: p(1500, 800), zones: [wall], gapM: 12.5, cost: lengthCost });
    expect(route).toMatchObject({ kind: "route", straight: true, lengthM: 1500 });
  });

  it("says why there is none", () => {
    const zone: Zone = { kind: "circle", centre: p(0, 0), radiusM: 50 };
    const base = { zones: [zone], gapM: 10, cost: lengthCost };
    expect(findRoute({ ...base, from: p(55, 0), to: p(500, 0) })).toMatchObject({ reason: "startInZone" });
    expect(findRoute({ ...base, from: p(500, 0), to: p(0, 0) })).toMatchObject({ reason: "goalInZone" });
    const ring: Zone[] = [
      { kind: "polygon", ring: [p(-300, -300), p(300, -300), p(300, -280), p(-300, -280)] },
      { kind: "polygon", ring: [p(-300, 280), p(300, 280), p(300, 300), p(-300, 300)] },
      { kind: "polygon", ring: [p(-300, -300), p(-280, -300), p(-280, 300), p(-300, 300)] },
      { kind: "polygon", ring: [p(280, -300), p(300, -300), p(300, 300), p(280, 300)] },
    ];
    expect(findRoute({ from: p(0, 0), to: p(900, 0), zones: ring, gapM: 5, cost: lengthCost })).toMatchObject({
      reason: "noWayRound",
    });
    const gale = windCost(speeds, { speedMps: 25, fromDeg: 90 });
    expect(findRoute({ ...base, from: p(100, 100), to: p(900, 100), cost: gale })).toMatchObject({
      reason: "windTooStrong",
    });
  });

  it("obeys a further condition on every leg", () => {
    const route = findRoute({
      from: p(0, 0),
      to: p(1500, 0),
      zones: [wall],
      gapM: 12.5,
      cost: lengthCost,
      legAllowed: (a, b) => a.northM <= 0 && b.northM <= 0,
    });
    if (route.kind !== "route") throw new Error(route.reason);
    expect(route.points.every((q) => q.northM <= 0)).toBe(true);
  });

  it("keeps its distance from every zone, is never below the bound, and not above any single way round", () => {
    const coordinate = fc.double({ min: 150, max: 850, noNaN: true });
    const circles = fc.array(
      fc.record({ e: coordinate, n: coordinate, r: fc.double({ min: 20, max: 90, noNaN: true }) }),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(circles, (list) => {
        const zones: Zone[] = list.map(({ e, n, r }) => ({ kind: "circle", centre: p(e, n), radiusM: r }));
        const from = p(0, 0);
        const to = p(1000, 1000);
        fc.pre(!zones.some((z) => insideExclusion(from, z, 10) || insideExclusion(to, z, 10)));
        const route = findRoute({ from, to, zones, gapM: 10, cost: windCost(speeds, CALM) });
        if (route.kind !== "route") throw new Error(route.reason);
        expect(route.timeS).toBeGreaterThanOrEqual(lowerBoundS(from, to, speeds, CALM) - 1e-9);
        expect(route.lengthM).toBeLessThanOrEqual(distanceM(from, p(0, 1000)) + 1000 + 1e-6);
        route.points.forEach((point, i) => {
          const last = route.points[i - 1];
          if (last !== undefined) for (const z of zones) expect(segmentToZoneM(last, point, z)).toBeGreaterThan(9.99);
        });
      }),
      { numRuns: 50 },
    );
  });

  it("takes the fastest layer as the bound over layers", () => {
    const slow = windCost(speeds, { speedMps: 10, fromDeg: 90 });
    const fast = windCost(speeds, { speedMps: 10, fromDeg: 270 });
    expect(layersBound([slow, fast])(p(0, 0), p(100, 0))).toBe(fast(p(0, 0), p(100, 0)));
  });
});
