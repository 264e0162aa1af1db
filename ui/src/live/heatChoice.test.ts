import type { StreamView } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { type HeatWish, heatButton, heatChoice } from "./heatChoice.js";

const stream = (over: Partial<StreamView>): StreamView => ({
  cameraId: "osprey",
  name: "OSPREY",
  uid: "osprey",
  handle: 1,
  state: "live",
  why: "",
  ageMs: 100,
  fps: 10,
  latencyMs: 100,
  timeKnown: true,
  pose: undefined,
  ...over,
});
const light = stream({ heatCameraId: "osprey.heat" });
const heat = (over: Partial<StreamView> = {}): StreamView =>
  stream({ cameraId: "osprey.heat", name: "OSPREY heat", thermal: true, ...over });
const asks: HeatWish = { wanted: true, lost: undefined, askedMs: 1_000 };
const choose = (wish: HeatWish, streams: readonly StreamView[], nowMs = 2_000, of: StreamView | undefined = light) =>
  heatChoice(of, streams, wish, "OSPREY", nowMs);

describe("heatChoice", () => {
  it("shows light until heat is asked for", () => {
    expect(choose({ ...asks, wanted: false }, [light, heat()])).toMatchObject({
      stream: light,
      heat: false,
      words: "",
    });
  });

  it("opens the heat picture by looking at it, marked as heat before the station knows of it", () => {
    const choice = choose(asks, [light]);
    expect(choice.stream).toMatchObject({ cameraId: "osprey.heat", uid: "osprey", thermal: true, state: "none" });
    expect(choice).toMatchObject({ heat: true, words: "" });
    const told = heat();
    expect(choose(asks, [light, told]).stream).toBe(told);
  });

  it("says that an aircraft has no heat camera, and shows light", () => {
    const plain = stream({});
    expect(choose(asks, [plain], 2_000, plain)).toMatchObject({
      stream: plain,
      heat: false,
      offered: false,
      words: "OSPREY has no heat camera. This is visible light.",
    });
  });

  it("waits for the first picture, then falls back to light with the cause", () => {
    const closed = heat({ state: "none", why: "The camera cannot be reached." });
    expect(choose(asks, [light, closed], 5_000)).toMatchObject({ heat: true });
    const lost = choose(asks, [light, closed], 9_500);
    expect(lost).toMatchObject({
      stream: light,
      heat: false,
      words: "No heat picture: The camera cannot be reached. This is visible light.",
    });
    expect(heatButton(lost)).toBe("Heat again");
    expect(choose(asks, [light], 9_500).heat).toBe(false);
  });

  it("keeps a short stop veiled, and gives way to light when it lasts", () => {
    const stopped = (ageMs: number) => [light, heat({ state: "frozen", ageMs, why: "No packets for 6 s." })];
    expect(choose(asks, stopped(3_500), 60_000).heat).toBe(true);
    expect(choose(asks, stopped(6_200), 60_000)).toMatchObject({
      heat: false,
      words: "No heat picture: it stopped. No packets for 6 s. This is visible light.",
    });
  });

  it("does not take the last picture of an earlier visit for a camera that has stopped", () => {
    const earlier = heat({ state: "frozen", ageMs: 9_000, why: "No packets for 9 s." });
    expect(choose(asks, [light, earlier], 2_000).heat).toBe(true);
    expect(choose(asks, [light, earlier], 9_500).heat).toBe(false);
  });

  it("keeps the last heat picture under its veil where light has stopped as well", () => {
    const dark = { ...light, state: "frozen" as const };
    const stopped = heat({ state: "frozen", ageMs: 9_000 });
    expect(choose(asks, [dark, stopped], 60_000, dark)).toMatchObject({ stream: stopped, heat: true });
  });

  it("does not flap: what was lost stays light until the person asks anew", () => {
    const wish = { ...asks, lost: { cameraId: "osprey.heat", why: "it stopped." } };
    expect(choose(wish, [light, heat()], 60_000)).toMatchObject({ stream: light, heat: false });
    expect(choose({ ...wish, lost: undefined, askedMs: 60_000 }, [light, heat()], 60_100).heat).toBe(true);
  });

  it("names on its button what the press will show", () => {
    expect(heatButton(choose({ ...asks, wanted: false }, [light]))).toBe("Heat");
    expect(heatButton(choose(asks, [light, heat()]))).toBe("Colour");
  });
});
