import { describe, expect, it } from "vitest";
import { coverageGrid, polygonsOfGeoJson, timeLinesOfGeoJson, timesOfGeoJson, unseenGrid } from "./coverageGrid.js";
import { city, square } from "./testing/flatCity.js";

describe("what cameras see, as ground", () => {
  it("counts how many see each cell and leaves the rest to nobody", () => {
    const grid = coverageGrid(city, [[square(0, 0, 100)], [square(100, 0, 100)]], "seen");
    const at = (x: number, y: number): number =>
      grid.seenBy[Math.floor((y - grid.y0M) / 10) * grid.cols + Math.floor((x - grid.x0M) / 10)] ?? -1;
    expect([at(-50, 0), at(50, 0), at(150, 0), at(250, 0), at(0, 150)]).toEqual([1, 2, 1, 0, 0]);
    const cells = grid.seenBy.reduce((sum, n) => sum + n, 0);
    expect(cells).toBe(2 * 20 * 20);
  });
  it("leaves holes out, and turns ground that nobody sees round", () => {
    const grid = unseenGrid(city, [[square(0, 0, 300), square(0, 0, 100)]]);
    const at = (x: number, y: number): number =>
      grid.seenBy[Math.floor((y - grid.y0M) / 10) * grid.cols + Math.floor((x - grid.x0M) / 10)] ?? -1;
    expect([at(0, 0), at(200, 0), at(500, 0)]).toEqual([1, 0, 1]);
  });
  it("reads lines of equal time and names their times in order", () => {
    const line = [
      [-122.45, 37.77],
      [-122.44, 37.77],
    ];
    const body = {
      features: [
        { properties: { seconds: 90 }, geometry: { type: "MultiLineString", coordinates: [line, line, [[1, 2]]] } },
        { properties: { seconds: 30 }, geometry: { type: "LineString", coordinates: line } },
      ],
    };
    expect(timeLinesOfGeoJson(body).map((l) => l.id)).toEqual(["90:0", "90:1", "30:0"]);
    expect(timesOfGeoJson(body)).toBe("30, 90 s");
    expect(timesOfGeoJson(undefined)).toBe("");
  });
  it("survives rings that leave the city", () => {
    const grid = coverageGrid(city, [[square(900, 900, 5000)]], "nobodySees");
    expect(grid.seenBy.every((n) => n === 1)).toBe(true);
  });
  it("reads polygons of GeoJSON and nothing else", () => {
    const ring = [
      [-122.45, 37.77],
      [-122.44, 37.77],
      [-122.44, 37.78],
    ];
    const rings = polygonsOfGeoJson({
      features: [
        { geometry: { type: "Polygon", coordinates: [ring] } },
        { geometry: { type: "MultiPolygon", coordinates: [[ring], [ring]] } },
        { geometry: { type: "Point", coordinates: [1, 2] } },
        null,
      ],
    });
    expect(rings).toHaveLength(3);
    expect(rings[0]?.[0]?.[0]).toEqual({ latDeg: 37.77, lonDeg: -122.45 });
    expect([polygonsOfGeoJson(undefined), polygonsOfGeoJson({})]).toEqual([[], []]);
  });
});
