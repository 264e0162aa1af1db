import type { CameraPose } from "@outrider/contract";
import { localFrame } from "@outrider/geo";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cityScene } from "./city-scene.js";
import { FaceRuns } from "./face-runs.js";
import { FaceTable, faceKinds, mostFaces } from "./faces.js";
import { GroundTiles } from "./ground-tiles.js";
import { lightingOf } from "./light.js";
import { type BuildingDetail, paintBuilding, RingScratch } from "./paint-buildings.js";
import { paintGround } from "./paint-ground.js";
import type { SceneVehicle } from "./paint-vehicles.js";
import { Raster } from "./raster.js";
import { createRenderer, type Frame } from "./renderer.js";
import { testCity } from "./test-city.js";
import { project, viewOf } from "./view.js";

const city = testCity(6);
const frame = localFrame(city.origin);
const scene = cityScene(city);
const tiles = new GroundTiles(scene, 4);
const renderer = createRenderer(city, { tilesPerFrame: 100, tileSlots: 200 });
const day = { sunElevationDeg: 40, sunAzimuthDeg: 200 };
const night = { sunElevationDeg: -30, sunAzimuthDeg: 0 };

const pose = (eastM: number, northM: number, aglM: number, yawDeg: number, pitchDeg: number): CameraPose => ({
  point: frame.toGeo({ eastM, northM }),
  altAmslM: scene.terrain.groundAmslM(eastM, northM) + aglM,
  yawDeg,
  pitchDeg,
  rollDeg: 0,
  hfovDeg: 62,
});
const car = (eastM: number, northM: number, headingDeg = 0): SceneVehicle => ({
  vehicleId: `at ${eastM} ${northM}`,
  eastM,
  northM,
  headingDeg,
  body: "sedan",
  colour: "red",
});
const at = (shot: Frame, x: number, y: number) => {
  const i = Math.floor(y) * shot.width + Math.floor(x);
  const half = (Math.floor(y) >> 1) * (shot.width >> 1) + (Math.floor(x) >> 1);
  const luma = shot.width * shot.height;
  return {
    id: shot.ids[i] ?? 0,
    y: shot.yuv[i] ?? 0,
    u: shot.yuv[luma + half] ?? 0,
    v: shot.yuv[luma + luma / 4 + half] ?? 0,
  };
};
/** Pixels of a row of runs that show no face. */
const skyIn = (row: Int32Array, runs: number): number =>
  Array.from(row.subarray(0, runs), (run, k) =>
    (run & 0xffff) === 0 ? ((row[k + 1] ?? 0) >> 16) - (run >> 16) : 0,
  ).reduce((sum, pixels) => sum + pixels, 0);
const meanLuma = (shot: Frame): number =>
  shot.yuv.subarray(0, shot.width * shot.height).reduce((a, b) => a + b, 0) / (shot.width * shot.height);

