import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { distanceM, turnDeg } from "../enu/index.js";
import { pointInRing } from "../polygon/index.js";
import {
  type CameraPose,
  castRay,
  ellipseOf,
  footprint,
  groundToPixel,
  nearestGroundPixelsPerM,
  pixelsPerM,
  pixelToGround,
  rayThroughPixel,
  SIGMA_TO_90,
  SIGMAS_DEFAULT,
} from "./index.js";

const level = (altM: number) => () => altM;
const pose = (over: Partial<CameraPose>): CameraPose => ({
  eastM: 0,
  northM: 0,
  altAmslM: 60,
  yawDeg: 0,
  pitchDeg: -45,
  rollDeg: 0,
  hfovDeg: 60,
  aspect: 16 / 9,
  ...over,
});
const share = fc.double({ min: 0.02, max: 0.98, noNaN: true });
const anyPose = fc
  .record({
    yawDeg: fc.double({ min: 0, max: 360, noNaN: true }),
    pitchDeg: fc.double({ min: -90, max: -40, noNaN: true }),
    rollDeg: fc.double({ min: -15, max: 15, noNaN: true }),
    hfovDeg: fc.double({ min: 5, max: 70, noNaN: true }),
    altAmslM: fc.double({ min: 30, max: 200, noNaN: true }),
  })
  .map(pose);

describe("pinhole camera", () => {
  it("goes from pixel to ground to pixel", () => {
    fc.assert(
      fc.property(anyPose, share, share, (camera, u, v) => {
        const hit = castRay(camera, rayThroughPixel(camera, { u, v }), level(5), { rangeM: 4000 });
        if (hit === undefined) return;
        const back = groundToPixel(camera, hit);
        if (back.kind !== "ahead") throw new Error("what was seen must lie ahead");
        expect(back.u).toBeCloseTo(u, 3);
        expect(back.v).toBeCloseTo(v, 3);
        expect(back.slantM).toBeCloseTo(hit.slantM, 6);
        expect(back.inFrame).toBe(true);
      }),
    );
  });

  it("looks where its yaw and pitch say, right side of the picture to the right", () => {
    const middle = rayThroughPixel(pose({ yawDeg: 90, pitchDeg: 0 }), { u: 0.5, v: 0.5 });
    expect([middle.east, middle.north, middle.up].map((x) => Math.round(x * 1e9) / 1e9)).toEqual([1, 0, 0]);
    expect(rayThroughPixel(pose({ yawDeg: 90, pitchDeg: 0 }), { u: 1, v: 0.5 }).north).toBeLessThan(0);
    expect(rayThroughPixel(pose({ pitchDeg: 0 }), { u: 0.5, v: 0 }).up).toBeGreaterThan(0);
    expect(rayThroughPixel(pose({ pitchDeg: 0, rollDeg: 10 }), { u: 1, v: 0.5 }).up).toBeLessThan(0);
    expect(groundToPixel(pose({ pitchDeg: 0 }), { eastM: 0, northM: -10, altAmslM: 60 }).kind).toBe("behind");
  });

  it("covers what projects into the picture, and nothing that does not", () => {
    fc.assert(
      fc.property(
        anyPose,
        fc.double({ min: -200, max: 200, noNaN: true }),
        fc.double({ min: -200, max: 200, noNaN: true }),
        (camera, e, n) => {
          const ring = footprint(camera, level(0), { rangeM: 3000, perEdge: 16 });
          const seen = groundToPixel(camera, { eastM: e, northM: n, altAmslM: 0 });
          const onEdge =
            seen.kind === "ahead" && [seen.u, seen.v, 1 - seen.u, 1 - seen.v].some((x) => Math.abs(x) < 0.02);
          if (!onEdge) expect(pointInRing({ eastM: e, northM: n }, ring)).toBe(seen.kind === "ahead" && seen.inFrame);
        },
      ),
    );
  });

  it("cuts a footprint with the horizon in frame at the range, and has none where only sky shows", () => {
    const ring = footprint(pose({ pitchDeg: -5 }), level(0), { rangeM: 400 });
    expect(Math.max(...ring.map((p) => distanceM(p, { eastM: 0, northM: 0 })))).toBeCloseTo(400, 3);
    expect(footprint(pose({ pitchDeg: 40 }), level(0), { rangeM: 400 })).toEqual([]);
  });

  it("stops at the roof in front of the ground", () => {
    const wall = (_e: number, n: number) => (n > 30 && n < 40 ? 50 : 0);
    const hit = castRay(pose({}), rayThroughPixel(pose({}), { u: 0.5, v: 0.5 }), wall, { rangeM: 300 });
    expect(hit?.northM).toBeCloseTo(30, 1);
  });

  it.each([
    [0, 60, 1920, 8.7],
    [-10, 60, 1920, 13.4],
    [-10, 60, 3840, 26.8],
    [-10, 12.5, 1920, 34.2],
    [0, 12.5, 1920, 8.9],
  ])(
    "pitched %d° with HFOV %d° and %d px shows the nearest ground at %d px/m (flight.md 7.5)",
    (pitchDeg, hfovDeg, widthPx, ppm) => {
      const halfV = Math.tan((((hfovDeg === 60 ? 35 : 7) / 2) * Math.PI) / 180);
      const camera = pose({ pitchDeg, hfovDeg, aspect: Math.tan((hfovDeg * Math.PI) / 360) / halfV });
      expect(nearestGroundPixelsPerM(camera, 60, widthPx)).toBeCloseTo(ppm, 0);
    },
  );

  it("needs an HFOV of 5.9° for 62 px/m at 300 m", () => {
    expect(pixelsPerM(1920, 5.9, 300)).toBeCloseTo(62, 0);
  });
});

