import type { AircraftSample, AircraftView } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { SampleStore } from "../../live/index.js";
import { linkFreshness, stripOf } from "./strips.js";

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

describe("a strip of an aircraft that another station moves", () => {
  const view = (control: AircraftView["control"]): AircraftView =>
    // Only what a strip reads.
    ({
      uid: "u",
      callSign: "HERON",
      phase: "enRoute",
      job: "",
      next: "on scene",
      link: "live",
      control,
      inAir: true,
    }) as unknown as AircraftView;
  const strip = (control: AircraftView["control"]) => {
    const samples = new SampleStore(() => 0);
    samples.put("u", { linkAgeMs: 100, ageMs: 100 } as unknown as AircraftSample); // Only its ages are read.
    return stripOf(view(control), samples, "me", 10);
  };
  it("says so first, claims no engaged mode, and says how it is taken back", () => {
    expect(strip("other")).toMatchObject({ notOurs: true, phase: "Another station", phaseTone: "plain", next: "" });
    expect(strip("other").flownBy).toContain("Your next order takes it back");
    expect(strip("ours")).toMatchObject({ notOurs: false, phase: "En route", phaseTone: "engaged" });
  });
});
