import { aircraftSample } from "@outrider/contract/testing";
import { describe, expect, it } from "vitest";
import { PoseTrack } from "./pose-track.js";

describe("pose at the capture time", () => {
  it("lies between the samples around it, the short way over north", () => {
    const track = new PoseTrack();
    track.add(aircraftSample({ gimbalYawDeg: 350, altAmslM: 1660, ageMs: 100 }), 1_100);
    track.add(aircraftSample({ gimbalYawDeg: 20, altAmslM: 1664, ageMs: 50 }), 1_250);
    const pose = track.at(1_100);
    expect(pose?.yawDeg).toBeCloseTo(5, 6);
    expect(pose?.altAmslM).toBeCloseTo(1662, 6);
  });

  it("is carried on by speed for half a second and then unknown", () => {
    const track = new PoseTrack();
    track.add(aircraftSample({ velNorthMps: 15, velDownMps: -2 }), 1_000);
    const pose = track.at(1_400);
    expect(((pose?.point.latDeg ?? 0) - 39.74) * 111_320).toBeCloseTo(6, 3);
    expect(pose?.altAmslM).toBeCloseTo(1660.8, 6);
    expect(track.at(1_501)).toBeUndefined();
    expect(track.at(400)).toBeUndefined();
  });

  it("is unknown without a position or a gimbal that can be trusted, and across a gap of samples", () => {
    const noGimbal = new PoseTrack();
    noGimbal.add(aircraftSample({ gimbalOk: false }), 1_000);
    expect(noGimbal.at(1_000)).toBeUndefined();
    const gap = new PoseTrack();
    gap.add(aircraftSample(), 1_000);
    gap.add(aircraftSample(), 5_000);
    expect(gap.at(3_000)).toBeUndefined();
    expect(new PoseTrack().at(0)).toBeUndefined();
  });
});
