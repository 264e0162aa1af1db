import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Raster } from "./raster.js";
import type { View } from "./view.js";

const width = 48;
const height = 20;
const axis = (e: number, n: number, u: number) => ({ e, n, u });
const view: View = {
  width,
  height,
  focalPx: 40,
  cx: width / 2,
  cy: height / 2,
  eastM: 0,
  northM: 0,
  upM: 0,
  right: axis(1, 0, 0),
  down: axis(0, 0, -1),
  forward: axis(0, 1, 0),
};

/** A tilted sheet that fills a rectangle of pixels: its depth at the picture's middle, and its slopes. */
type Sheet = { x0: number; y0: number; w: number; h: number; z: number; tiltX: number; tiltY: number };
const sheets = fc.record({
  x0: fc.integer({ min: -5, max: 40 }),
  y0: fc.integer({ min: -5, max: 15 }),
  w: fc.integer({ min: 1, max: 30 }),
  h: fc.integer({ min: 1, max: 15 }),
  z: fc.double({ min: 5, max: 40, noNaN: true }),
  tiltX: fc.double({ min: -1, max: 1, noNaN: true }),
  tiltY: fc.double({ min: -1, max: 1, noNaN: true }),
});

/** 1/z of the plane z = z0 + tiltX·x + tiltY·y along the ray of a place in the picture. */
const nearness = (s: Sheet, px: number, py: number): number =>
  (1 - (s.tiltX * (px - view.cx)) / view.focalPx - (s.tiltY * (py - view.cy)) / view.focalPx) / s.z;

/** Counter-clockwise as the camera sees it, y being down. */
const cornersOf = (s: Sheet) =>
  [
    [s.x0, s.y0],
    [s.x0, s.y0 + s.h],
    [s.x0 + s.w, s.y0 + s.h],
    [s.x0 + s.w, s.y0],
  ] as const;

function drawSheet(raster: Raster, s: Sheet, face: number): boolean {
  for (const [x, y] of cornersOf(s)) {
    const z = 1 / nearness(s, x, y);
    raster.corner(((x - view.cx) / view.focalPx) * z, ((y - view.cy) / view.focalPx) * z, z);
  }
  return raster.draw(s.tiltX, s.tiltY, -1, face);
}

describe("raster", () => {
  it("shows in every pixel the face that is nearest there, whatever the order of drawing", () => {
    fc.assert(
      fc.property(fc.array(sheets, { minLength: 1, maxLength: 8 }), (all) => {
        // Sheets that reach beside or behind the camera have corners without a depth: they are cut before they come here.
        const drawn = all.filter((s) => cornersOf(s).every(([x, y]) => nearness(s, x, y) * s.z > 0.05));
        const raster = new Raster(width, height);
        raster.begin(view);
        drawn.forEach((s, i) => {
          drawSheet(raster, s, i + 1);
        });
        const wrong: string[] = [];
        for (let i = 0; i < width * height; i++) {
          const [x, y] = [(i % width) + 0.5, Math.floor(i / width) + 0.5];
          const here = drawn
            .map((s, k) => ({ s, face: k + 1, near: nearness(s, x, y) }))
            .filter(({ s }) => x > s.x0 && x < s.x0 + s.w && y > s.y0 && y < s.y0 + s.h)
            .sort((a, b) => b.near - a.near);
          const [first, second] = here;
          // Where two cross within rounding, either will do.
          if (first && second && first.near - second.near < 1e-9) continue;
          const shown = raster.rows.faceAt(x - 0.5, y - 0.5);
          if (shown !== (first?.face ?? 0)) wrong.push(`face ${shown} at ${x}, ${y}`);
          const told = first ? raster.nearness(first.face, x - 0.5, y - 0.5) - first.near : 0;
          if (Math.abs(told) > 1e-9) wrong.push(`depth of ${first?.face} at ${x}, ${y}`);
        }
        expect(wrong).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("says of a polygon behind another that it won no pixel, and of one through it that it did", () => {
    const raster = new Raster(width, height);
    raster.begin(view);
    const sheet: Sheet = { x0: 5, y0: 2, w: 20, h: 10, z: 10, tiltX: 0, tiltY: 0 };
    const won = (s: Sheet, face: number): boolean => {
      const pixels = (): number =>
        Array.from({ length: width * height }, (_, i) => raster.rows.faceAt(i % width, Math.floor(i / width))).filter(
          (shown) => shown === face,
        ).length;
      const before = pixels();
      const told = drawSheet(raster, s, face);
      const more = pixels() > before;
      expect(told).toBe(more);
      return more;
    };
    expect(won(sheet, 1)).toBe(true);
    expect(won({ ...sheet, z: 12 }, 2)).toBe(false);
    expect(won({ ...sheet, tiltX: 0.5 }, 2)).toBe(true);
  });
});
