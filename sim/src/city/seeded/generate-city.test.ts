import { parseCityFile } from "@outrider/contract";
import { buildingRing, largestPartShare, pointInRing, worldFromCity } from "@outrider/geo";
import { describe, expect, it } from "vitest";
import { generateCity } from "./generate-city.js";

const cities = [1, 2, 3, 42, 1234].map((seed) => [seed, generateCity(seed)] as const);

describe("seeded city", () => {
  it("is the same for the same seed and another for another", () => {
    expect(generateCity(7)).toEqual(generateCity(7));
    expect(generateCity(7).buildings.coordsDm).not.toEqual(generateCity(8).buildings.coordsDm);
  });

  it.each(cities)("parses, connects and lies a mile high with seed %d", (_seed, city) => {
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

  it.each(cities)("has schools, a hospital with a free helipad, lights and limits with seed %d", (_seed, city) => {
    const world = worldFromCity(city, 2);
    expect(city.areas.filter((area) => area.kind === "school")).toHaveLength(3);
    expect(city.areas.filter((area) => area.kind === "hospital")).toHaveLength(1);
    const [pad] = city.helipads ?? [];
    for (const [e, n] of [
      [0, 0],
      [8, 0],
      [-8, 0],
      [0, 8],
      [0, -8],
    ] as const) {
      const [eastM, northM] = [(pad?.eastDm ?? 0) / 10 + e, (pad?.northDm ?? 0) / 10 + n];
      expect(world.obstacles.surfaceAmslM(eastM, northM) - world.terrain.groundAmslM(eastM, northM)).toBeLessThan(0.5);
    }
    expect(new Set(city.roads.map((road) => road.speedLimitMps?.toFixed(2)))).toEqual(new Set(["15.65", "11.18"]));
    expect(city.signals?.length).toBeGreaterThan(40);
    for (const { eastDm, northDm } of city.signals ?? []) {
      // Ends within 4 m of a crossing are the same junction.
      expect(world.roads.nearestCrossing({ eastM: eastDm / 10, northM: northDm / 10 }, 50)?.distanceM).toBeLessThan(4);
    }
  });

  it.each(cities)("carries its arterials over the river on bridges with seed %d", (_seed, city) => {
    const river = city.areas.find((area) => area.kind === "water")?.ringDm ?? [];
    const ring = Array.from({ length: river.length / 2 }, (_, i) => ({
      eastM: (river[2 * i] ?? 0) / 10,
      northM: (river[2 * i + 1] ?? 0) / 10,
    }));
    const bridges = city.roads.filter((road) => road.level === 1);
    expect(bridges).toHaveLength(4);
    for (const { pointsDm, level } of city.roads) {
      const middle = {
        eastM: ((pointsDm[0] ?? 0) + (pointsDm.at(-2) ?? 0)) / 20,
        northM: ((pointsDm[1] ?? 0) + (pointsDm.at(-1) ?? 0)) / 20,
      };
      if (level === 1) expect(pointInRing(middle, ring)).toBe(true);
    }
    const { graph } = worldFromCity(city, 4).roads;
    const [bridge] = bridges;
    const edge = graph.edges.find((one) => one.roadId === bridge?.id);
    expect(graph.touching[edge?.from ?? 0]?.length).toBeGreaterThan(1);
    expect(graph.touching[edge?.to ?? 0]?.length).toBeGreaterThan(1);
  });

  it("has one-way streets in both directions of the map", () => {
    const ways = generateCity(3).roads.filter((road) => road.oneWay);
    const up = ways.map(
      ({ pointsDm }) => (pointsDm.at(-2) ?? 0) + (pointsDm.at(-1) ?? 0) > (pointsDm[0] ?? 0) + (pointsDm[1] ?? 0),
    );
    expect(new Set(up)).toEqual(new Set([true, false]));
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
