import type { AircraftSample } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { SampleStore } from "../../live/index.js";
import { linkFreshness } from "./strips.js";

function heard(linkAgeMs: number, ageMs: number, sinceMs: number) {
  let nowMs = 0;
  const samples = new SampleStore(() => nowMs);
  // Only its ages are read here.
  samples.put("heron", { linkAgeMs, ageMs } as unknown as AircraftSample);
  nowMs = sinceMs;
  return linkFreshness(samples, "heron");
}

describe("freshness of a link", () => {
  it("stays live between two heartbeats while positions come", () => {
    expect(heard(1_100, 80, 50)).toBe("live");
  });

  it("is late when neither heartbeat nor position has come for a second, and lost after three and a half", () => {
    expect(heard(300, 100, 950)).toBe("late");
    expect(heard(300, 100, 3_390)).toBe("late");
    expect(heard(300, 100, 3_400)).toBe("lost");
  });

  it("is never seen before anything was heard", () => {
    expect(linkFreshness(new SampleStore(() => 0), "heron")).toBe("never");
  });
});
