import { inflateSync } from "node:zlib";
import { areaM2 } from "@outrider/geo";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { middleOf, siteOfBox } from "../build/place.js";
import { bytesSource, type Inflate } from "../byte-source.js";
import { encodePbf, type TestPbf } from "../testing/pbf.js";
import { encodeXml, town, townBox } from "../testing/town.js";
import { osmCollector } from "./collect.js";
import type { OsmElement, OsmSink } from "./element.js";
import { osmFeatures } from "./osm-features.js";
import { readOsmPbf } from "./read-pbf.js";
import { osmXmlReader } from "./read-xml.js";
import { buildingHeightM, directionOf, lengthM, roadKindOf, speedMps } from "./tag-values.js";

const inflate: Inflate = {
  zlib: (bytes, limit) => inflateSync(bytes, { maxOutputLength: limit }),
  gzip: () => new Uint8Array(),
};

function fromPbf(bytes: Uint8Array): OsmElement[] {
  const elements: OsmElement[] = [];
  readOsmPbf(bytesSource("town.osm.pbf", bytes), inflate, (element) => elements.push(element));
  return elements;
}
function fromXml(text: string, piece = text.length): OsmElement[] {
  const elements: OsmElement[] = [];
  const reader = osmXmlReader("town.osm", (element) => elements.push(element));
  for (let at = 0; at < text.length; at += piece) reader.feed(text.slice(at, at + piece));
  reader.end();
  return elements;
}
/** Positions as both formats hold them: to a ten-millionth of a degree. */
const rounded = (elements: readonly OsmElement[]): OsmElement[] =>
  elements.map((element) =>
    element.kind === "node"
      ? { ...element, latDeg: Number(element.latDeg.toFixed(7)), lonDeg: Number(element.lonDeg.toFixed(7)) }
      : element,
  );
const sorted = (elements: readonly OsmElement[]): OsmElement[] => [
  ...elements.filter((e) => e.kind === "node"),
  ...elements.filter((e) => e.kind === "way"),
  ...elements.filter((e) => e.kind === "relation"),
];

const plainChar = (char: string): boolean => {
  const code = char.codePointAt(0) ?? 0;
  return code >= 32 && code < 0xd800;
};
const tagText = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
  .filter((text) => text.trim() !== "" && [...text].every(plainChar));
const tags = fc.dictionary(
  tagText.filter((key) => key !== "__proto__"),
  tagText,
  { maxKeys: 4, noNullPrototype: true },
);
const id = fc.integer({ min: 1, max: 13_000_000_000 });
const anyElement: fc.Arbitrary<OsmElement> = fc.oneof(
  fc.record({
    kind: fc.constant("node" as const),
    id,
    latDeg: fc.integer({ min: -900_000_000, max: 900_000_000 }).map((n) => n / 1e7),
    lonDeg: fc.integer({ min: -1_800_000_000, max: 1_800_000_000 }).map((n) => n / 1e7),
    tags,
  }),
  fc.record({ kind: fc.constant("way" as const), id, refs: fc.array(id, { maxLength: 8 }), tags }),
  fc.record({
    kind: fc.constant("relation" as const),
    id,
    members: fc.array(
      fc.record({
        type: fc.constantFrom("node" as const, "way" as const, "relation" as const),
        ref: id,
        role: tagText,
      }),
      { maxLength: 4 },
    ),
    tags,
  }),
);

