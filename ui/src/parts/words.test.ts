import { describe, expect, it } from "vitest";
import { ageText, clockSpan, compassPoint, distanceText, heightText, shortSpan, windText } from "./words.js";

describe("words", () => {
  it("says spans as they are read aloud", () => {
    expect(clockSpan(412)).toBe("6:52");
    expect(clockSpan(-3)).toBe("0:00");
    expect(clockSpan(3725)).toBe("1:02:05");
    expect(shortSpan(52)).toBe("52 s");
    expect(shortSpan(190)).toBe("3:10");
    expect(ageText(2800)).toBe("2.8 s");
    expect(ageText(14_000)).toBe("14 s");
  });

  it("turns SI into the desk's units once, here", () => {
    expect(heightText(56.7, "imperial")).toBe("186 ft");
    expect(heightText(56.7, "metric")).toBe("57 m");
    expect(distanceText(547, "imperial")).toBe("0.34 mi");
    expect(distanceText(60, "imperial")).toBe("200 ft");
    expect(windText(7.2, 10.8, 270, "imperial")).toBe("Wind W 14, gusts 21 kt");
  });

  it("names the nearest of eight directions", () => {
    expect(compassPoint(-10)).toBe("N");
    expect(compassPoint(230)).toBe("SW");
    expect(compassPoint(359)).toBe("N");
  });
});
