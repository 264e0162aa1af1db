import { describe, expect, it } from "vitest";
import { type CameraPose, eyeOf, FLY_MS, flightAt, kept, orbited, panned, poseFrom } from "./cameraPose.js";

const pose: CameraPose = { xM: 0, yM: 0, upM: 50, distanceM: 1000, bearingDeg: 350, pitchDeg: 40, fovDeg: 40 };

describe("camera pose", () => {
  it("gives back the eye it was made from", () => {
    const p = poseFrom([10, 1570, 760], [238, 262, 75], 43);
    const [x, up, south] = eyeOf(p);
    expect(x).toBeCloseTo(10, 6);
    expect(up).toBeCloseTo(760, 6);
    expect(south).toBeCloseTo(-1570, 6);
  });

  it("flies the short way round and ends exactly at its aim", () => {
    const to = { ...pose, bearingDeg: 10, distanceM: 300 };
    const flight = { from: pose, to, startMs: 0, durationMs: FLY_MS };
    const half = flightAt(flight, FLY_MS / 2).pose.bearingDeg;
    expect(half > 350 || half < 10).toBe(true);
    const end = flightAt(flight, FLY_MS);
    expect(end.done).toBe(true);
    expect(end.pose.bearingDeg).toBeCloseTo(10, 6);
    expect(end.pose.distanceM).toBeCloseTo(300, 6);
  });

  it("cuts when the person asked for less motion", () => {
    expect(flightAt({ from: pose, to: { ...pose, xM: 500 }, startMs: 0, durationMs: 0 }, 0).pose.xM).toBe(500);
  });

  it("pulls the ground with the hand: dragging right moves the target left of the view", () => {
    const north = { ...pose, bearingDeg: 0 };
    expect(panned(north, 100, 0, 800).xM).toBeLessThan(0);
    expect(panned(north, 0, 100, 800).yM).toBeGreaterThan(0);
  });

  it("never tips over the top or under the horizon, and never leaves the model", () => {
    expect(orbited(pose, 0, 10_000).pitchDeg).toBeLessThan(90);
    expect(orbited(pose, 0, -10_000).pitchDeg).toBeGreaterThan(0);
    const far = kept({ ...pose, xM: 9000 }, 0, 0, 1400, () => 12);
    expect(far.xM).toBeCloseTo(1400);
    expect(far.upM).toBe(12);
  });
});