describe("place of a click", () => {
  const velocity = { eastMps: 15, northMps: 0 };
  it.each([
    [60, -90, 3.6],
    [60, -60, 5.0],
    [60, -45, 7.1],
    [60, -30, 11.5],
    [120, -45, 8.1],
    [120, -30, 13.7],
  ])("from %d m at %d° has a 90 %% half axis of %d m (correlation.md 7.6)", (altAmslM, pitchDeg, semiMajorM) => {
    const fix = pixelToGround(pose({ altAmslM, pitchDeg }), SIGMAS_DEFAULT, { u: 0.5, v: 0.5 }, level(0), {
      rangeM: 1000,
      velocity,
    });
    if (fix.kind !== "fix") throw new Error("must be a fix");
    expect(Math.abs((fix.ellipse.semiMajorM * SIGMA_TO_90) / semiMajorM - 1)).toBeLessThan(0.06);
  });

  it("is less certain along the line of sight, and where the ground falls away", () => {
    const camera = pose({ yawDeg: 30, pitchDeg: -30 });
    const flat = pixelToGround(camera, SIGMAS_DEFAULT, { u: 0.5, v: 0.5 }, level(0), { rangeM: 1000 });
    const falling = (e: number, n: number) => -0.15 * (e * Math.sin(Math.PI / 6) + n * Math.cos(Math.PI / 6));
    const steep = pixelToGround(camera, SIGMAS_DEFAULT, { u: 0.5, v: 0.5 }, falling, { rangeM: 1000, ground: falling });
    if (flat.kind !== "fix" || steep.kind !== "fix") throw new Error("must be fixes");
    expect(Math.abs(turnDeg(flat.ellipse.bearingDeg, 30))).toBeLessThan(1);
    expect(steep.ellipse.semiMajorM).toBeGreaterThan(flat.ellipse.semiMajorM * 1.2);
  });

  it("is refused near the horizon and in the sky", () => {
    const options = { rangeM: 3000 };
    expect(pixelToGround(pose({ pitchDeg: -10 }), SIGMAS_DEFAULT, { u: 0.5, v: 0.5 }, level(0), options).kind).toBe(
      "tooShallow",
    );
    expect(pixelToGround(pose({ pitchDeg: 20 }), SIGMAS_DEFAULT, { u: 0.5, v: 0.2 }, level(0), options).kind).toBe(
      "noGround",
    );
  });

  it("turns a covariance into its axes", () => {
    expect(ellipseOf({ ee: 4, en: 0, nn: 25 })).toMatchObject({ semiMajorM: 5, semiMinorM: 2, bearingDeg: 0 });
    expect(ellipseOf({ ee: 25, en: 0, nn: 4 }).bearingDeg).toBeCloseTo(90, 9);
    expect(ellipseOf({ ee: 10, en: 6, nn: 10 }).bearingDeg).toBeCloseTo(45, 9);
  });
});
