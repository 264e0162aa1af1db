import type { CameraSeeing, StreamView } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { cameraNumbers, cameraTiles, playingNow, seeingWords } from "./cameraOrder.js";

const cam = (cameraId: string, sees: CameraSeeing["sees"], distanceM: number, shared = true): CameraSeeing => ({
  cameraId,
  name: `Camera ${cameraId}`,
  distanceM,
  sees,
  shared,
  text: "",
  picture: shared,
});
const stream = (cameraId: string, state: StreamView["state"], rest: Partial<StreamView> = {}): StreamView => ({
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
  ...rest,
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
  const tiles = (streams: readonly StreamView[], playing: readonly string[], of = cameras) =>
    cameraTiles({
      cameras: of,
      streams,
      playing: new Set(playing),
      looking: (id) => (id === "turn" ? "W, 12° down" : ""),
      units: "imperial",
    });
  it("say whether their picture can be shown, and if not, what can be done", () => {
    const told = tiles([stream("near", "live"), stream("far", "late"), stream("part", "live")], ["near", "far"]);
    expect(told.map((t) => [t.cameraId, t.state, t.ageMs])).toEqual([
      ["near", "sees", 400],
      ["far", "late", 400],
      ["turn", "closed", undefined],
      ["part", "notShared", undefined],
    ]);
    expect(told[0]?.text).toBe("sees the place, 40 ft");
    expect(told[2]?.text).toContain("looks W, 12° down");
  });
  it("tell a camera being opened from one that cannot be reached and one that has no stream", () => {
    const told = (s: readonly StreamView[], of = cameras) => tiles(s, ["near"], of)[0];
    expect(told([])?.state).toBe("opening");
    expect(told([stream("near", "none", { cause: "opening" })])?.state).toBe("opening");
    const away = told([stream("near", "none", { cause: "unreachable", why: "The camera is out of reach." })]);
    expect([away?.state, away?.why, away?.ageMs]).toEqual(["dark", "The camera is out of reach.", undefined]);
    expect(told([], [{ ...cam("near", "sees", 12), picture: false }])?.state).toBe("dark");
    expect(told([stream("near", "frozen", { why: "No packets for 4.0 s." })])?.why).toBe("No packets for 4.0 s.");
  });
  it("play at most four, those asked for before those that see best, and never one whose owner keeps it", () => {
    const many = ["a", "b", "c", "d", "e", "f"].map((id, i) => cam(id, "sees", 10 + i, id !== "b"));
    expect([...playingNow(many, [])]).toEqual(["a", "c", "d", "e"]);
    expect([...playingNow(many, ["f", "b", "unknown"])]).toEqual(["f", "a", "c", "d"]);
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
