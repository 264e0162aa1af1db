import { describe, expect, it } from "vitest";
import { readPlate } from "./misread.js";
import { hardship, type PlateView, plateAngleDeg, wrongShare } from "./misread-share.js";

const errors = { bestShare: 0.04, worstShare: 0.34 };
const misreadShare = (shares: typeof errors, view: PlateView): number => wrongShare(shares, hardship(view));
const best = { angleDeg: 0, speedMps: 10, dark: false };

describe("how often a reader is wrong", () => {
  it("is the least straight on, slow and by day, and the most at a slant, fast and at night", () => {
    expect(misreadShare(errors, best)).toBeCloseTo(0.04);
    expect(misreadShare(errors, { ...best, angleDeg: 60 })).toBeCloseTo(0.14);
    expect(misreadShare(errors, { ...best, speedMps: 45 })).toBeCloseTo(0.14);
    expect(misreadShare(errors, { ...best, dark: true })).toBeCloseTo(0.14);
    expect(misreadShare(errors, { angleDeg: 80, speedMps: 60, dark: true })).toBeCloseTo(0.34);
  });

  it("counts the angle the same from front and rear", () => {
    for (const heading of [30, 150, 210, 330]) expect(plateAngleDeg(heading, 0)).toBeCloseTo(30);
    expect(plateAngleDeg(10, 350)).toBeCloseTo(20);
    expect(plateAngleDeg(90, 0)).toBe(90);
  });
});

describe("what a reader makes of a plate", () => {
  let n = 0;
  const chance = {
    unit: () => {
      n = (n * 16_807 + 7) % 2_147_483_647;
      return n / 2_147_483_647;
    },
  };
  it("is one look-alike off as often as it should be, with the right one among the candidates", () => {
    const read = Array.from({ length: 2_000 }, () => readPlate("7KBM042", 0.2, chance));
    const wrong = read.filter(({ plate }) => plate !== "7KBM042");
    expect(wrong.length / read.length).toBeGreaterThan(0.16);
    expect(wrong.length / read.length).toBeLessThan(0.24);
    for (const { plate, candidates } of wrong) {
      expect([...plate].filter((letter, i) => letter !== "7KBM042"[i])).toHaveLength(1);
      expect(candidates.map((one) => one.plate)).toContain("7KBM042");
    }
    expect(readPlate("XYWKN", 1, chance).plate).toBe("XYWKN");
  });
});
