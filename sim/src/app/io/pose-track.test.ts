import { describe, expect, it } from "vitest";
import { poseTrack } from "./pose-track.js";

const pose = (latDeg: number, yawDeg: number) => ({
  point: { latDeg, lonDeg: -122 },
  altAmslM: 100,
  yawDeg,
  pitchDeg: -30,
  rollDeg: 0,
  hfovDeg: 60,
});

describe("pose track", () => {
  it("carries motion and turn on, over north the short way", () => {
    const track = poseTrack();
    track.add(1000, pose(37.0, 358));
    track.add(1100, pose(37.001, 0));
    expect(track.at(1150)?.point.latDeg).toBeCloseTo(37.0015, 9);
    expect(track.at(1150)?.yawDeg).toBeCloseTo(1, 9);
  });
  it("goes no further than a quarter of a second, and stands after a gap", () => {
    const track = poseTrack();
    track.add(0, pose(37.0, 10));
    track.add(100, pose(37.001, 10));
    expect(track.at(9000)?.point.latDeg).toBeCloseTo(37.0035, 9);
    track.add(5000, pose(37.002, 10));
    expect(track.at(5100)?.point.latDeg).toBe(37.002);
  });
});
