import { describe, expect, it } from "vitest";
import { agoSpan, listText, spokenSpan } from "./ago.js";

describe("ages in words", () => {
  it("says seconds, then minutes and seconds, then whole minutes, then hours and minutes", () => {
    expect([0, 59_400, 91_000, 599_000, 600_000, 3_599_000, 7_800_000, 200_000_000].map(agoSpan)).toEqual([
      "0 s",
      "59 s",
      "1:31",
      "9:59",
      "10 min",
      "59 min",
      "2 h 10",
      "2 days",
    ]);
  });
  it("never says a negative age", () => expect(agoSpan(-5000)).toBe("0 s"));
  it("says a length of time as a person would", () => {
    expect([45, 130, 120, 3725].map(spokenSpan)).toEqual(["45 s", "2 min 10 s", "2 min", "1 h 2 min"]);
  });
  it("joins names with and", () => {
    expect([listText([]), listText(["3A12"]), listText(["a", "b"]), listText(["a", "b", "c"])]).toEqual([
      "",
      "3A12",
      "a and b",
      "a, b and c",
    ]);
  });
});
