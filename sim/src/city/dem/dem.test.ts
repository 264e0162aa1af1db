import { inflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesSource, type Inflate } from "../byte-source.js";
import { encodeTiff, packLzw, type TestTiff } from "../testing/tiff.js";
import { openGtx } from "./geoid.js";
import { openGeoTiff } from "./geotiff.js";
import { openHgt } from "./hgt.js";
import { unpackLzw } from "./lzw.js";
import { utmOf, utmZoneOf } from "./utm.js";

const inflate: Inflate = {
  zlib: (bytes, limit) => inflateSync(bytes, { maxOutputLength: limit }),
  gzip: () => new Uint8Array(),
};
const open = (tiff: TestTiff) => openGeoTiff(bytesSource("dem.tif", encodeTiff(tiff)), inflate);

function hgt(name: string, heights: readonly number[]) {
  const bytes = new Uint8Array(heights.length * 2);
  const view = new DataView(bytes.buffer);
  heights.forEach((height, i) => {
    view.setInt16(i * 2, height);
  });
  return openHgt(bytesSource(name, bytes));
}

describe("SRTM .hgt", () => {
  const dem = hgt("some/N37W123.hgt", [10, 20, 30, 40, 50, 60, 70, -32768, 90]);

  it("runs from north to south, and lies north-east of the corner it is named by", () => {
    expect(dem.datum).toBe("egm96");
    expect(dem.heightM(38, -123)).toBe(10);
    expect(dem.heightM(38, -122)).toBe(30);
    expect(dem.heightM(37, -123)).toBe(70);
    expect(dem.heightM(37.75, -122.75)).toBe(30);
  });

  it("knows nothing of a void or beyond its degree, and never says 0 for it", () => {
    expect(dem.heightM(37, -122.5)).toBeUndefined();
    expect(dem.heightM(37.1, -122.4)).toBeUndefined();
    expect(dem.heightM(36.99, -122.5)).toBeUndefined();
    expect(dem.heightM(37.5, -123.01)).toBeUndefined();
  });

  it("is refused in words where the name or the size is wrong", () => {
    expect(() => hgt("heights.hgt", [1, 2, 3, 4])).toThrow(/N37W123\.hgt/);
    expect(() => hgt("S01E010.hgt", [1, 2, 3])).toThrow("S01E010.hgt: 6 bytes are not a square");
  });
});

