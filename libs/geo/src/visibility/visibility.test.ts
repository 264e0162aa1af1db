import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { areaM2, pointInRing, signedAreaM2 } from "../polygon/index.js";
import { cellMiddle } from "../reach/index.js";
import { type Building, buildingSet, flatTerrain, obstaclesFrom } from "../terrain/index.js";
import { cameraSees, cellAreas, coverageOver, type FixedCamera, indexCameras } from "./index.js";

const block = (eastM: number, northM: number, sizeM: number, heightM: number): Building => ({
  ring: [
    { eastM, northM },
    { eastM: eastM + sizeM, northM },
    { eastM: eastM + sizeM, northM: northM + sizeM },
    { eastM, northM: northM + sizeM },
  ],
  groundAmslM: 1600,
  heightM,
});
const town = obstaclesFrom(flatTerrain(1600, 200), buildingSet([block(-20, 40, 40, 15), block(60, -30, 20, 3)]));
const camera = (over: Partial<FixedCamera>): FixedCamera => ({
  id: "c1",
  eastM: 0,
  northM: 0,
  altAmslM: 1606,
  azimuthDeg: 0,
  tiltDeg: -10,
  hfovDeg: 90,
  vfovDeg: 60,
  rangeM: 150,
  ...over,
});
const person = (eastM: number, northM: number) => ({ eastM, northM, altAmslM: 1601.5 });

describe("fixed cameras", () => {
  it("see what is in sector, in range and not behind a building", () => {
    expect(cameraSees(camera({}), person(0, 30), town)).toBe(true);
    expect(cameraSees(camera({}), person(0, 100), town)).toBe(false);
    expect(cameraSees(camera({}), person(0, -30), town)).toBe(false);
    expect(cameraSees(camera({}), person(30, 0.1), town)).toBe(false);
    expect(cameraSees(camera({ azimuthDeg: 60 }), person(30, 0.1), town)).toBe(true);
    expect(cameraSees(camera({ rangeM: 20 }), person(0, 30), town)).toBe(false);
    expect(cameraSees(camera({ hfovDeg: 360 }), person(0, -30), town)).toBe(true);
  });

  it("are listed nearest first", () => {
    const far = camera({ id: "far", eastM: 5, northM: -60 });
    const seeing = indexCameras([far, camera({}), camera({ id: "away", azimuthDeg: 180 })], town);
    expect(seeing(person(2, 20)).map((c) => c.id)).toEqual(["c1", "far"]);
    expect(indexCameras([], town)(person(0, 0))).toEqual([]);
  });
});

describe("coverage", () => {
  it("agrees with line of sight cell by cell, and never claims what is hidden", () => {
    const coverage = coverageOver(town, { cellM: 5 });
    const one = camera({ hfovDeg: 120, azimuthDeg: 30 });
    coverage.set(one);
    let agree = 0;
    let all = 0;
    coverage.counts.forEach((count, cell) => {
      if (coverage.built[cell] === 1) return;
      const middle = cellMiddle(coverage.grid, cell);
      const sees = cameraSees(one, person(middle.eastM, middle.northM), town);
      if (!sees && count === 0) return;
      all++;
      if (sees === count > 0) agree++;
    });
    expect(all).toBeGreaterThan(200);
    expect(agree / all).toBeGreaterThan(0.93);
    const behind = cellAtPoint(coverage.grid, 0, 100);
    expect(coverage.counts[behind]).toBe(0);
  });

  it("follows a camera that is moved and forgets one that is removed", () => {
    const coverage = coverageOver(town);
    coverage.set(camera({}));
    coverage.set(camera({ id: "c2", eastM: 3 }));
    expect(Math.max(...coverage.counts)).toBe(2);
    const before = coverage.cellsOf("c1");
    coverage.set(camera({ azimuthDeg: 180 }));
    expect(coverage.cellsOf("c1")).not.toEqual(before);
    coverage.remove("c1");
    coverage.remove("c2");
    expect(Math.max(...coverage.counts)).toBe(0);
  });
});

function cellAtPoint(grid: { eastMinM: number; northMinM: number; cellM: number; cols: number }, e: number, n: number) {
  return Math.floor((n - grid.northMinM) / grid.cellM) * grid.cols + Math.floor((e - grid.eastMinM) / grid.cellM);
}

describe("outlines of cells", () => {
  it("hold exactly the cells that were accepted, holes and touching corners included", () => {
    const grid = { eastMinM: -3, northMinM: 7, cellM: 2, cols: 7, rows: 6 };
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 42, maxLength: 42 }), (cells) => {
        const areas = cellAreas(grid, (i) => cells[i] === true);
        const total = areas.reduce((sum, a) => sum + areaM2(a.outer) - a.holes.reduce((s, h) => s + areaM2(h), 0), 0);
        expect(total).toBeCloseTo(cells.filter(Boolean).length * 4, 9);
        cells.forEach((accepted, i) => {
          const middle = cellMiddle(grid, i);
          const held = areas.some((a) => pointInRing(middle, a.outer) && !a.holes.some((h) => pointInRing(middle, h)));
          expect(held).toBe(accepted);
        });
        for (const a of areas) {
          expect(signedAreaM2(a.outer)).toBeGreaterThan(0);
          for (const hole of a.holes) expect(signedAreaM2(hole)).toBeLessThan(0);
        }
      }),
    );
  });
});
