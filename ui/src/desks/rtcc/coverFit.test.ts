import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coverFit, toBox, toPicture } from "./coverFit.js";

const px = fc.double({ min: 50, max: 2000, noNaN: true });
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe("a picture that covers its box", () => {
  it("leaves no edge bare and maps there and back", () => {
    fc.assert(
      fc.property(px, px, share, share, (w, h, u, v) => {
        const fit = coverFit(w, h, 16 / 9);
        expect(fit.leftPx).toBeLessThanOrEqual(1e-9);
        expect(fit.topPx).toBeLessThanOrEqual(1e-9);
        const at = toBox(fit, u, v);
        const back = toPicture(fit, at.x, at.y);
        expect(back.u).toBeCloseTo(u, 9);
        expect(back.v).toBeCloseTo(v, 9);
        expect(toBox(fit, 0.5, 0.5).x).toBeCloseTo(w / 2, 6);
      }),
    );
  });
});
