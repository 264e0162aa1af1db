import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EnuPoint } from "../enu/index.js";
import {
  type Building,
  buildingSet,
  cellAt,
  flatTerrain,
  obstaclesFrom,
  terrainFromGrid,
  walkCells,
  walkCorridor,
} from "./index.js";

const box = (eastM: number, northM: number, sizeM: number, heightM: number, groundAmslM = 100): Building => ({
  ring: [
    { eastM, northM },
    { eastM: eastM + sizeM, northM },
    { eastM: eastM + sizeM, northM: northM + sizeM },
    { eastM, northM: northM + sizeM },
  ],
  groundAmslM,
  heightM,
});
const at = (eastM: number, northM: number, altAmslM: number) => ({ eastM, northM, altAmslM });
const flat = flatTerrain(100, 500);
const metre = (limit: number) => fc.double({ min: -limit, max: limit, noNaN: true });

describe("terrain", () => {
  const slope = terrainFromGrid({
    eastMinM: 0,
    northMinM: 0,
    cellM: 10,
    cols: 3,
    rows: 2,
    heightsAmslM: Float32Array.from([0, 10, 20, 5, 15, 25]),
  });

  it("is bilinear between its points and holds its edge beyond them", () => {
    expect(slope.groundAmslM(5, 0)).toBeCloseTo(5, 6);
    expect(slope.groundAmslM(15, 10)).toBeCloseTo(20, 6);
    expect(slope.groundAmslM(10, 5)).toBeCloseTo(12.5, 6);
    expect(slope.groundAmslM(-50, 0)).toBe(0);
    expect([slope.covers(-1, 0), slope.covers(20, 10), slope.maxAmslM]).toEqual([false, true, 25]);
  });

  it("refuses voids and sizes that do not fit", () => {
    const grid = { eastMinM: 0, northMinM: 0, cellM: 1, cols: 2, rows: 2 };
    expect(() => terrainFromGrid({ ...grid, heightsAmslM: new Float32Array(3) })).toThrow(/needs 4/);
    expect(() => terrainFromGrid({ ...grid, heightsAmslM: Float32Array.from([1, 2, Number.NaN, 4]) })).toThrow(/void/);
  });
});

describe("cells", () => {
  const grid = { eastMinM: -50, northMinM: -50, cellM: 3, cols: 33, rows: 33 };

  it("walks through every cell that a line has a point in", () => {
    fc.assert(
      fc.property(metre(49), metre(49), metre(49), metre(49), metre(0.5), (aE, aN, bE, bN, s) => {
        const seen = new Set<number>();
        walkCells(grid, aE, aN, bE, bN, (index) => {
          seen.add(index);
          return false;
        });
        const share = s + 0.5;
        // On an edge, to the last bit of a number, either side's cell is the one that holds it.
        const around = [-1e-9, 0, 1e-9].flatMap((offE) => [-1e-9, 0, 1e-9].map((offN) => ({ offE, offN })));
        const cells = around.map(({ offE, offN }) =>
          cellAt(grid, aE + (bE - aE) * share + offE, aN + (bN - aN) * share + offN),
        );
        expect(cells.some((index) => seen.has(index))).toBe(true);
      }),
    );
  });

  it("walks a corridor that holds every point within its half width", () => {
    fc.assert(
      fc.property(metre(40), metre(40), metre(40), metre(40), metre(49), metre(49), (aE, aN, bE, bN, e, n) => {
        const seen = new Set<number>();
        walkCorridor(grid, aE, aN, bE, bN, 8, (index) => seen.add(index));
        const lengthSq = (bE - aE) ** 2 + (bN - aN) ** 2;
        const along = lengthSq === 0 ? 0 : ((e - aE) * (bE - aE) + (n - aN) * (bN - aN)) / lengthSq;
        const share = Math.min(1, Math.max(0, along));
        const gapM = Math.hypot(e - aE - share * (bE - aE), n - aN - share * (bN - aN));
        const index = cellAt(grid, e, n);
        if (gapM <= 8 && index >= 0) expect(seen.has(index)).toBe(true);
        if (gapM > 8 + 3 * Math.SQRT2) expect(seen.has(index)).toBe(false);
      }),
    );
  });
});