describe("camera picture", () => {
  it("is 640 by 360 in YUV 4:2:0, within the limited range", () => {
    const shot = renderer.render(pose(-40, -60, 60, 30, -40), [], [], day);
    expect([shot.width, shot.height, shot.yuv.length]).toEqual([640, 360, 640 * 360 * 1.5]);
    expect(shot.yuv.every((value) => value >= 16 && value <= 240)).toBe(true);
  });

  it("is the same bytes for the same scene, whatever was drawn in between", () => {
    const camera = pose(20, -90, 50, 10, -30);
    const first = renderer.render(camera, [car(45, 30)], [], night).yuv.slice();
    renderer.render(pose(-200, 100, 80, 200, -60), [], [], day);
    expect(Buffer.compare(renderer.render(camera, [car(45, 30)], [], night).yuv, first)).toBe(0);
  });

  it("shows a vehicle's id where the pinhole camera says it is, in the open park", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 25, max: 65, noNaN: true }),
        fc.double({ min: 25, max: 65, noNaN: true }),
        fc.double({ min: 0, max: 360, noNaN: true }),
        fc.double({ min: 25, max: 120, noNaN: true }),
        fc.double({ min: -89, max: -50, noNaN: true }),
        fc.double({ min: -20, max: 20, noNaN: true }),
        (eastM, northM, yawDeg, aglM, pitchDeg, rollDeg) => {
          // The camera looks at the car from a height: no building stands in the park.
          const backM = aglM / Math.tan((-pitchDeg * Math.PI) / 180);
          const yaw = (yawDeg * Math.PI) / 180;
          const camera = {
            ...pose(eastM - backM * Math.sin(yaw), northM - backM * Math.cos(yaw), 0, yawDeg, pitchDeg),
            altAmslM: scene.terrain.groundAmslM(eastM, northM) + 0.7 + aglM,
            rollDeg,
          };
          const vehicle = car(eastM, northM, yawDeg / 2);
          const spot = project(
            viewOf(camera, frame, 640, 360),
            eastM,
            northM,
            scene.terrain.groundAmslM(eastM, northM) + 0.7,
          );
          expect(spot?.x).toBeCloseTo(320, 3);
          expect(spot?.y).toBeCloseTo(180, 3);
          const treeNear = Array.from({ length: scene.furniture.trees.length / 3 }, (_, i) =>
            Math.hypot((scene.furniture.trees[3 * i] ?? 0) - eastM, (scene.furniture.trees[3 * i + 1] ?? 0) - northM),
          ).some((awayM) => awayM < 22);
          const shot = renderer.render(camera, [car(500, 500), vehicle], [], day);
          if (!treeNear) expect(at(shot, 320, 180).id).toBe(2);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("hides a vehicle behind a building, and shows it from the other side", () => {
    const building = scene.buildings[0];
    if (building === undefined) throw new Error("the town has buildings");
    const northM = building.middleN + 19;
    const vehicle = car(building.middleE, northM);
    const seen = (camera: CameraPose): boolean =>
      renderer.render(camera, [vehicle], [], day).ids.some((id) => id === 1);
    expect(seen(pose(building.middleE, building.middleN - 60, 6, 0, -2))).toBe(false);
    expect(seen(pose(building.middleE, northM + 9, 3, 180, -10))).toBe(true);
  });

  it("shows a known building's wall in its own paint and the sky above the horizon", () => {
    const building = scene.buildings.find((b) => b.wall.v > 140 && b.topAmslM - b.baseAmslM > 9);
    if (building === undefined) throw new Error("the town has a brick building");
    const southM = Math.min(...building.ring.filter((_, i) => i % 2 === 1));
    const camera = pose(building.middleE, southM - 9, 8, 0, 0);
    const shot = renderer.render(camera, [], [], { sunElevationDeg: 40, sunAzimuthDeg: 180 });
    const wall = project(viewOf(camera, frame, 640, 360), building.middleE, southM, building.topAmslM - 1.2);
    if (wall === undefined) throw new Error("the wall lies ahead");
    expect(at(shot, wall.x, wall.y).v).toBeGreaterThan(132);
    const up = renderer.render(pose(0, 0, 100, 0, 30), [], [], day);
    expect(at(up, 320, 100).u).toBeGreaterThan(at(up, 320, 100).v + 10);
  });

  it("is dark at night but for lamps, windows and headlights", () => {
    const camera = pose(-40, -60, 60, 30, -35);
    const bright = meanLuma(renderer.render(camera, [], [], day));
    const dark = renderer.render(camera, [], [], night);
    expect(meanLuma(dark)).toBeLessThan(bright * 0.6);
    const warm = Array.from({ length: 640 * 360 }, (_, i) => at(dark, i % 640, Math.floor(i / 640))).filter(
      (p) => p.y > 100 && p.v > p.u + 30,
    );
    expect(warm.length).toBeGreaterThan(100);
    const before = renderer.render(pose(0, -20, 40, 0, -60), [], [], night).yuv.slice();
    const lit = renderer.render(pose(0, -20, 40, 0, -60), [car(2.4, -6, 0)], [], night).yuv;
    const gained = lit.subarray(0, 640 * 360).reduce((sum, y, i) => sum + (y > (before[i] ?? 0) + 20 ? 1 : 0), 0);
    expect(gained).toBeGreaterThan(300);
  });

  it("draws from inside a building, under the ground and from far outside without a fault", () => {
    const building = scene.buildings[5];
    if (building === undefined) throw new Error("the town has buildings");
    for (const camera of [
      pose(building.middleE, building.middleN, 3, 77, -5),
      pose(0, 0, -20, 10, 20),
      pose(40_000, 0, 100, 270, -10),
      { ...pose(0, 0, 50, 0, -90), hfovDeg: 1 },
    ]) {
      const shot = renderer.render(
        camera,
        [car(0, 0)],
        [{ eastM: 1, northM: 1, headingDeg: 0, upper: "red", lower: "blue" }],
        night,
      );
      expect(shot.yuv.every((value) => value > 0)).toBe(true);
    }
  });

  it("is byte for byte what it was where all houses are near, whatever is left out of far ones", () => {
    const sumOf = (camera: CameraPose): number => {
      for (let i = 0; i < 2; i++) renderer.render(camera, [], [], day);
      const bytes = renderer.render(camera, [], [], day).yuv;
      return bytes.reduce((sum, byte) => Math.imul(sum ^ byte, 16_777_619) >>> 0, 2_166_136_261);
    };
    // FNV-1a sums of pictures drawn before far houses were drawn coarsely: a wanted change of near pictures changes them.
    expect(sumOf(pose(0, -60, 60, 0, -45))).toBe(3_148_732_027);
    expect(sumOf(pose(40, 30, 30, 200, -35))).toBe(595_765_211);
    expect(sumOf(pose(-80, 100, 50, 120, -50))).toBe(2_318_584_772);
  });

  it("leaves no roof thinner than a row and no wall thinner than a column to far houses, and shows every front", () => {
    const raster = new Raster(640, 360);
    const facesOf = (detail: BuildingDetail): { roofs: number; walls: number; houses: number } => {
      const faces = new FaceTable();
      const told = { roofs: 0, walls: 0, houses: 0 };
      for (const house of scene.buildings) {
        const view = viewOf(pose(house.middleE, house.middleN - 1_000, 45, 0, -3), frame, 640, 360);
        raster.begin(view);
        faces.begin();
        const before = faces.count;
        const stage = { view, raster, faces, lighting: lightingOf(day), terrain: scene.terrain, tiles };
        paintBuilding(stage, house, new RingScratch(), detail);
        const kinds = Array.from(faces.kind.subarray(before, faces.count));
        const walls = kinds.filter((kind) => kind === faceKinds.wall).length;
        told.walls += walls;
        told.roofs += kinds.length - walls;
        if (walls > 0) told.houses += 1;
      }
      return told;
    };
    const [simple, coarse] = [facesOf("simple"), facesOf("coarse")];
    expect(coarse.houses).toBe(simple.houses);
    expect(simple.houses).toBe(scene.buildings.length);
    expect(coarse.roofs).toBeLessThan(simple.roofs / 2);
    expect(coarse.walls).toBeLessThanOrEqual(simple.walls);
  });

  it("leaves no hole where the ground's triangles meet, near and far", () => {
    for (const camera of [pose(0, 0, 110, 45, -80), pose(-300, -300, 90, 45, -25), pose(100, 0, 40, 250, -40)]) {
      const raster = new Raster(640, 360);
      const view = viewOf(camera, frame, 640, 360);
      raster.begin(view);
      const faces = new FaceTable();
      faces.begin();
      paintGround(
        { view, raster, faces, lighting: lightingOf(day), terrain: scene.terrain, tiles },
        scene.relief,
        2_000,
      );
      // From the first row of ground down to the lower edge every pixel is ground.
      new FaceRuns(640, 360, mostFaces).gather(raster.rows, faces);
      const { entries, starts, counts } = raster.rows;
      const showsSky = Array.from({ length: 360 }, (_, y) => skyIn(entries.subarray(starts[y]), counts[y] ?? 0));
      const first = showsSky.findIndex((sky) => sky < 640);
      const holes = showsSky.slice(first + 3).reduce((sum, sky) => sum + sky, 0);
      expect(first).toBeGreaterThanOrEqual(0);
      expect(first).toBeLessThan(180);
      expect(holes).toBe(0);
    }
  });
});
