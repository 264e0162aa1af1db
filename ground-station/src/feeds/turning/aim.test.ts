import type { FixedCameraConfig } from "@outrider/contract";
import { radOf } from "@outrider/geo";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flatWorld } from "../../app/testing/flat-world.js";
import { placeCamera } from "../../coverage/index.js";
import { spaces, toCamera, toHead } from "../onvif/ptz-scale.js";
import { aimAtPlace, aimGapDeg, aimOf, headOf, hfovAt, homeAim, privacyZoneAt, stepOf, steppedAim } from "./aim.js";

const world = flatWorld();
const { frame } = world;
const config: FixedCameraConfig = {
  cameraId: "cam",
  name: "Corner",
  kind: "camera",
  point: frame.toGeo({ eastM: 20, northM: -30 }),
  heightAglM: 8,
  azimuthDeg: 350,
  pitchDeg: -12,
  hfovDeg: 75,
  rangeM: 200,
  shared: true,
  ptz: true,
};
const placed = placeCamera(config, world);
const scale = {
  spherical: undefined,
  generic: { x: [-1, 1], y: [-1, 1] },
  zoom: [0, 1],
  reach: { panDeg: [-180, 180], tiltDeg: [-90, 15] },
  zoomMax: 20,
} as const;
const metres = fc.double({ min: -180, max: 180, noNaN: true });

describe("where a fixed camera has to look", () => {
  it("meets a person at the place, whatever the place", () => {
    fc.assert(
      fc.property(metres, metres, (eastM, northM) => {
        fc.pre(Math.hypot(eastM - 20, northM + 30) > 2);
        const { azimuthDeg, pitchDeg } = aimAtPlace(placed, frame.toGeo({ eastM, northM }), world);
        const flatM = Math.hypot(eastM - placed.camera.eastM, northM - placed.camera.northM);
        expect(placed.camera.eastM + flatM * Math.sin(radOf(azimuthDeg))).toBeCloseTo(eastM, 3);
        expect(placed.camera.northM + flatM * Math.cos(radOf(azimuthDeg))).toBeCloseTo(northM, 3);
        expect(placed.camera.altAmslM + flatM * Math.tan(radOf(pitchDeg))).toBeCloseTo(1601.5, 3);
      }),
    );
  });

  it("shows some forty metres around the place where its zoom is known, never wider or nearer than it can", () => {
    const at = (northM: number) => aimAtPlace(placed, frame.toGeo({ eastM: 20, northM }), world, 20).hfovDeg ?? 0;
    expect(2 * 100 * Math.tan(radOf(at(70)) / 2)).toBeCloseTo(40, 0);
    expect(at(-25)).toBe(75);
    expect(aimAtPlace(placed, config.point, world).hfovDeg).toBeUndefined();
  });

  it("goes to the head's degrees and the camera's own numbers, and comes back the same", () => {
    const aims = fc.record({
      azimuthDeg: fc.double({ min: 0, max: 359.9, noNaN: true }),
      pitchDeg: fc.double({ min: -90, max: 15, noNaN: true }),
      hfovDeg: fc.double({ min: hfovAt(75, 20), max: 75, noNaN: true }),
    });
    fc.assert(
      fc.property(aims, fc.boolean(), (aim, degrees) => {
        const one = degrees ? { ...scale, spherical: { x: [-180, 180], y: [-90, 15] } as const } : scale;
        const scaled = toCamera(headOf(aim, config), one);
        if (scaled.kind === "cannot") throw new Error(scaled.why);
        expect(scaled.position.panTilt?.space).toBe(degrees ? spaces.spherical : spaces.generic);
        const head = toHead(scaled.position, one);
        expect(head && aimGapDeg(aimOf(head, config), aim)).toBeLessThan(1e-6);
      }),
    );
  });

  it("is said to be out of reach, and never cut to something near", () => {
    const up = toCamera(headOf({ azimuthDeg: 0, pitchDeg: 30 }, config), scale);
    expect(up).toEqual({ kind: "cannot", why: "It does not tilt that far: -90° to 15° over the horizon." });
    const narrow = { ...scale, reach: { ...scale.reach, panDeg: [-90, 90] } as const };
    expect(toCamera(headOf({ azimuthDeg: 170, pitchDeg: 0 }, config), narrow).kind).toBe("cannot");
    expect(toCamera(headOf(homeAim(config), config), { ...scale, reach: undefined }).kind).toBe("cannot");
  });

  it("moves by a quarter of what is seen, and no nearer than its lens", () => {
    const step = stepOf({ right: 1, up: 0, nearer: 0 }, 40);
    expect(step).toEqual({ panDeg: 10, tiltDeg: 0, zoomTimes: 1 });
    expect(steppedAim({ azimuthDeg: 355, pitchDeg: -12, hfovDeg: 40 }, step, config, 20).azimuthDeg).toBeCloseTo(5, 6);
    const near = steppedAim(
      { azimuthDeg: 0, pitchDeg: 0, hfovDeg: hfovAt(75, 20) },
      { ...step, zoomTimes: 4 },
      config,
      20,
    );
    expect(near.hfovDeg).toBeCloseTo(hfovAt(75, 20), 9);
  });

  it("finds the privacy zone in which the middle of the picture lies, and none beside it", () => {
    const ring = [
      { eastM: 10, northM: 0 },
      { eastM: 30, northM: 0 },
      { eastM: 30, northM: 20 },
      { eastM: 10, northM: 20 },
    ];
    const zones = [{ name: "School", ring }];
    const into = aimAtPlace(placed, frame.toGeo({ eastM: 20, northM: 8 }), world);
    expect(privacyZoneAt(into, placed, world, zones)).toBe("School");
    const over = aimAtPlace(placed, frame.toGeo({ eastM: 20, northM: 60 }), world);
    expect(privacyZoneAt(over, placed, world, zones)).toBeUndefined();
    expect(privacyZoneAt({ azimuthDeg: 0, pitchDeg: 10 }, placed, world, zones)).toBeUndefined();
  });
});
