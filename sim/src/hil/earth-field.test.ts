import { expect, it } from "vitest";
import { earthFieldAt } from "./index.js";

/** World Magnetic Model, mid 2024, at places on three continents: declination, inclination, gauss. */
const known = [
  [{ latDeg: 33.749, lonDeg: -84.388 }, -5.45, 61.45, 0.482],
  [{ latDeg: 37.77175, lonDeg: -122.45 }, 12.89, 61.03, 0.476],
  [{ latDeg: 40, lonDeg: -105 }, 7.38, 66.09, 0.514],
  [{ latDeg: 47.4, lonDeg: 8.5 }, 3.39, 63.16, 0.482],
  [{ latDeg: -33.9, lonDeg: 151.2 }, 13.03, -64.18, 0.569],
] as const;

it.each(known)("knows where a compass points at %o", (at, declinationDeg, inclinationDeg, gauss) => {
  const field = earthFieldAt(at);
  expect(Math.abs(field.declinationDeg - declinationDeg)).toBeLessThan(1);
  expect(Math.abs(field.inclinationDeg - inclinationDeg)).toBeLessThan(1);
  expect(Math.abs(field.gauss - gauss)).toBeLessThan(0.01);
});
