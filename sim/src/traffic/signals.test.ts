import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aspectAt, offsetOf, signalCycleMs } from "./signals.js";

const time = fc.integer({ min: -4_000_000_000_000, max: 4_000_000_000_000 });

describe("traffic lights", () => {
  it("never let both roads of a crossing go, at any time of any crossing", () => {
    fc.assert(
      fc.property(time, fc.integer({ min: 0, max: signalCycleMs }), (tMs, offsetMs) => {
        const shown = [aspectAt(tMs, offsetMs, 0), aspectAt(tMs, offsetMs, 1)];
        expect(shown.filter((one) => one === "red").length).toBeGreaterThanOrEqual(1);
      }),
    );
  });

  it("follow from run time, seed and place alone, and come round", () => {
    fc.assert(
      fc.property(time, fc.integer(), fc.integer({ min: -3000, max: 3000 }), (tMs, seed, eastM) => {
        const offset = offsetOf(seed, eastM, 7);
        expect(offsetOf(seed, eastM, 7)).toBe(offset);
        expect(offset).toBeGreaterThanOrEqual(0);
        expect(aspectAt(tMs + signalCycleMs, offset, 1)).toBe(aspectAt(tMs, offset, 1));
      }),
    );
    expect(offsetOf(1, 100, 200)).not.toBe(offsetOf(2, 100, 200));
  });

  it("show amber between green and red, and red to everybody for a moment after it", () => {
    const seen = new Set<string>();
    let last = "";
    for (let tMs = 0; tMs < signalCycleMs; tMs += 100) {
      const now = aspectAt(tMs, 0, 0);
      if (last !== "" && now !== last) seen.add(`${last} ${now}`);
      last = now;
    }
    expect([...seen]).toEqual(["green amber", "amber red"]);
    expect([aspectAt(30_000, 0, 0), aspectAt(30_000, 0, 1)]).toEqual(["red", "red"]);
  });
});
