import { areaM2, type EnuPoint } from "@outrider/geo";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clipLine, clipRing, flatDm, flatRingDm } from "./clip.js";
import { terrainFromContours } from "./contours.js";
import { streetNamer } from "./street-names.js";

const p = (eastM: number, northM: number): EnuPoint => ({ eastM, northM });
const box = { min: 0, max: 100 };
const coordinate = fc.integer({ min: -80, max: 180 });

describe("cutting at tile edges", () => {
  it("keeps exactly the part of a box that lies inside", () => {
    fc.assert(
      fc.property(coordinate, coordinate, fc.integer({ min: 1, max: 90 }), (x, y, size) => {
        const ring = [
          { x, y },
          { x: x + size, y },
          { x: x + size, y: y + size },
          { x, y: y + size },
        ];
        const cut = clipRing(ring, box).map((q) => p(q.x, q.y));
        const span = (low: number) => Math.max(0, Math.min(100, low + size) - Math.max(0, low));
        expect(areaM2(cut)).toBeCloseTo(span(x) * span(y), 6);
      }),
    );
  });

  it("cuts a line that leaves and comes back into two, each ending on the edge", () => {
    const pieces = clipLine(
      [
        { x: 10, y: 50 },
        { x: 150, y: 50 },
        { x: 150, y: 60 },
        { x: 10, y: 60 },
      ],
      box,
    );
    expect(pieces).toHaveLength(2);
    expect(pieces[0]?.at(-1)).toEqual({ x: 100, y: 50 });
    expect(pieces[1]?.[0]).toEqual({ x: 100, y: 60 });
    expect(
      clipLine(
        [
          { x: 110, y: 0 },
          { x: 120, y: 50 },
        ],
        box,
      ),
    ).toEqual([]);
  });

  it("flattens to whole decimetres without repeats", () => {
    expect(flatDm([p(-0.01, 1), p(0.01, 1), p(2, 3)])).toEqual([0, 10, 20, 30]);
    expect(flatRingDm([p(0, 0), p(1, 0), p(1, 1), p(0, 0)])).toEqual([0, 0, 10, 0, 10, 10]);
    expect(flatRingDm([p(0, 0), p(0.01, 0), p(1, 1)])).toEqual([]);
  });
});

describe("terrain from contours", () => {
  it("gives an even slope between even contours, without terraces", () => {
    const place = { eastMinM: 0, northMinM: 0, cellM: 10, cols: 41, rows: 21 };
    const areas = [0, 10, 20, 30].map((eleM) => ({
      eleM,
      rings: [[p(eleM * 10 - 5, -10), p(410, -10), p(410, 210), p(eleM * 10 - 5, 210)]],
    }));
    const heights = terrainFromContours(place, areas, 10, []);
    for (let col = 12; col < 28; col++) {
      const rise = (heights[10 * 41 + col + 1] ?? 0) - (heights[10 * 41 + col] ?? 0);
      expect(rise).toBeGreaterThan(0.5);
      expect(rise).toBeLessThan(1.6);
    }
  });

  it("raises a summit to its surveyed height", () => {
    const place = { eastMinM: 0, northMinM: 0, cellM: 10, cols: 21, rows: 21 };
    const areas = [{ eleM: 10, rings: [[p(-5, -5), p(205, -5), p(205, 205), p(-5, 205)]] }];
    const flat = terrainFromContours(place, areas, 10, []);
    const peaked = terrainFromContours(place, areas, 10, [{ point: p(100, 100), eleM: 19 }]);
    expect(peaked[10 * 21 + 10] ?? 0).toBeGreaterThan((flat[10 * 21 + 10] ?? 0) + 1);
  });
});

describe("street names", () => {
  const namer = streetNamer([
    { name: "Oak St", line: [p(0, 0), p(200, 0)] },
    { name: "Cole St", line: [p(200, 0), p(200, 200)] },
  ]);

  it("cuts a line that turns from one street into another", () => {
    const pieces = namer([p(0, 1), p(100, 1), p(201, 1), p(201, 100), p(201, 200)]);
    expect(pieces.map((piece) => piece.name)).toEqual(["Oak St", "Cole St"]);
    expect(pieces[0]?.line.at(-1)).toEqual(pieces[1]?.line[0]);
  });

  it("does not name a road after a street that merely crosses it", () => {
    expect(namer([p(100, -60), p(100, -20), p(100, 20), p(100, 60)]).map((piece) => piece.name)).toEqual([""]);
  });
});
