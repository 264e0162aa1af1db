import { describe, expect, it } from "vitest";
import { readFacilityMap } from "./facility-map.js";
import { shapesOf, swapped, whereTo } from "./geojson-shapes.js";
import { isOver, mayConcern, restrictionOf } from "./notice.js";
import { readNoShapeList, readNoticeList, type ToldNotice } from "./notice-list.js";
import { readNotice } from "./xnotam.js";

const site = { latDeg: 37.77, lonDeg: -122.45 };
const square = (west = -122.46, south = 37.76, size = 0.02): number[][] => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];
const polygon = (...rings: unknown[]) => ({ type: "Polygon", coordinates: rings });
const feature = (geometry: unknown, properties: object = { NOTAM_KEY: "6/0421-1-FDC-F", STATE: "CA" }) => ({
  ...{ type: "Feature", geometry, properties },
});
const list = (...features: unknown[]) => JSON.stringify({ type: "FeatureCollection", features });
const only = (body: string): ToldNotice => {
  const read = readNoticeList(body);
  if (read.kind === "bad") throw new Error(read.problem);
  const [one] = read.notices;
  if (one === undefined) throw new Error("no notice");
  return one;
};
const here = { sourceId: "faa", middle: site, states: ["CA"] };

describe("shapes of restrictions", () => {
  it("are polygons with holes, several of them, and circles, with nothing in doubt", () => {
    expect(shapesOf(polygon(square(), square(-122.455, 37.765, 0.005)))).toMatchObject({
      shapes: [{ kind: "polygon", outer: { length: 4 }, holes: [{ length: 4 }] }],
      doubt: undefined,
    });
    const many = { type: "MultiPolygon", coordinates: [[square()], [square(-122.4)]] };
    expect(shapesOf(many)).toMatchObject({ shapes: { length: 2 }, doubt: undefined });
    const collection = { type: "GeometryCollection", geometries: [polygon(square()), { type: "LineString" }] };
    expect(shapesOf(collection)).toMatchObject({ shapes: { length: 1 }, doubt: "it has no shape" });
    expect(shapesOf({ type: "Point", coordinates: [-122.45, 37.77] }, 300).shapes).toEqual([
      { kind: "circle", centre: site, radiusM: 300 },
    ]);
  });
  it("use an outline that is not closed and say so; a hole that cannot be read is none", () => {
    const open = shapesOf(polygon(square().slice(0, 4)));
    expect(open).toMatchObject({ shapes: [{ outer: { length: 4 } }], doubt: "its outline is not closed" });
    expect(shapesOf(polygon(square(), [[1]]))).toMatchObject({ shapes: [{ holes: [] }], doubt: undefined });
  });
  it("are in doubt, and none, where they cannot be what they say", () => {
    const doubts = [
      [null, "it has no shape"],
      [{ type: "LineString", coordinates: square() }, "it has no shape"],
      [polygon(), "it has no shape"],
      [polygon(square().slice(0, 2)), "its outline has fewer than three corners"],
      [polygon([[-122.4, "37"]]), "its coordinates are no numbers"],
      [polygon([[-122.4, Number.NaN]]), "its coordinates are no numbers"],
      [polygon(square().map(([lon, lat]) => [lat, lon])), swapped],
      [polygon([[500, 37.7]]), "its coordinates are no place on earth"],
      [
        polygon(Array.from({ length: 5_000 }, (_, i) => [-122 + i / 1e6, 37])),
        "its outline has more than 4000 corners",
      ],
      [{ type: "Point", coordinates: [-122.45, 37.77] }, "it is a point without a radius"],
    ] as const;
    for (const [geometry, doubt] of doubts) expect(shapesOf(geometry)).toEqual({ shapes: [], doubt });
  });
  it("are near, far, or here when latitude and longitude change places", () => {
    const [near] = shapesOf(polygon(square())).shapes;
    const [far] = shapesOf(polygon(square(-77, 38.8))).shapes;
    // A place in Turkey whose coordinates are those of one near Nairobi the other way round.
    const [turned] = shapesOf(polygon(square(37.9, 32.8))).shapes;
    if (near === undefined || far === undefined || turned === undefined) throw new Error("no shape");
    expect([whereTo(site, near), whereTo(site, far)]).toEqual(["near", "far"]);
    expect(whereTo({ latDeg: 37.9, lonDeg: 32.8 }, turned)).toBe("swapped");
  });
});

