import { describe, expect, it } from "vitest";
import { type SoakEnd, soakFaults } from "./verdict.js";

const good: SoakEnd = {
  growth: 1.02,
  links: new Map([
    [1, "lost"],
    [2, "live"],
    [3, "live"],
  ]),
  count: 3,
  left: [1],
  factsOutOfOrder: 0,
  facts: 40,
};

describe("the verdict of a soak", () => {
  it("finds nothing where all is as it must be", () => {
    expect(soakFaults(good)).toEqual([]);
  });

  it.each<[string, Partial<SoakEnd>]>([
    ["memory grew", { growth: 1.2 }],
    ["memory grew", { growth: Number.NaN }],
    ["link of system 1 is lost, not live", { left: [] }],
    ["link of system 3 is live, not lost", { left: [1, 3] }],
    ["link of system 4 is never, not live", { count: 4 }],
    ["2 facts came out of order", { factsOutOfOrder: 2 }],
    ["only 1 facts came", { facts: 1 }],
  ])("says that %s", (words, change) => {
    expect(soakFaults({ ...good, ...change }).join()).toContain(words);
  });
});
