import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseCityFile } from "@outrider/contract";
import { largestPartShare, worldFromCity } from "@outrider/geo";
import { afterAll, beforeAll, expect, it } from "vitest";
import { importDemoCity, readDemoCity } from "./import-demo-city.js";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "city-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

it("writes a city file that parses, the same each time", async () => {
  const path = join(folder, "city.json");
  await importDemoCity(path);
  const text = await readFile(path, "utf8");
  expect(JSON.stringify(await readDemoCity())).toBe(text);
  expect(parseCityFile(JSON.parse(text)).kind).toBe("city");
  expect(text.length).toBeLessThan(4_000_000);
});

it("holds San Francisco: buildings, relief, streets that connect, crossings by name, attribution", async () => {
  const city = await readDemoCity();
  const world = worldFromCity(city);
  expect(city.buildings.heightDm.length).toBeGreaterThan(13_000);
  expect(city.attribution).toContain("OpenStreetMap");
  expect(largestPartShare(world.roads.graph)).toBeGreaterThan(0.95);
  const names = new Set(city.roads.map((road) => road.name));
  expect(names.size).toBeGreaterThan(150);
  const crossing = world.roads.crossings.find((c) => c.name === "Haight St & Masonic Ave");
  const at = world.frame.toGeo(crossing?.point ?? { eastM: 0, northM: 0 });
  expect(at.latDeg).toBeCloseTo(37.7701, 3);
  expect(at.lonDeg).toBeCloseTo(-122.4454, 3);
  // Buena Vista Heights and Twin Peaks stand out of the flats.
  expect(world.terrain.maxAmslM).toBeGreaterThan(240);
  expect(world.terrain.minAmslM).toBeGreaterThanOrEqual(0);
});