describe("a list of restrictions", () => {
  it("names a notice as a pilot reads it, and joins its areas", () => {
    const told = only(
      list(feature(polygon(square())), feature(polygon(square(-122.4)), { NOTAM_KEY: "6/0421-2-FDC-F" })),
    );
    expect(told).toMatchObject({ notam: "FDC 6/0421", fileId: "6_0421", state: "CA", areas: { length: 2 } });
  });
  it("is none where it is no collection, cut off, huge, or holds what is no feature", () => {
    const problem = (body: string): string => {
      const read = readNoticeList(body);
      return read.kind === "bad" ? read.problem : "";
    };
    expect(problem("<ows:ExceptionReport/>")).toBe("its answer is no GeoJSON collection");
    expect(problem("[]")).toBe("its answer is no GeoJSON collection");
    expect(problem(`{"type":"FeatureCollection","features":[${"0,".repeat(3_000)}0]}`)).toBe("it lists 3001 notices");
    expect(problem(list(7))).toBe("its list holds what is no feature");
    expect(problem('{"type":"FeatureCollection","totalFeatures":3,"features":[]}')).toBe(
      "it gives 0 of 3 notices: ask for all of them",
    );
  });
  it("gives limits and times where its features carry them; what is not understood restricts more", () => {
    const times = { from: "2026-11-22T14:00:00Z", until: "2026-11-22T06:30:00-08:00" };
    const limits = { lower: 500, lowerReference: "AGL", upper: 3000, upperReference: "AMSL", uom: "ft" };
    const [area] = only(list(feature(polygon(square()), { notam: "X1", ...times, ...limits }))).areas;
    expect(area).toMatchObject({
      lower: { m: expect.closeTo(152.4, 6), above: "ground" },
      upper: { m: expect.closeTo(914.4, 6), above: "sea" },
      windows: [{ fromMs: Date.UTC(2026, 10, 22, 14), untilMs: Date.UTC(2026, 10, 22, 14, 30) }],
    });
    const odd = {
      ...limits,
      lowerReference: "STD",
      upperReference: undefined,
      from: "2026-11-22 14:00",
      until: "PERM",
    };
    const [less] = only(list(feature(polygon(square()), { notam: "X1", ...odd }))).areas;
    expect(less).toEqual({ shape: expect.anything(), windows: [] });
  });
  it("concerns this site where it is near, or where nobody can say where it lies and it is of our state", () => {
    const at = (geometry: unknown, STATE?: string) =>
      mayConcern(only(list(feature(geometry, { NOTAM_KEY: "6/1", STATE }))), here);
    expect([at(polygon(square())), at(polygon(square(-77, 38.8)))]).toEqual([true, false]);
    expect([at(null, "CA"), at(null), at(null, "NY")]).toEqual([true, true, false]);
  });
  it("of notices without a shape leaves each in doubt", () => {
    const read = readNoShapeList('[{"notam_id":"3/1862","state":"CA","description":"Stadiums"}]');
    expect(read).toMatchObject({ notices: [{ notam: "FDC 3/1862", doubt: "it has no shape", title: "Stadiums" }] });
    expect([readNoShapeList("{}").kind, readNoShapeList("[1]").kind]).toEqual(["bad", "bad"]);
  });
});

const corner = (lat: string, lon: string, code = "GRC") =>
  `<Avx><codeType>${code}</codeType><geoLat>${lat}</geoLat><geoLong>${lon}</geoLong></Avx>`;
const outline = [corner("37.76N", "122.46W"), corner("37.76N", "122.44W"), corner("37.78N", "122.45W")].join("");
const schedule = (from: string, until: string) =>
  `<ScheduleGroup><dateEffective>${from}</dateEffective><dateExpire>${until}</dateExpire></ScheduleGroup>`;
const limits = (upper: string, lower: string) =>
  `<codeDistVerUpper>ALT</codeDistVerUpper><valDistVerUpper>${upper}</valDistVerUpper><uomDistVerUpper>FT</uomDistVerUpper><codeDistVerLower>HEI</codeDistVerLower><valDistVerLower>${lower}</valDistVerLower><uomDistVerLower>FT</uomDistVerLower>`;
const group = (area: string, shape: string) => `<TFRAreaGroup><aseTFRArea>${area}</aseTFRArea>${shape}</TFRAreaGroup>`;
const xml = (groups: string, dates = "<dateEffective>2026-11-22T14:00:00</dateEffective>") =>
  `<XNOTAM-Update><Group><Add><Not>${dates}<TfrNot>${groups}</TfrNot></Not></Add></Group></XNOTAM-Update>`;
const merged = `<abdMergedArea>${outline}</abdMergedArea>`;

