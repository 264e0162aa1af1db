import { expect, it } from "vitest";
import {
  aglFromAmslM,
  amslFromAglM,
  amslFromHaeM,
  amslFtFromPressureAlt,
  haeFromAmslM,
  metresFromFeet,
} from "./index.js";

it("converts HAE 1,600.00 at Denver to 1,616.98 AMSL and back", () => {
  expect(amslFromHaeM(1600, -16.98)).toBeCloseTo(1616.98, 6);
  expect(haeFromAmslM(1616.98, -16.98)).toBeCloseTo(1600, 6);
});

it("counts height above ground from the ground's own height", () => {
  expect(aglFromAmslM(1660, 1600)).toBe(60);
  expect(amslFromAglM(60, 1600)).toBe(1660);
  expect(metresFromFeet(400)).toBeCloseTo(121.92, 9);
});

it.each([
  [1000, 1030, 1454],
  [1000, 995, 498],
  [5600, 1020, 5784],
])("reads a pressure altitude of %d ft at QNH %d as %d ft AMSL", (altBaroFt, qnhHpa, amslFt) => {
  expect(Math.round(amslFtFromPressureAlt(altBaroFt, qnhHpa))).toBe(amslFt);
});
