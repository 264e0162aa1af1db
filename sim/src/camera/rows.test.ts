import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Rows } from "./rows.js";

const width = 48;
const spans = fc.record({
  from: fc.integer({ min: -4, max: width }),
  wide: fc.integer({ min: 1, max: 12 }),
  near: fc.integer({ min: 1, max: 50 }),
});

describe("rows of runs", () => {
  it("hold the nearest face of every pixel after hundreds of spans, laid at either end, and gapless entries", () => {
    fc.assert(
      fc.property(fc.array(spans, { minLength: 200, maxLength: 400 }), (all) => {
        const rows = new Rows(width, 1, 500);
        const seen = Array.from({ length: width }, () => ({ face: 0, near: 0 }));
        const wronglyTold: number[] = [];
        all.forEach(({ from, wide, near }, i) => {
          const face = i + 1;
          rows.planes.set([0, 0, near], 3 * face);
          const won = rows.lay(face, 0, 0, Int32Array.of(from), Int32Array.of(from + wide));
          let gained = false;
          for (let x = Math.max(0, from); x < Math.min(width, from + wide); x++) {
            if (near <= (seen[x]?.near ?? 0)) continue;
            seen[x] = { face, near };
            gained = true;
          }
          if (won !== gained) wronglyTold.push(face);
        });
        expect(wronglyTold).toEqual([]);
        expect(seen.map((_, x) => rows.faceAt(x, 0))).toEqual(seen.map(({ face }) => face));
        const start = rows.starts[0] ?? 0;
        const places = Array.from(
          rows.entries.subarray(start, start + (rows.counts[0] ?? 0) + 1),
          (entry) => entry >> 16,
        );
        expect(places[0]).toBe(0);
        expect(places.at(-1)).toBe(width);
        expect(places.every((place, k) => k === 0 || place > (places[k - 1] ?? 0))).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it.each(["left", "right"])("find room again where a row wanders to the %s for long", (towards) => {
    const rows = new Rows(width, 3, 3_000);
    let face = 0;
    const place = (x: number): number => (towards === "right" ? x : width - x);
    const lay = (a: number, b: number, near: number): void => {
      face += 1;
      rows.planes.set([0, 0, near], 3 * face);
      const [from, to] = [Math.min(place(a), place(b)), Math.max(place(a), place(b))];
      rows.lay(face, 1, 1, Int32Array.of(0, from, 0), Int32Array.of(0, to, 0));
    };
    // Few entries come and go at one end and many at the other: each end makes its own room.
    for (let round = 1; round <= 200; round++) {
      for (let x = 1; x < 8; x += 2) lay(x, x + 1, round);
      for (let x = 30; x < 46; x += 2) lay(x, x + 1, round);
      lay(28, width, round + 0.5);
      lay(0, 9, round + 0.5);
    }
    expect(rows.faceAt(place(4), 1)).toBe(face);
    expect(rows.faceAt(place(40), 1)).toBe(face - 1);
    expect([rows.faceAt(4, 0), rows.faceAt(40, 2)]).toEqual([0, 0]);
    expect([rows.counts[0], rows.counts[2]]).toEqual([1, 1]);
  });
});
