import type { AircraftSample, AircraftView, LaunchView } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { lidsKey, lidsOf } from "./lids.js";

// Only what the function looks at; the rest of a view does not matter here.
const flying = { uid: "heron", inAir: true } as unknown as AircraftView;
const at = (altAglM: number, latDeg = 37.77) => ({
  latest: () => ({ altAglM, latDeg, lonDeg: -122.44 }) as unknown as AircraftSample,
});
const planned = { phase: "proposed", plan: { scene: { point: { latDeg: 37.77, lonDeg: -122.45 } } } } as LaunchView;
const none = { ceilingAglM: 120, units: "imperial" as const, planned: undefined, aircraft: [flying] };

describe("lids of the airspace", () => {
  it("show only within 60 ft of the ceiling", () => {
    expect(lidsOf({ ...none, samples: at(60) })).toEqual([]);
    expect(lidsOf({ ...none, samples: at(101) })).toEqual([]);
    expect(lidsOf({ ...none, samples: at(103) })[0]).toMatchObject({ id: "lid:heron", label: "394 ft ceiling" });
  });

  it("show over the place of a proposal, and no longer once it is decided", () => {
    const over = (phase: LaunchView["phase"]) => lidsOf({ ...none, planned: { ...planned, phase }, samples: at(60) });
    expect(over("proposed").map((l) => l.id)).toEqual(["lid:plan"]);
    expect(over("approved")).toEqual([]);
  });

  it("stand still while the aircraft moves a little below them", () => {
    const key = (latDeg: number) => lidsKey(lidsOf({ ...none, samples: at(110, latDeg) }));
    expect(key(37.77001)).toBe(key(37.77));
    expect(key(37.772)).not.toBe(key(37.77));
  });

  it("are unknown where the site's ceiling is", () => {
    expect(lidsOf({ ...none, ceilingAglM: undefined, samples: at(200) })).toEqual([]);
  });
});
