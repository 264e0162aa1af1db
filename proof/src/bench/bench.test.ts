import { describe, expect, it } from "vitest";
import { median, quantile } from "./bench.js";

describe("bench figures", () => {
  it("take the nearest rank", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(quantile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.99)).toBe(10);
    expect(quantile([5], 0.01)).toBe(5);
  });
});
