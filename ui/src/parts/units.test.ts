import { describe, expect, it } from "vitest";
import { formatDistance, formatHeight, formatSpeed, heightParts, speedParts } from "./units.js";

describe("units of display", () => {
  it("says heights in feet or metres", () => {
    expect(formatHeight(56.7, "imperial")).toBe("186 ft");
    expect(formatHeight(56.7, "metric")).toBe("57 m");
    expect(heightParts(56.7, "imperial")).toEqual(["186", "ft"]);
  });

  it("never says minus nothing", () => {
    expect(formatHeight(-0.01, "imperial")).toBe("0 ft");
    expect(formatSpeed(-0.1, "metric")).toBe("0 m/s");
  });

  it("says ways on the ground in feet and miles, or metres and kilometres", () => {
    expect(formatDistance(60, "imperial")).toBe("200 ft");
    expect(formatDistance(303.4, "imperial")).toBe("0.19 mi");
    expect(formatDistance(547, "imperial")).toBe("0.34 mi");
    expect(formatDistance(547, "metric")).toBe("547 m");
    expect(formatDistance(999.7, "metric")).toBe("1.0 km");
  });

  it("says speeds in knots or m/s", () => {
    expect(formatSpeed(10.8, "imperial")).toBe("21 kt");
    expect(speedParts(10.8, "metric")).toEqual(["11", "m/s"]);
  });
});
