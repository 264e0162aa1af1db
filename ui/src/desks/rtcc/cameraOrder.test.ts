import type { CameraSeeing, StreamView } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { cameraNumbers, cameraTiles, seeingWords } from "./cameraOrder.js";

const cam = (cameraId: string, sees: CameraSeeing["sees"], distanceM: number, shared = true): CameraSeeing => ({
  cameraId,
  name: `Camera ${cameraId}`,
  distanceM,
  sees,
  shared,
  text: "",
});
const stream = (cameraId: string, state: StreamView["state"]): StreamView => ({
  cameraId,
  name: cameraId,
  uid: undefined,
  handle: 1,
  state,
  why: "",
  ageMs: 400,
  fps: 10,
  latencyMs: undefined,
  timeKnown: true,
  pose: undefined,
});
const cameras = [
  cam("far", "sees", 190),
  cam("turn", "couldTurn", 5),
  cam("near", "sees", 12),
  cam("blind", "no", 3),
  cam("part", "partly", 20, false),
];

describe("cameras that see a place", () => {
  it("come with a picture first, then best view, then nearest, and those that see nothing are left out", () => {
    expect([...cameraNumbers(cameras)]).toEqual([
      ["near", "1"],
      ["far", "2"],
      ["turn", "3"],
      ["part", "4"],
    ]);
  });
  it("say whether their picture can be shown", () => {
    const tiles = cameraTiles(
      cameras,
      [stream("near", "live"), stream("far", "late"), stream("part", "live")],
      "imperial",
    );
    expect(tiles.map((t) => [t.cameraId, t.state, t.ageMs])).toEqual([
      ["near", "sees", 400],
      ["far", "late", 400],
      ["turn", "dark", undefined],
      ["part", "notShared", undefined],
    ]);
    expect(tiles[0]?.text).toBe("sees the place, 40 ft");
  });
  it("counts who sees, who has not shared and what nobody sees", () => {
    expect(seeingWords(cameras, "No camera sees the alley.")).toEqual({
      count: "3 cameras see this place. 1 could turn to it.",
      notShared: "1 owner has not shared.",
      nobody: "No camera sees the alley.",
    });
    expect(seeingWords([], "").count).toBe("No fixed camera sees this place.");
  });
});
