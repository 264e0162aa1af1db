import type { CameraPose } from "@outrider/contract";
import { localFrame } from "@outrider/geo";
import { describe, expect, it } from "vitest";
import { cityScene } from "./city-scene.js";
import { warmestSurface } from "./heat.js";
import { type SceneSignals, signalLamps } from "./paint-signals.js";
import { createRenderer } from "./renderer.js";
import { testCity } from "./test-city.js";
import { project, viewOf } from "./view.js";

const city = testCity(6);
const frame = localFrame(city.origin);
const { terrain } = cityScene(city);
const renderer = createRenderer(city, { tilesPerFrame: 100, tileSlots: 200 });
const hours = {
  day: { sunElevationDeg: 40, sunAzimuthDeg: 200 },
  night: { sunElevationDeg: -30, sunAzimuthDeg: 0 },
};
/** A head for those who drive north into the crossing in the middle of the town, at its kerb. */
const foot = { eastM: 6.5, northM: -9 };
const showing = (lamp: (typeof signalLamps)[number], towardsDeg = 0): SceneSignals => ({
  places: Float64Array.of(foot.eastM, foot.northM, towardsDeg),
  lit: Uint8Array.of(signalLamps.indexOf(lamp)),
});
const groundM = terrain.groundAmslM(foot.eastM, foot.northM);
const liesM = { red: 4.83, amber: 4.5, green: 4.17 } as const;

const from = (northM: number, aglM: number, yawDeg: number, pitchDeg: number, hfovDeg = 62): CameraPose => ({
  point: frame.toGeo({ eastM: 5, northM }),
  altAmslM: groundM + aglM,
  yawDeg,
  pitchDeg,
  rollDeg: 0,
  hfovDeg,
});
const coming = from(-30, 5, 0, 0);
const drawn = (pose: CameraPose, signals: SceneSignals | undefined, hour: keyof typeof hours) => {
  // The first picture of an hour lights the ground anew as it goes.
  renderer.render(pose, [], [], hours[hour], "light", signals);
  return renderer.render(pose, [], [], hours[hour], "light", signals).yuv.slice();
};
const chromaAt = (yuv: Uint8Array, pose: CameraPose, upM: number, besideM = 0) => {
  const spot = project(viewOf(pose, frame, 640, 360), foot.eastM + besideM, foot.northM - 0.14, groundM + upM);
  if (spot === undefined) throw new Error("it lies ahead");
  const half = (Math.floor(spot.y) >> 1) * 320 + (Math.floor(spot.x) >> 1);
  const luma = 640 * 360;
  return { u: (yuv[luma + half] ?? 0) - 128, v: (yuv[luma + luma / 4 + half] ?? 0) - 128 };
};
const seems = ({ u, v }: { u: number; v: number }): string => {
  if (v > 30) return u < -45 ? "amber" : "red";
  return v < -30 ? "green" : "dark";
};
const changed = (a: Uint8Array, b: Uint8Array): number => a.reduce((sum, y, i) => sum + (y === b[i] ? 0 : 1), 0);

describe("traffic lights in the picture", () => {
  it.each(signalLamps.flatMap((lamp) => [["day", lamp] as const, ["night", lamp] as const]))(
    "show those who come the lamp that is lit and no other, by %s: %s",
    (hour, lamp) => {
      const yuv = drawn(coming, showing(lamp), hour);
      for (const other of signalLamps)
        if (hour === "day") expect(seems(chromaAt(yuv, coming, liesM[other]))).toBe(other === lamp ? lamp : "dark");
      expect(seems(chromaAt(yuv, coming, liesM[lamp]))).toBe(lamp);
    },
  );

  it("are dark from behind, by day and night, and look the same whatever they show", () => {
    const behind = from(12, 5, 180, 0);
    for (const hour of ["day", "night"] as const) {
      const red = drawn(behind, showing("red"), hour);
      expect(seems(chromaAt(red, behind, liesM.red))).toBe("dark");
      expect(changed(red, drawn(behind, showing("green"), hour))).toBe(0);
      expect(changed(red, drawn(behind, undefined, hour))).toBeGreaterThan(50);
    }
  });

  it("tell their colour to an aircraft at 60 m, where a lamp is hardly wider than a pixel", () => {
    const aerial = from(-80, 60, 0, -40);
    for (const hour of ["day", "night"] as const) {
      const colours = signalLamps.map((lamp) => chromaAt(drawn(aerial, showing(lamp), hour), aerial, liesM[lamp]));
      expect(colours.map(seems)).toEqual([...signalLamps]);
    }
  });

  it("glow a little beside the head at night, and not by day", () => {
    const beside = (hour: keyof typeof hours, besideM: number): number =>
      chromaAt(drawn(coming, showing("red"), hour), coming, liesM.red, besideM).v -
      chromaAt(drawn(coming, undefined, hour), coming, liesM.red, besideM).v;
    expect(beside("night", 0.28)).toBeGreaterThan(8);
    expect(beside("night", 0.6)).toBe(0);
    expect(beside("day", 0.28)).toBe(0);
  });

  it("are left out where a head is narrower than a pixel, unless a long lens brings it near", () => {
    const far = from(-230, 40, 0, -10);
    expect(changed(drawn(far, showing("red"), "night"), drawn(far, undefined, "night"))).toBe(0);
    const near = { ...far, hfovDeg: 12 };
    expect(changed(drawn(near, showing("red"), "night"), drawn(near, undefined, "night"))).toBeGreaterThan(0);
  });

  it("are small boxes in the heat picture, without a colour and never so warm that they pass for a person", () => {
    const bare = renderer.render(coming, [], [], hours.night, "heat").yuv.slice();
    const heat = renderer.render(coming, [], [], hours.night, "heat", showing("red")).yuv;
    const own = heat.subarray(0, 640 * 360).filter((y, i) => y !== bare[i]);
    expect(own.length).toBeGreaterThan(50);
    expect(Math.max(...own)).toBeLessThanOrEqual(warmestSurface);
    expect(heat.subarray(640 * 360).every((chroma) => chroma === 128)).toBe(true);
  });
});
