import { describe, expect, it } from "vitest";
import { parseArguments } from "./arguments.js";

const words = (text: string): string[] => text.split(" ");
const refusal = (text: string): string => {
  const parsed = parseArguments(words(text));
  return parsed.kind === "refused" ? parsed.reason : parsed.kind;
};

describe("arguments of an import", () => {
  it("are taken as they stand", () => {
    const parsed = parseArguments(
      words("import --osm a.pbf --bbox -122.5,37.7,-122.4,37.8 --dem b.tif --dem c.hgt --out data/city/bay.json"),
    );
    expect(parsed).toMatchObject({
      kind: "import",
      out: "data/city/bay.json",
      request: {
        name: "bay",
        map: { kind: "osm", path: "a.pbf" },
        box: { westDeg: -122.5, southDeg: 37.7, eastDeg: -122.4, northDeg: 37.8 },
        dems: ["b.tif", "c.hgt"],
        undulation: { kind: "grid" },
      },
    });
  });

  it.each([
    ["", /unknown command/],
    ["seed --out x", /seed --out is no whole|wants a number|unknown option/],
    ["seed -1 --out x", /no whole number/],
    ["seed 3", /--out FILE/],
    ["import --out x", /--osm FILE or --tiles PATH is missing/],
    ["import --osm a", /--out FILE is missing/],
    ["import --osm a --tiles b --out x", /exclude each other/],
    ["import --osm a --out x --bbox 37.7,-122.5,37.8,-122.4", /west,south,east,north/],
    ["import --osm a --out x --bbox -123,37,-122,38", /20 km/],
    ["import --osm a --out x --bbox 1,2,3", /west,south,east,north/],
    ["import --osm a --out x --undulation down", /--undulation/],
    ["import --osm a --out x --dem d --dem-datum sea", /none of egm96/],
    ["import --osm a --out x --dem d --flat 3", /exclude/],
    ["import --osm --out x", /--osm wants a value/],
    ["import --osm a --osm b --out x", /stands twice/],
    ["import --osm a --speed 3 --out x", /unknown option --speed/],
  ])("%s is refused in words", (text, reason) => {
    expect(refusal(text)).toMatch(reason);
  });

  it("ask for a generated city by its number", () => {
    expect(parseArguments(words("seed 42 --out data/city/s.json"))).toEqual({
      kind: "seed",
      seed: 42,
      out: "data/city/s.json",
    });
  });

  it("takes negative numbers for values", () => {
    const parsed = parseArguments(words("import --osm a --out x --flat -3 --undulation -32.24"));
    expect(parsed).toMatchObject({
      request: { flatAmslM: -3, undulation: { kind: "value", undulationM: -32.24 } },
    });
  });
});
