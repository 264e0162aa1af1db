import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesSource, type Inflate } from "../byte-source.js";
import { encodePmTiles, type TestArchive, type TestTile } from "../testing/pmtiles.js";
import { hilbertId, openPmTiles } from "./pmtiles.js";
import { tilesOver } from "./tile.js";

const inflate: Inflate = {
  zlib: () => new Uint8Array(),
  gzip: (bytes, limit) => gunzipSync(bytes, { maxOutputLength: limit }),
};
const open = (archive: TestArchive) => openPmTiles(bytesSource("a.pmtiles", encodePmTiles(archive)), inflate);

describe("PMTiles", () => {
  it("numbers tiles as the specification does", () => {
    expect(hilbertId(0, 0, 0)).toBe(0);
    expect([hilbertId(1, 0, 0), hilbertId(1, 0, 1), hilbertId(1, 1, 1), hilbertId(1, 1, 0)]).toEqual([1, 2, 3, 4]);
    expect(hilbertId(2, 0, 0)).toBe(5);
    expect(hilbertId(12, 3423, 1763)).toBe(19_078_479);
  });

  it("gives each tile its own number within its zoom", () => {
    const ids = new Set(Array.from({ length: 256 }, (_, i) => hilbertId(4, i % 16, Math.floor(i / 16))));
    expect(ids.size).toBe(256);
    expect(Math.min(...ids)).toBe(85);
    expect(Math.max(...ids)).toBe(340);
  });

  const tile = fc.record({
    x: fc.integer({ min: 0, max: 31 }),
    y: fc.integer({ min: 0, max: 31 }),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 2 }),
  });
  it("gives back every tile: in runs, in leaves, packed or not; nothing where there is none", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(tile, { minLength: 1, maxLength: 60, selector: ({ x, y }) => x * 32 + y }),
        fc.boolean(),
        fc.constantFrom(undefined, 1, 7),
        (list, gzip, leafSize) => {
          const tiles: TestTile[] = list.map((one) => ({ zoom: 5, ...one }));
          const archive = open({ tiles, gzip, ...(leafSize === undefined ? {} : { leafSize }) });
          const held = new Map(tiles.map((one) => [`${one.x},${one.y}`, one.bytes]));
          for (let x = 0; x < 32; x++) {
            for (let y = 0; y < 32; y++) {
              const found = archive.tile(5, x, y);
              const want = held.get(`${x},${y}`);
              expect(found === undefined ? undefined : [...found]).toEqual(want === undefined ? undefined : [...want]);
            }
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  const one: TestTile = { zoom: 3, x: 1, y: 2, bytes: new Uint8Array([1, 2, 3]) };

  it("says whom to credit, as plain text", () => {
    const attribution = '<a href="https://osm.org/copyright">&copy; OpenStreetMap</a> contributors';
    expect(open({ tiles: [one], metadata: { attribution } }).attribution).toBe("© OpenStreetMap contributors");
    expect(open({ tiles: [one] }).attribution).toBe("");
  });

  it("refuses what it cannot read, naming the byte", () => {
    const bytes = encodePmTiles({ tiles: [one] });
    const refusal = (at: number, value: number): (() => unknown) => {
      const other = bytes.slice();
      other[at] = value;
      return () => openPmTiles(bytesSource("a.pmtiles", other), inflate).tile(3, 1, 2);
    };
    expect(refusal(0, 0)).toThrow("a.pmtiles at byte 0: is no PMTiles archive");
    expect(refusal(7, 2)).toThrow(/version 2/);
    expect(refusal(97, 4)).toThrow(/at byte 97: compression 4/);
    expect(refusal(99, 2)).toThrow(/pictures/);
    expect(refusal(16, 255)).toThrow(/a\.pmtiles at byte 127: /);
    expect(() => openPmTiles(bytesSource("a.pmtiles", bytes.subarray(0, 100)), inflate)).toThrow(/cut short/);
  });

  it("never throws anything but words, nor hangs, at bytes of chance", () => {
    const whole = encodePmTiles({ tiles: [one], gzip: false, leafSize: 1, metadata: { attribution: "x" } });
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 }), (at, value) => {
        const bytes = whole.slice();
        bytes[at] = value;
        try {
          openPmTiles(bytesSource("a.pmtiles", bytes), inflate).tile(3, 1, 2);
        } catch (error) {
          expect(error).toMatchObject({ name: "CityImportError" });
        }
      }),
      { numRuns: 400 },
    );
  });
});

it("a box needs exactly the tiles that it touches", () => {
  const box = { westDeg: -122.464, southDeg: 37.754, eastDeg: -122.432, northDeg: 37.779 };
  const tiles = tilesOver(15, box);
  expect(tiles).toHaveLength(9);
  expect(tiles[0]).toEqual({ zoom: 15, x: 5237, y: 12_665 });
  expect(tilesOver(0, box)).toEqual([{ zoom: 0, x: 0, y: 0 }]);
});
