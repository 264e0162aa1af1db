import { describe, expect, it } from "vitest";
import { platePicture } from "./plate-picture.js";

const ink = (plate: string): number => {
  const { gray } = platePicture(plate, () => 0.5);
  return gray.reduce((sum, value) => sum + (value < 110 ? 1 : 0), 0);
};

describe("the picture of a plate", () => {
  it("has even sides, as encoders want, and grows with the plate", () => {
    for (const plate of ["A", "7KBM042", "AB"]) {
      const picture = platePicture(plate, () => 0.5);
      expect([picture.width % 2, picture.height % 2, picture.gray.length]).toEqual([
        0,
        0,
        picture.width * picture.height,
      ]);
    }
    expect(platePicture("7KBM042", () => 0.5).width).toBeGreaterThan(platePicture("7KB", () => 0.5).width);
  });
  it("shows letters that differ, and nothing for what has no glyph", () => {
    expect(ink("8")).toBeGreaterThan(ink("1"));
    expect(ink("B")).not.toBe(ink("8"));
    expect(ink("??")).toBe(0);
  });
});
