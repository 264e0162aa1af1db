import type { IncidentSummary } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { toLatLon } from "../../world/index.js";
import { heatLayer, heatWords } from "./heatLayer.js";
import { city, frame, square } from "./testing/flatCity.js";

const place = (x: number, y: number) => toLatLon(frame, x, y);

describe("where calls come from and nobody looks", () => {
  it("lights unseen ground by the calls around it, and leaves seen ground and quiet ground dark", () => {
    const unseen = [[square(-450, 0, 440)]];
    const grid = heatLayer(city, unseen, [place(-200, 0), place(-210, 10), place(-700, 0), place(500, 0)]);
    const at = (x: number, y: number): number =>
      grid?.seenBy[Math.floor((y + 900) / 10) * 180 + Math.floor((x + 900) / 10)] ?? -1;
    expect(at(-205, 5)).toBe(3);
    expect(at(-700, 0)).toBe(2);
    expect(at(-450, 400)).toBe(0);
    // A camera sees the ground of the fourth call.
    expect(at(500, 0)).toBe(0);
  });
  it("says nothing before it knows what nobody sees, or before the first call", () => {
    expect(heatLayer(city, [], [place(0, 0)])).toBeUndefined();
    expect(heatLayer(city, [[square(0, 0, 100)]], [])).toBeUndefined();
  });
  it("says in words how many calls it stands on", () => {
    // Only what the words read.
    const call = (openedMs: number) => ({ openedMs }) as IncidentSummary;
    const words = (list: readonly IncidentSummary[]) => heatWords(list, (ms) => `at ${ms}`);
    expect(words([call(7), call(5)])).toBe(
      "lighter where more of 2 calls since at 5 came from, and no fixed camera looks",
    );
    expect(words([call(7)])).toContain("the one call, at 7, came from");
    expect(words([])).toContain("no call yet");
  });
});
