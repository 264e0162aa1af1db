import { roadsFromLines } from "@outrider/geo";
import { describe, expect, it } from "vitest";
import { nextUnit, seedRandom } from "../air/index.js";
import { PlateReaders } from "./plate-reader.js";
import { Traffic } from "./traffic.js";
import { randomLooks } from "./vehicle.js";

const line = (id: string, oneWay: boolean, ...xy: [number, number][]) => ({
  id,
  name: id,
  kind: "street",
  widthM: 10,
  oneWay,
  level: 0,
  points: xy.map(([eastM, northM]) => ({ eastM, northM })),
});
const grid = roadsFromLines([
  line("a", false, [0, 0], [300, 0]),
  line("b", true, [0, 200], [300, 200]),
  line("c", false, [100, -100], [100, 300]),
  line("d", false, [200, -100], [200, 300]),
]);

function world(seed: number) {
  const random = seedRandom(seed);
  let ids = 0;
  const chance = {
    unit: () => nextUnit(random),
    bytes: (n: number) => new Uint8Array(n),
    id: (p: string) => `${p}_${ids++}`,
  };
  return new Traffic({ graph: grid.graph, chance, count: 12, startMs: 0 });
}

describe("traffic", () => {
  it("stays on the roads and moves", () => {
    const traffic = world(3);
    const from = traffic.vehicles.map((v) => [v.eastM, v.northM] as const);
    for (let t = 100; t <= 120_000; t += 100) traffic.step(t);
    const offM = traffic.vehicles.map((v) => grid.nearest(v, 30)?.distanceM ?? 99);
    expect(Math.max(...offM)).toBeLessThan(5);
    const movedM = traffic.vehicles.map((v, i) =>
      Math.hypot(v.eastM - (from[i]?.[0] ?? 0), v.northM - (from[i]?.[1] ?? 0)),
    );
    expect(movedM.filter((m) => m > 5).length).toBeGreaterThan(6);
  });
  it("never drives a one-way street against its direction", () => {
    const traffic = world(5);
    for (let t = 100; t <= 200_000; t += 100) {
      traffic.step(t);
      for (const v of traffic.vehicles) {
        const edge = grid.graph.edges[v.edge];
        if (edge?.oneWay) expect(v.forward).toBe(true);
      }
    }
  });
  it("is the same for the same seed", () => {
    const places = (seed: number) => {
      const traffic = world(seed);
      for (let t = 100; t <= 30_000; t += 100) traffic.step(t);
      return traffic.vehicles.map((v) => [v.eastM, v.northM]);
    };
    expect(places(8)).toEqual(places(8));
    expect(places(8)).not.toEqual(places(9));
  });
});

describe("plate readers", () => {
  it("read each pass once, and only what is in view", () => {
    const traffic = world(1);
    const car = traffic.vehicles[0];
    if (!car) throw new Error("no car");
    const readers = new PlateReaders([{ readerId: "r", eastM: 0, northM: 0, azimuthDeg: 90, hfovDeg: 30, rangeM: 40 }]);
    const at = (eastM: number, northM: number, tMs: number) => readers.passes([{ ...car, eastM, northM }], tMs).length;
    expect([
      at(60, 0, 0),
      at(30, 0, 1000),
      at(20, 0, 2000),
      at(-20, 0, 3000),
      at(30, 25, 4000),
      at(30, 0, 60_000),
    ]).toEqual([0, 1, 0, 0, 0, 1]);
  });
  it("make plates of the state's form", () => {
    const random = seedRandom(4);
    for (let i = 0; i < 50; i++)
      expect(randomLooks({ unit: () => nextUnit(random) }).plate).toMatch(/^[5-8][A-Z]{3}\d{3}$/);
  });
});