describe("a notice", () => {
  it("tells outline, limits and times in UTC, one area as another", () => {
    const times = schedule("2026-11-22T14:00:00", "2026-11-22T16:00:00");
    const read = readNotice(xml(group(limits("3000", "0") + times, merged) + group("", merged)));
    expect(read).toMatchObject({ kind: "notice", doubt: undefined });
    const [first, second] = read.kind === "notice" ? read.areas : [];
    expect(first).toEqual({
      upper: { m: expect.closeTo(914.4, 6), above: "sea" },
      windows: [{ fromMs: Date.UTC(2026, 10, 22, 14), untilMs: Date.UTC(2026, 10, 22, 16) }],
      shapes: [expect.objectContaining({ kind: "polygon", holes: [] })],
    });
    // Without a schedule of its own an area holds as the notice does; without an end until it is taken back.
    expect(second?.windows).toEqual([{ fromMs: Date.UTC(2026, 10, 22, 14) }]);
  });
  it("reads circles, and does not guess at arcs, bad corners and bad times", () => {
    const circle =
      "<aseShapes><Abd><Avx><codeType>CIR</codeType><geoLatArc>37.77N</geoLatArc><geoLongArc>122.45W</geoLongArc><valRadiusArc>3</valRadiusArc><uomRadiusArc>NM</uomRadiusArc></Avx></Abd></aseShapes>";
    const shapes = (shape: string, dates?: string) => {
      const read = readNotice(xml(group("", shape), dates));
      return read.kind === "notice" ? [read.areas[0]?.shapes, read.areas[0]?.windows.length, read.doubt] : [];
    };
    expect(shapes(circle)).toEqual([[{ kind: "circle", centre: site, radiusM: 5_556 }], 1, undefined]);
    const arcs = `<abdMergedArea>${outline}${corner("37.77N", "122.45W", "CWA")}</abdMergedArea>`;
    expect(shapes(arcs)).toEqual([[], 1, "its outline has arcs"]);
    const bad = `<abdMergedArea>${outline}${corner("137.77N", "122.45W")}</abdMergedArea>`;
    expect(shapes(bad)).toEqual([[], 1, "its coordinates are no place on earth"]);
    expect(shapes(merged, "<dateEffective>today</dateEffective>")).toEqual([...[[expect.anything()], 0, undefined]]);
  });
  it("is none where it is no XNOTAM, or would have a parser resolve entities", () => {
    expect(readNotice("<a><b></a>").kind).toBe("bad");
    expect(readNotice("<html/>")).toEqual({ kind: "bad", problem: "its notice is no XNOTAM" });
    expect(readNotice(`<!DOCTYPE x [<!ENTITY a "b">]>${xml("")}`).kind).toBe("bad");
  });
});

describe("a restriction", () => {
  const told = only(list(feature(polygon(square()))));
  it("has the outline of its notice where that draws one, else the list's with the notice's limits and times", () => {
    const whole = restrictionOf(told, here, readNotice(xml(group(limits("3000", "0"), merged))));
    expect(whole).toMatchObject({ restrictionId: "faa:FDC 6/0421", areas: [{ shape: { outer: { length: 3 } } }] });
    expect(whole.doubt).toBeUndefined();
    const bare = restrictionOf(told, here, readNotice(xml(group(limits("3000", "0"), ""))));
    expect(bare.areas).toMatchObject([{ shape: { outer: { length: 4 } }, upper: { above: "sea" } }]);
  });
  it("is in doubt without its notice, without times, and where it looks swapped", () => {
    expect(restrictionOf(told, here)).toMatchObject({ doubt: "its times are not told" });
    expect(restrictionOf(told, here).placeDoubtful).toBeUndefined();
    expect(restrictionOf(told, here, { kind: "bad", problem: "its notice: no answer" })).toMatchObject({
      areas: { length: 1 },
      doubt: "its notice: no answer",
    });
    const turkey = { ...here, middle: { latDeg: 37.9, lonDeg: 32.8 } };
    const turned = only(list(feature(polygon(square(37.9, 32.8)))));
    expect(mayConcern(turned, turkey)).toBe(true);
    expect(restrictionOf(turned, turkey)).toMatchObject({ areas: [], doubt: swapped, placeDoubtful: true });
  });
  it("is over when the last of its times is, and never while it is in doubt", () => {
    const one = restrictionOf(
      told,
      here,
      readNotice(xml(group(schedule("2026-11-22T14:00", "2026-11-22T16:00"), merged))),
    );
    const at = Date.UTC(2026, 10, 22, 16);
    expect([isOver(one, at - 1), isOver(one, at)]).toEqual([false, true]);
    expect(isOver({ ...one, doubt: "?" }, at)).toBe(false);
  });
});

describe("the facility map", () => {
  const cell = (CEILING: unknown, more: object = {}) =>
    feature(polygon(square()), { CEILING, APT1_ICAO: "KSFO", ...more });
  it("has ceilings in feet above ground; a missing one is zero", () => {
    const read = readFacilityMap(list(cell(200), cell(null)));
    expect(read).toMatchObject({ kind: "cells", cells: [{ airport: "KSFO" }, { ceilingAglM: 0 }] });
    expect(read.kind === "cells" ? read.cells[0]?.ceilingAglM : 0).toBeCloseTo(60.96, 6);
  });
  it("with a hole in it is none", () => {
    const bad = [list(cell(9_999)), list(cell(-50)), list(feature(null, { CEILING: 100 })), list({}), "{", "[]"];
    expect(bad.map((body) => readFacilityMap(body).kind)).toEqual(bad.map(() => "bad"));
    expect(readFacilityMap(list(cell(100, { UNIT: "Metres" }))).kind).toBe("bad");
    const part = JSON.stringify({
      type: "FeatureCollection",
      features: [],
      properties: { exceededTransferLimit: true },
    });
    expect(readFacilityMap(part)).toEqual({ kind: "bad", problem: "it gives a part of its cells only" });
  });
});
