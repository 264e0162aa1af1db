import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ringArea2, roofPieces } from "./roof.js";

/** A counter-clockwise ring without crossings: distances from the middle by angle. */
const rings = fc.array(fc.double({ min: 3, max: 20, noNaN: true }), { minLength: 3, maxLength: 14 }).map((reach) =>
  Float64Array.from(
    reach.flatMap((r, i) => {
      const angle = (i / reach.length) * 2 * Math.PI;
      return [r * Math.cos(angle), r * Math.sin(angle)];
    }),
  ),
);
const pieceRing = (xy: Float64Array, piece: Uint16Array): Float64Array =>
  Float64Array.from([...piece].flatMap((p) => [xy[2 * p] ?? 0, xy[2 * p + 1] ?? 0]));

describe("roof pieces", () => {
  it("cover the outline once, each of them convex", () => {
    fc.assert(
      fc.property(rings, (xy) => {
        const pieces = roofPieces(xy).map((piece) => pieceRing(xy, piece));
        expect(pieces.reduce((sum, piece) => sum + ringArea2(piece), 0)).toBeCloseTo(ringArea2(xy), 6);
        for (const piece of pieces) {
          const n = piece.length / 2;
          for (let i = 0; i < n; i++) {
            const corner = [i, (i + 1) % n, (i + 2) % n].flatMap((k) => [piece[2 * k] ?? 0, piece[2 * k + 1] ?? 0]);
            expect(ringArea2(Float64Array.from(corner))).toBeGreaterThan(-1e-5);
          }
        }
      }),
    );
  });

  it("are two for an L and one for a rectangle", () => {
    expect(roofPieces(Float64Array.of(0, 0, 10, 0, 10, 4, 4, 4, 4, 10, 0, 10))).toHaveLength(2);
    expect(roofPieces(Float64Array.of(0, 0, 10, 0, 10, 4, 0, 4))).toHaveLength(1);
  });
});