describe("obstacles", () => {
  const world = obstaclesFrom(flat, buildingSet([box(50, -20, 40, 30)]));

  it("knows roofs exactly and cells never too low", () => {
    expect(world.exactSurfaceAmslM(51, 0)).toBe(130);
    expect(world.exactSurfaceAmslM(49.9, 0)).toBe(100);
    fc.assert(
      fc.property(metre(120), metre(120), (e, n) => {
        expect(world.surfaceAmslM(e, n)).toBeGreaterThanOrEqual(world.exactSurfaceAmslM(e, n));
      }),
    );
  });

  it("finds the least clearance beside the path, and says where the model ends", () => {
    const path = [at(0, 30, 160), at(150, 30, 160)];
    expect(world.clearanceAlong(path, 5).minClearanceM).toBeCloseTo(60, 4);
    const wide = world.clearanceAlong(path, 12);
    expect(wide.minClearanceM).toBeCloseTo(30, 4);
    expect(wide.at?.eastM).toBeGreaterThan(45);
    expect(wide.covered).toBe(true);
    expect(world.clearanceAlong([at(0, 0, 160), at(600, 0, 160)], 5).covered).toBe(false);
    expect(world.maxSurfaceAlong(path[0] ?? at(0, 0, 0), at(150, 30, 0), 12)).toBe(130);
  });

  it("measures a climbing path at the height it has over the roof", () => {
    const climbing = world.clearanceAlong([at(0, 0, 100), at(200, 0, 200)], 1);
    expect(climbing.minClearanceM).toBeLessThan(0);
  });

  it("sees over a roof but not through the building, and says where the line is blocked", () => {
    expect(world.lineOfSight(at(0, 0, 101.5), at(200, 0, 101.5))).toMatchObject({
      clear: false,
      blockedAt: { eastM: 50 },
    });
    expect(world.lineOfSight(at(0, 0, 131), at(200, 0, 131)).clear).toBe(true);
    expect(world.lineOfSight(at(0, 49, 101.5), at(200, 49, 101.5)).clear).toBe(true);
    expect(world.lineOfSight(at(0, -20.5, 101.5), at(200, -20.5, 101.5)).clear).toBe(true);
  });

  it("sees from a wall outwards when told to leave its own building out", () => {
    expect(world.lineOfSight(at(50.3, 0, 110), at(0, 0, 101)).clear).toBe(false);
    expect(world.lineOfSight(at(50.3, 0, 110), at(0, 0, 101), { skipFromM: 1 }).clear).toBe(true);
  });

  it("sees the same both ways, and never through a box that dense sampling finds in the way", () => {
    const town = obstaclesFrom(flat, buildingSet([box(-80, -80, 30, 12), box(20, -60, 25, 40), box(-30, 30, 60, 20)]));
    fc.assert(
      fc.property(
        metre(120),
        metre(120),
        metre(120),
        metre(120),
        fc.double({ min: 0.5, max: 50, noNaN: true }),
        (e0, n0, e2, n2, h) => {
          // Off the round figures: a line exactly through cells' corners is a tie that each direction may break its way.
          const [e1, n1] = [e0 + 0.0137, n0 + 0.0071];
          const from = at(e1, n1, 100.5 + h);
          const to = at(e2, n2, 101);
          const sight = town.lineOfSight(from, to);
          expect(town.lineOfSight(to, from).clear).toBe(sight.clear);
          let below = 0;
          for (let k = 0; k <= 2000; k++) {
            const s = k / 2000;
            const altM = from.altAmslM + (to.altAmslM - from.altAmslM) * s;
            if (altM < town.exactSurfaceAmslM(e1 + (e2 - e1) * s, n1 + (n2 - n1) * s) - 0.01) below++;
          }
          // A single sample may be a graze along an edge.
          if (below > 3) expect(sight.clear).toBe(false);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("is blocked by a hill", () => {
    const heightsAmslM = new Float32Array(21 * 21).fill(100);
    for (let row = 0; row < 21; row++) heightsAmslM[row * 21 + 10] = 150;
    const hill = terrainFromGrid({ eastMinM: -100, northMinM: -100, cellM: 10, cols: 21, rows: 21, heightsAmslM });
    const hilly = obstaclesFrom(hill, buildingSet([]));
    expect(hilly.lineOfSight(at(-50, 0, 110), at(50, 0, 110)).clear).toBe(false);
    expect(hilly.lineOfSight(at(-50, 0, 151), at(50, 0, 151)).clear).toBe(true);
  });

  it("gives the outlines that reach into a height", () => {
    expect(world.ringsAbove(129)).toHaveLength(1);
    expect(world.ringsAbove(131)).toHaveLength(0);
    const ring: EnuPoint[] = world.ringsAbove(129)[0] ?? [];
    expect(ring).toHaveLength(4);
  });
});
