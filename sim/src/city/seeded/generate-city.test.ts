import { parseCityFile } from "@outrider/contract";
import { buildingRing, largestPartShare, pointInRing, worldFromCity } from "@outrider/geo";
import { describe, expect, it } from "vitest";
import { generateCity } from "./generate-city.js";

describe("seeded city", () => {
  it("is the same for the same seed and another for another", () => {
    expect(generateCity(7)).toEqual(generateCity(7));
    expect(generateCity(7).buildings.coordsDm).not.toEqual(generateCity(8).buildings.coordsDm);
  });

  it.each([1, 2, 3, 42, 1234])("parses, connects and lies a mile high with seed %d", (seed) => {
    const city = generateCity(seed);
    expect(parseCityFile(JSON.parse(JSON.stringify(city)))).toEqual({ kind: "city", city });
    const world = worldFromCity(city, 4);
    expect(largestPartShare(world.roads.graph)).toBeGreaterThan(0.97);
    expect(world.roads.crossings.length).toBeGreaterThan(180);
    expect(world.terrain.minAmslM).toBeGreaterThan(1560);
    expect(world.terrain.maxAmslM).toBeLessThan(1700);
    expect(world.terrain.maxAmslM - world.terrain.minAmslM).toBeGreaterThan(30);
    expect(city.buildings.heightDm.length).toBeGreaterThan(1000);
    expect(city.addresses).toHaveLength(city.buildings.heightDm.length);
  });

  it("keeps its streets free of buildings", () => {
    const world = worldFromCity(generateCity(5), 4);
    const { buildings, near } = world.obstacles;
    for (const edge of world.roads.graph.edges) {
      for (const point of edge.points) {
        const hit = near(point.eastM, point.northM, point.eastM, point.northM).some((id) =>
          pointInRing(point, buildingRing(buildings, id)),
        );
        expect(hit).toBe(false);
      }
    }
  });

  it("is quick enough to build for every storm seed", () => {
    generateCity(1);
    const runs = 5;
    const before = process.cpuUsage().user;
    for (let seed = 0; seed < runs; seed++) generateCity(seed);
    expect((process.cpuUsage().user - before) / 1000 / runs).toBeLessThan(300);
  });
});