describe("GeoTIFF", () => {
  const options = fc.record({
    cols: fc.integer({ min: 2, max: 40 }),
    rows: fc.integer({ min: 2, max: 40 }),
    coding: fc.constantFrom<Pick<TestTiff, "format" | "compression" | "predictor">>(
      { format: "int16", compression: "none" },
      { format: "int16", compression: "deflate", predictor: 2 },
      { format: "int16", compression: "lzw", predictor: 2 },
      { format: "float32", compression: "none" },
      { format: "float32", compression: "lzw" },
      { format: "float32", compression: "deflate", predictor: 3 },
      { format: "float32", compression: "lzw", predictor: 3 },
    ),
    tile: fc.constantFrom(undefined, 16),
    stripRows: fc.integer({ min: 1, max: 12 }),
    little: fc.boolean(),
    seed: fc.integer({ min: 0, max: 1000 }),
  });

  it("gives back every sample, however it was packed", () => {
    fc.assert(
      fc.property(options, ({ cols, rows, coding, tile, stripRows, little, seed }) => {
        const values = Array.from({ length: cols * rows }, (_, i) => ((i * 37 + seed * 91) % 4001) - 900);
        const tiff = { cols, rows, values, ...coding, stripRows, little, west: 10, north: 50, scale: 0.01 };
        const dem = open(tile === undefined ? tiff : { ...tiff, tile });
        for (let at = 0; at < values.length; at += 7) {
          const lonDeg = 10 + ((at % cols) + 0.5) * 0.01;
          const latDeg = 50 - (Math.floor(at / cols) + 0.5) * 0.01;
          expect(dem.heightM(latDeg, lonDeg)).toBeCloseTo(values[at] ?? 0, 3);
        }
      }),
      { numRuns: 60 },
    );
  });

  const small: TestTiff = {
    cols: 2,
    rows: 2,
    values: [1, 2, 3, 4],
    format: "float32",
    compression: "none",
    west: 10,
    north: 50,
  };

  it("tells a pixel's middle from its corner", () => {
    expect(open(small).heightM(49.5, 10.5)).toBe(1);
    const point = open({
      ...small,
      keys: [
        [1024, 2],
        [1025, 2],
        [2048, 4326],
      ],
    });
    expect(point.heightM(50, 10)).toBe(1);
    expect(point.heightM(49.5, 10.5)).toBe(2.5);
  });

  it("knows nothing outside of itself and where it says no data", () => {
    const dem = open({ ...small, values: [1, -9999, 3, 4], noData: "-9999" });
    expect(dem.heightM(49.5, 10.5)).toBe(1);
    expect(dem.heightM(49.5, 11)).toBeUndefined();
    expect(dem.heightM(50.2, 10.5)).toBeUndefined();
  });

  it("reads UTM, feet and the zero that its heights count from", () => {
    const { x, y } = utmOf({ zone: 10, south: false }, 37.77, -122.45);
    const keys = [
      [1024, 1],
      [1025, 1],
      [3072, 26910],
      [4096, 6360],
      [4099, 9003],
    ] as const;
    const dem = open({ ...small, values: [100, 100, 100, 100], west: x - 10, north: y + 10, scale: 10, keys });
    expect(dem.datum).toBe("navd88");
    expect(dem.heightM(37.77, -122.45)).toBeCloseTo(30.48006, 4);
    expect(open(small).datum).toBe("unknown");
    expect(
      open({
        ...small,
        keys: [
          [1024, 2],
          [2048, 4326],
          [4096, 5773],
        ],
      }).datum,
    ).toBe("egm96");
  });

  it("refuses what it cannot read, with the file and what to do", () => {
    expect(() =>
      open({
        ...small,
        keys: [
          [1024, 1],
          [3072, 2227],
        ],
      }),
    ).toThrow(/EPSG:2227.*gdalwarp/);
    expect(() => openGeoTiff(bytesSource("x.tif", new Uint8Array(20)), inflate)).toThrow("x.tif at byte 0: not a TIFF");
    const cut = encodeTiff(small).subarray(0, 60);
    expect(() => openGeoTiff(bytesSource("x.tif", cut), inflate)).toThrow(/x\.tif at byte \d+: .*cut short/);
    const broken = encodeTiff({ ...small, compression: "deflate" });
    broken.fill(7, 8, 16);
    expect(() => openGeoTiff(bytesSource("x.tif", broken), inflate).heightM(49, 11)).toThrow(
      /x\.tif at byte 8: .*damaged/,
    );
  });

  it("never throws anything but words at bytes of chance", () => {
    const whole = encodeTiff({ ...small, compression: "lzw" });
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 }), (at, value) => {
        const bytes = whole.slice();
        bytes[at] = value;
        try {
          openGeoTiff(bytesSource("x.tif", bytes), inflate).heightM(49.5, 10.5);
        } catch (error) {
          expect(error).toMatchObject({ name: "CityImportError" });
        }
      }),
      { numRuns: 400 },
    );
  });
});

describe("LZW", () => {
  it("unpacks what was packed, the table full and begun anew included", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: 255 }), (length, mod) => {
        const bytes = Uint8Array.from({ length }, (_, i) => (i * i + (i >> 3)) % mod);
        expect(Buffer.compare(unpackLzw(packLzw(bytes), length) ?? new Uint8Array(), bytes)).toBe(0);
      }),
      { numRuns: 40 },
    );
  });
});

describe("UTM", () => {
  it("puts the middle of a zone at 500 km and the south at 10,000 km", () => {
    expect(utmOf({ zone: 31, south: false }, 0, 3)).toEqual({ x: 500_000, y: 0 });
    expect(utmOf({ zone: 31, south: true }, 0, 3).y).toBe(10_000_000);
  });
  it("knows its zones by their codes", () => {
    expect(utmZoneOf(32610)).toEqual({ zone: 10, south: false });
    expect(utmZoneOf(32733)).toEqual({ zone: 33, south: true });
    expect(utmZoneOf(26910)).toEqual({ zone: 10, south: false });
    expect(utmZoneOf(2227)).toBeUndefined();
    expect(utmZoneOf(32661)).toBeUndefined();
  });
});

describe("geoid grid", () => {
  const bytes = new Uint8Array(40 + 3 * 4 * 4);
  const view = new DataView(bytes.buffer);
  [-90, -180, 90, 90].forEach((value, i) => {
    view.setFloat64(i * 8, value);
  });
  view.setInt32(32, 3);
  view.setInt32(36, 4);
  for (let i = 0; i < 12; i++) view.setFloat32(40 + i * 4, i);

  it("runs from the south-west and has no seam at the date line", () => {
    const undulation = openGtx(bytesSource("g.gtx", bytes));
    expect(undulation(-90, -180)).toBe(0);
    expect(undulation(0, -90)).toBe(5);
    expect(undulation(0, 135)).toBe(5.5);
    expect(undulation(0, 180)).toBe(4);
  });
  it("is refused where header and size disagree", () => {
    expect(() => openGtx(bytesSource("g.gtx", bytes.subarray(0, 80)))).toThrow(/3 × 4/);
  });
});
