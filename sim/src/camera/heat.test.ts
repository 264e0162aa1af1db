import type { CameraPose } from "@outrider/contract";
import { localFrame } from "@outrider/geo";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cityScene } from "./city-scene.js";
import { yuvOf } from "./colour.js";
import { groundHeat, heatOf, warmestSurface } from "./heat.js";
import type { ScenePerson } from "./paint-people.js";
import type { SceneVehicle } from "./paint-vehicles.js";
import { createRenderer, type Frame } from "./renderer.js";
import { testCity } from "./test-city.js";
import { project, viewOf } from "./view.js";

const city = testCity(6);
const frame = localFrame(city.origin);
const scene = cityScene(city);
const renderer = createRenderer(city, { tilesPerFrame: 100, tileSlots: 200 });
const hours = {
  noon: { sunElevationDeg: 60, sunAzimuthDeg: 180 },
  evening: { sunElevationDeg: 6, sunAzimuthDeg: 265 },
  night: { sunElevationDeg: -35, sunAzimuthDeg: 0 },
};
/** Beside the middle of the town, where two roads cross, seen from above. */
const spot = { eastM: 2, northM: -18 };
const pose: CameraPose = {
  point: frame.toGeo({ eastM: 0, northM: -38 }),
  altAmslM: scene.terrain.groundAmslM(0, -38) + 30,
  yawDeg: 0,
  pitchDeg: -56,
  rollDeg: 0,
  hfovDeg: 62,
};
const person: ScenePerson = { ...spot, headingDeg: 90, upper: "black", lower: "black" };
const car: SceneVehicle = {
  vehicleId: "v",
  eastM: 2.4,
  northM: -26,
  headingDeg: 0,
  body: "sedan",
  colour: "black",
};
const lumaAt = (shot: Frame, eastM: number, northM: number, upM: number): number => {
  const ground = scene.terrain.groundAmslM(eastM, northM);
  const at = project(viewOf(pose, frame, 640, 360), eastM, northM, ground + upM);
  if (at === undefined) throw new Error("it lies ahead");
  return shot.yuv[Math.floor(at.y) * shot.width + Math.floor(at.x)] ?? 0;
};

describe("the heat picture", () => {
  it.each(Object.entries(hours))("shows a person and a car under way brighter than road and roofs: %s", (_, light) => {
    const shot = renderer.render(pose, [car], [person], light, "heat");
    const body = lumaAt(shot, spot.eastM, spot.northM, 1.2);
    const road = lumaAt(shot, spot.eastM + 3, spot.northM - 3, 0);
    expect(body).toBeGreaterThan(road + 40);
    expect(body).toBeGreaterThan(warmestSurface);
    expect(shot.yuv.subarray(0, 640 * 360).some((y, i) => shot.ids[i] === 1 && y > 200)).toBe(true);
    const empty = renderer.render(pose, [], [], light, "heat");
    const warmest = empty.yuv.subarray(0, 640 * 360).reduce((most, y) => Math.max(most, y), 0);
    expect(warmest).toBeLessThanOrEqual(warmestSurface);
  });

  it("has no colour, and leaves none behind in the next visible picture", () => {
    // The first picture of an hour lights the ground anew as it goes.
    renderer.render(pose, [car], [person], hours.noon);
    const before = renderer.render(pose, [car], [person], hours.noon).yuv.slice();
    const heat = renderer.render(pose, [car], [person], hours.noon, "heat");
    expect(heat.yuv.subarray(640 * 360).every((chroma) => chroma === 128)).toBe(true);
    expect(Buffer.compare(renderer.render(pose, [car], [person], hours.noon).yuv, before)).toBe(0);
  });

  it("does not know what colour a car is painted", () => {
    const black = renderer.render(pose, [car], [], hours.noon, "heat").yuv.slice();
    const white = renderer.render(pose, [{ ...car, colour: "white" }], [], hours.noon, "heat").yuv;
    expect(Buffer.compare(white, black)).toBe(0);
  });

  it("needs no light: street lamps and headlights neither show the way nor pass for people", () => {
    const shot = renderer.render(pose, [{ ...car, northM: -34 }], [], hours.night, "heat");
    const ahead = lumaAt(shot, 2.4, -24, 0);
    expect(Math.abs(ahead - lumaAt(shot, -2.4, -24, 0))).toBeLessThan(12);
  });
});

describe("how warm things are", () => {
  it("keeps every surface below people and people below engines, at any hour", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -90, max: 90, noNaN: true }),
        fc.double({ min: 0, max: 360, noNaN: true }),
        (e, a) => {
          const heat = heatOf({ sunElevationDeg: e, sunAzimuthDeg: a });
          const surfaces = [
            heat.asphalt + heat.asphaltInSun,
            heat.stone + heat.stoneInSun,
            heat.wall + heat.wallInSun,
            heat.roof + 10,
            heat.parked,
            heat.lamp,
            heat.warmCabin,
          ];
          expect(Math.max(...surfaces)).toBeLessThanOrEqual(warmestSurface);
          expect(heat.cloth).toBeGreaterThan(warmestSurface + 20);
          expect(heat.engine).toBeGreaterThan(heat.cloth);
          expect(heat.wall).toBeGreaterThan(heat.horizon);
          expect(heat.horizon).toBeGreaterThan(heat.sky);
          expect(heat.leaf).toBeLessThan(heat.asphalt);
        },
      ),
    );
  });

  it("keeps a road warm into the evening, and cool at dawn", () => {
    const dusk = heatOf({ sunElevationDeg: -4, sunAzimuthDeg: 270 });
    const dawn = heatOf({ sunElevationDeg: -4, sunAzimuthDeg: 90 });
    expect(dusk.asphalt).toBeGreaterThan(dawn.asphalt + 20);
  });

  it("tells water, grass and road apart by their paint", () => {
    const heat = heatOf(hours.night);
    const of = (red: number, green: number, blue: number) => groundHeat(heat, yuvOf(red, green, blue)).shade;
    expect(of(52, 78, 92)).toBe(heat.water);
    expect(of(82, 104, 58)).toBe(heat.grass);
    expect(of(76, 77, 80)).toBeCloseTo(heat.asphalt, 0);
    expect(of(196, 158, 56)).toBe(heat.asphalt);
    expect(heat.water).toBeLessThan(heat.asphalt);
  });
});
