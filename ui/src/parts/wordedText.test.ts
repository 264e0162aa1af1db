import { type WordedFigure, wordingText } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { wordedText } from "./wordedText.js";

const figure = (
  as: WordedFigure["as"],
  value: number,
  said: string,
  how: Partial<WordedFigure> = {},
): WordedFigure => ({
  ...{ as, value, said },
  ...how,
});
const said = (...wording: (string | WordedFigure)[]) => ({ text: wordingText(wording), wording });

describe("what the station says, in the units of the desk", () => {
  const fence = said(
    "The circle comes within ",
    figure("distance", 23.9, "23 m", { round: "down" }),
    " of the fence, ",
    figure("distance", 24, "24", { bare: true, round: "up" }),
    " needed to stop.",
  );
  it("is the record's own text where its units are the reader's", () => {
    expect(wordedText(fence, "metric")).toBe("The circle comes within 23 m of the fence, 24 needed to stop.");
  });
  it("never tells more room than there is, nor less than is needed", () => {
    expect(wordedText(fence, "imperial")).toBe("The circle comes within 78 ft of the fence, 79 ft needed to stop.");
  });
  it("says speeds in knots and heights in feet, without a unit where the station left it out", () => {
    const wind = said(
      "Wind ",
      figure("speed", 10.1, "10 m/s"),
      ", limit ",
      figure("speed", 10, "10", { bare: true, round: "down" }),
      "; ceiling ",
      figure("height", 121.92, "122 m", { round: "down" }),
      ".",
    );
    expect(wordedText(wind, "imperial")).toBe("Wind 20 kt, limit 19; ceiling 400 ft.");
  });
  it("says a visibility as weather reports do to one reader and in kilometres to the other", () => {
    const haze = said(
      "Visibility ",
      figure("visibility", 2816, "1.8 SM", { round: "down" }),
      ", limit ",
      figure("visibility", 4828.03, "3", { bare: true, round: "up" }),
      ".",
    );
    expect(wordedText(haze, "imperial")).toBe("Visibility 1.8 SM, limit 3.");
    expect(wordedText(haze, "metric")).toBe("Visibility 2.8 km, limit 4.9.");
  });
  it("says long ways in miles", () => {
    expect(wordedText(said("A report ", figure("distance", 18_000, "18 km"), " away."), "imperial")).toBe(
      "A report 11 mi away.",
    );
  });
  it("stays the text where there are no parts, or where they are not those of the text", () => {
    expect(wordedText({ text: "Only 12 m." }, "imperial")).toBe("Only 12 m.");
    expect(wordedText({ ...fence, text: "Something else." }, "imperial")).toBe("Something else.");
  });
});
