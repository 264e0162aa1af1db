import { rayThroughPixel } from "@outrider/geo";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CityModel, localFrame, packPaths, surfaceOf, toLatLon } from "../../world/index.js";
import { chooseStreets, pictureCamera, placeInPicture, placeStreet, seesGround } from "./pictureGeometry.js";

const frame = localFrame({ latDeg: 37.77, lonDeg: -122.45 });
const size = { widthPx: 760, heightPx: 428 };
/** Flat ground at 80 m, a street east to west at y = 0, one north to south at x = 0, and a tower beside them. */
const city: CityModel = {
  id: "test",
  frame,
  terrain: { cols: 2, rows: 2, x0M: -1000, y0M: -1000, stepM: 2000, heightAmslM: new Float32Array(4).fill(80) },
  buildings: {
    ...packPaths([[100, 150, 400, 150, 400, 400, 100, 400]]),
    heightM: Float32Array.of(60),
    baseAmslM: Float32Array.of(80),
  },
  roads: {
    ...packPaths([
      [-3000, 0, 3000, 0],
      [0, -3000, 0, 3000],
      [-3000, 900, 3000, 900],
    ]),
    kindIndex: new Uint8Array(3),
    widthM: new Float32Array(3).fill(10),
    level: new Int8Array(3),
    names: ["Haight St", "Masonic Ave", ""],
  },
  areas: { ...packPaths([]), kinds: [] },
  attribution: "",
  centreXM: 0,
  centreYM: 0,
  radiusM: 1000,
};
const surface = surfaceOf(city);
const pose = (over: Partial<Parameters<typeof pictureCamera>[0]> = {}) =>
  pictureCamera(
    {
      point: toLatLon(frame, 0, -80),
      altAmslM: 140,
      yawDeg: 0,
      pitchDeg: -38,
      rollDeg: 0,
      hfovDeg: 62,
      ...over,
    },
    frame,
    16 / 9,
  );

describe("overlay of the picture", () => {
  it("puts a place where the ray through that point of the picture meets the ground", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        fc.double({ min: 0.3, max: 0.95, noNaN: true }),
        fc.double({ min: 0, max: 359, noNaN: true }),
        (u, v, yawDeg) => {
          const camera = pose({ yawDeg });
          const ray = rayThroughPixel(camera, { u, v });
          const k = (80.5 - camera.altAmslM) / ray.up;
          const at = toLatLon(frame, camera.eastM + ray.east * k, camera.northM + ray.north * k);
          const back = placeInPicture(camera, city, at);
          if (back.kind !== "ahead") throw new Error("what is seen lies ahead");
          expect(back.u).toBeCloseTo(u, 4);
          expect(back.v).toBeCloseTo(v, 4);
        },
      ),
    );
  });

  it("turns a street's name along its road and never on its head", () => {
    for (const along of [1, -1]) {
      const anchor = { name: "Haight St", xM: 0, yM: 0, alongX: along, alongY: 0 };
      expect(placeStreet(pose(), city, anchor, size)?.turnDeg).toBeCloseTo(0, 3);
    }
    const rolled = placeStreet(pose({ rollDeg: 20 }), city, { name: "x", xM: 0, yM: 0, alongX: 1, alongY: 0 }, size);
    expect(rolled?.turnDeg).toBeLessThan(-15);
  });

  it("names no road behind the camera or outside the picture", () => {
    const behind = { name: "Haight St", xM: 0, yM: -200, alongX: 1, alongY: 0 };
    expect(placeStreet(pose(), city, behind, size)).toBeUndefined();
    expect(placeStreet(pose({ yawDeg: 180 }), city, { ...behind, yM: 0 }, size)).toBeUndefined();
  });

  it("does not see ground behind a roof", () => {
    expect(seesGround(pose(), surface, 0, 0)).toBe(true);
    expect(seesGround(pose({ point: toLatLon(frame, 25, -80) }), surface, 25, 60)).toBe(false);
  });

  it("gives each name once, leaves out nameless roads and roads behind the tower", () => {
    const names = chooseStreets(pose(), city, surface, size, []).map((a) => a.name);
    expect([...names].sort()).toEqual(["Haight St", "Masonic Ave"]);
    const hidden = chooseStreets(pose({ point: toLatLon(frame, 25, -80), hfovDeg: 20 }), city, surface, size, []);
    for (const a of hidden) expect(a.yM < 16 || a.xM < 10 || a.xM > 40).toBe(true);
  });

  it("keeps names away from pins", () => {
    const camera = pose();
    const pin = placeInPicture(camera, city, toLatLon(frame, 0, 0));
    if (pin.kind !== "ahead") throw new Error("ahead");
    for (const a of chooseStreets(camera, city, surface, size, [pin])) {
      const placed = placeStreet(camera, city, a, size);
      if (placed === undefined) throw new Error("chosen names have a place");
      expect(Math.hypot((placed.u - pin.u) * 760, (placed.v - pin.v) * 428)).toBeGreaterThanOrEqual(80);
    }
  });
});
