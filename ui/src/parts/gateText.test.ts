import { describe, expect, it } from "vitest";
import { gateText } from "./gateText.js";

describe("a gate that passes", () => {
  const fence = { gate: "fence" as const, name: "Fence", measured: 935, limit: 24, unit: "m" };
  it("is one line in the units of the desk", () => {
    const passes = { ...fence, state: "pass" as const, text: "Circle 935 m inside, 24 needed." };
    expect(gateText(passes, "imperial")).toBe("0.58 mi inside, 80 ft needed");
    expect(gateText(passes, "metric")).toBe("935 m inside, 24 m needed");
  });
  it("keeps the station's own words where it does not pass, or where the number is another's", () => {
    const block = { ...fence, state: "block" as const, text: "The circle breaks the fence." };
    expect(gateText(block, "imperial")).toBeUndefined();
    expect(gateText({ ...fence, state: "pass", text: "", unit: "s" }, "imperial")).toBeUndefined();
  });
});