describe("OSM PBF", () => {
  it("gives back what was written: dense or not, packed or not", () => {
    fc.assert(
      fc.property(fc.array(anyElement, { maxLength: 12 }), fc.boolean(), fc.boolean(), (elements, zlib, dense) => {
        const options: TestPbf = { zlib, dense };
        const all = sorted(elements);
        expect(rounded(fromPbf(encodePbf(all, options)))).toEqual(rounded(all));
      }),
      { numRuns: 150 },
    );
  });

  it("refuses what it would misread, naming the byte", () => {
    const required = ["OsmSchema-V0.6", "HistoricalInformation"];
    expect(() => fromPbf(encodePbf(town, { required }))).toThrow("town.osm.pbf at byte 0: needs HistoricalInformation");
    expect(() => fromPbf(new Uint8Array([60, 63, 120, 109, 108]))).toThrow(/no OSM PBF/);
    const whole = encodePbf(town);
    expect(() => fromPbf(whole.subarray(0, whole.length - 5))).toThrow(/at byte \d+: .*cut short/);
    expect(() => fromPbf(new Uint8Array())).toThrow(/no OSMHeader/);
  });

  it("never throws anything but words, nor hangs, at bytes of chance", () => {
    const whole = encodePbf(town, { zlib: false });
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 }), (at, value) => {
        const bytes = whole.slice();
        bytes[at] = value;
        try {
          fromPbf(bytes);
        } catch (error) {
          expect(error).toMatchObject({ name: "CityImportError" });
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("OSM XML", () => {
  it("gives the same as PBF, wherever the text is cut", () => {
    const text = encodeXml(town);
    const want = rounded(fromPbf(encodePbf(town)));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), (piece) => {
        expect(fromXml(text, piece)).toEqual(want);
      }),
      { numRuns: 25 },
    );
  });

  it("gives back any text that a tag can hold", () => {
    fc.assert(
      fc.property(fc.array(anyElement, { maxLength: 6 }), (elements) => {
        expect(rounded(fromXml(encodeXml(elements)))).toEqual(rounded(elements));
      }),
      { numRuns: 100 },
    );
  });

  it("leaves out what was deleted, and takes a > inside quotes for text", () => {
    const text = `<osm><node id="1" visible="false"/><node id="2" lat="1" lon="2"><tag k='n' v="a > b &#x41;&#66;"/></node></osm>`;
    expect(fromXml(text)).toEqual([{ kind: "node", id: 2, latDeg: 1, lonDeg: 2, tags: { n: "a > b AB" } }]);
  });

  it("refuses a file that is none or stops in the middle", () => {
    expect(() => fromXml("<html></html>")).toThrow(/no <osm>/);
    expect(() => fromXml('<osm><node id="1" lat="1" lon="2">')).toThrow(/town\.osm at line 1: ends before <\/osm>/);
    expect(() => fromXml('<osm>\n<way id="1">\n<nd ref="2">\n</way></osm>')).toThrow(
      "town.osm at line 4: </way> closes",
    );
    expect(() => fromXml("<osm></nd></osm>")).toThrow("town.osm at line 1: </nd> closes");
    expect(() => fromXml('<osm><node id="1" lat="north" lon="2"/></osm>')).toThrow(/not a number/);
  });
});

describe("what tags mean", () => {
  it.each([
    ["12", 12],
    ["12 m", 12],
    ["12,5", 12.5],
    ["40 ft", 12.192],
    ["40'6\"", 12.3444],
    ["tall", undefined],
    ["", undefined],
  ])("length %s is %s m", (text, metres) => {
    const length = lengthM(text);
    if (metres === undefined) expect(length).toBeUndefined();
    else expect(length).toBeCloseTo(metres, 4);
  });

  it("speeds are km/h unless they say mph, and words are no number", () => {
    expect(speedMps("50")).toBeCloseTo(13.889, 3);
    expect(speedMps("35 mph")).toBeCloseTo(15.646, 3);
    expect(speedMps("US:urban")).toBeUndefined();
    expect(speedMps("none")).toBeUndefined();
  });

  it("one-ways are followed both ways of saying it, and implied where they are", () => {
    expect(directionOf({ oneway: "-1" })).toBe("backward");
    expect(directionOf({ oneway: "yes" })).toBe("forward");
    expect(directionOf({ highway: "motorway" })).toBe("forward");
    expect(directionOf({ highway: "motorway", oneway: "no" })).toBe("both");
    expect(directionOf({ junction: "roundabout" })).toBe("forward");
    expect(directionOf({ highway: "residential" })).toBe("both");
  });

  it("buildings without a height take it from their levels, else from their kind", () => {
    expect(buildingHeightM({ building: "yes", "building:levels": "5", "roof:levels": "1" })).toBeCloseTo(18.5);
    expect(buildingHeightM({ building: "house" })).toBe(6);
    expect(buildingHeightM({ building: "yes", height: "unknown" })).toBe(10);
  });

  it("is not fooled by a tag named like a part of the language", () => {
    expect(roadKindOf({ highway: "constructor" })).toBeUndefined();
  });
});

describe("a town from OpenStreetMap", () => {
  const site = siteOfBox(middleOf(townBox), townBox);
  const { sink, extract } = osmCollector("town", townBox);
  for (const element of town) sink(element);
  const features = osmFeatures(extract, site);

  it("has its roads in the order in which they are driven, cut at the edge of the box", () => {
    const oak = features.roads.find((road) => road.name === "Oak Street");
    expect(oak).toMatchObject({ kind: "street", oneWay: false });
    expect(oak?.speedLimitMps).toBeCloseTo(11.176);
    expect(oak?.line.at(-1)?.eastM).toBeCloseTo(site.bounds.eastMaxM, 6);
    const cole = features.roads.find((road) => road.name === "Cole Street");
    expect(cole).toMatchObject({ kind: "primary", oneWay: true, widthM: 14 });
    expect(cole?.line[0]?.northM ?? 0).toBeGreaterThan(cole?.line.at(-1)?.northM ?? 0);
  });

  it("has house numbers, lights, the helipad, and names as they are written", () => {
    expect(features.addresses.map((one) => one.text)).toEqual(["12 Oak Street"]);
    expect(features.signals).toHaveLength(1);
    expect(features.helipads.map((one) => one.text)).toEqual(["General Hospital"]);
    expect(features.places.map((one) => one.text)).toContain('Tom & "Jerry\'s" <café>');
  });

  it("joins the ways of a multipolygon into one ring", () => {
    const park = features.areas.find((area) => area.name === "Round Park");
    expect(areaM2(park?.ring ?? [])).toBeCloseTo(0.0016 ** 2 * 111_000 * 88_000, -3);
    expect(features.areas.map((area) => area.kind).sort()).toEqual(["hospital", "park", "school"]);
  });

  it("makes masts and power lines obstacles, in pieces that follow the ground", () => {
    const heights = features.buildings.map((building) => building.heightM);
    expect(heights[0]).toBeCloseTo(12.3444, 3);
    expect(heights.some((height) => Math.abs(height - 18.288) < 1e-6)).toBe(true);
    expect(heights.filter((height) => height === 30).length).toBeGreaterThan(30);
  });

  it("makes a park whole that reaches far beyond the box, by reading again", () => {
    const far = (id: number, latDeg: number, lonDeg: number): OsmElement => ({
      kind: "node",
      id,
      latDeg,
      lonDeg,
      tags: {},
    });
    const line = (wayId: number, refs: readonly number[]): OsmElement => ({ kind: "way", id: wayId, refs, tags: {} });
    const elements: OsmElement[] = [
      far(1, 37.765, -122.455),
      far(2, 37.761, -122.455),
      far(3, 37.761, -122.6),
      far(4, 37.765, -122.6),
      line(10, [1, 2]),
      line(11, [3, 4]),
      line(12, [2, 3]),
      line(13, [4, 1]),
      {
        kind: "relation",
        id: 20,
        members: [10, 11, 12, 13].map((ref) => ({ type: "way", ref, role: "outer" })),
        tags: { type: "multipolygon", leisure: "park" },
      },
    ];
    const collector = osmCollector("far.osm", townBox);
    let readings = 0;
    for (let next: OsmSink | undefined = collector.sink; next !== undefined; next = collector.again()) {
      for (const element of elements) next(element);
      readings++;
    }
    expect(readings).toBe(3);
    const [park] = osmFeatures(collector.extract, site).areas;
    // From the box's western edge to the park's eastern one, and as tall as the park.
    expect(areaM2(park?.ring ?? [])).toBeCloseTo(0.005 * 88_050 * 0.004 * 110_990, -4);
  });

  it("refuses a file whose nodes come last, since it could not know its ways", () => {
    const late = osmCollector("late.osm", townBox);
    expect(() => {
      for (const element of [...town].reverse()) late.sink(element);
    }).toThrow(/osmium sort/);
  });
});
