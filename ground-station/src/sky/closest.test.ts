import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { closestApproach, type Relative, spanOfHeight, spanWithin } from "./closest.js";

const r = (eastM: number, northM: number, velEastMps: number, velNorthMps: number): Relative => ({
  ...{ eastM, northM, velEastMps, velNorthMps },
});

const metres = fc.double({ min: -8_000, max: 8_000, noNaN: true });
const mps = fc.double({ min: -90, max: 90, noNaN: true });
const relatives = fc.record({ eastM: metres, northM: metres, velEastMps: mps, velNorthMps: mps });
const at = (one: Relative, s: number): number =>
  Math.hypot(one.eastM + one.velEastMps * s, one.northM + one.velNorthMps * s);

describe("closest approach", () => {
  it.each([
    [r(3000, 0, -69.4, 0), 43.23, 0, 34.44],
    [r(3000, 300, -51.4, 0), 58.37, 300, 48.04],
    [r(4000, 700, -60, 0), 66.67, 700, undefined],
    [r(1000, 0, 20, 0), 0, 1000, undefined],
    [r(800, 200, -3, 0), 266.67, 200, 74.7],
  ])("is that of the worked examples", (relative, inS, distanceM, entryS) => {
    const found = closestApproach(relative);
    expect(found.inS).toBeCloseTo(inS, 1);
    expect(found.distanceM).toBeCloseTo(distanceM, 1);
    const span = spanWithin(relative, 609.6);
    if (entryS === undefined) expect(span).toBeUndefined();
    else expect(span?.fromS).toBeCloseTo(entryS, 1);
  });

  it("is nearer than at any other moment", () => {
    fc.assert(
      fc.property(relatives, fc.double({ min: 0, max: 300, noNaN: true }), (one, s) => {
        expect(closestApproach(one).distanceM).toBeLessThanOrEqual(at(one, s) + 1e-6);
      }),
    );
  });

  it("is within the radius exactly between the two ends of the span", () => {
    const radii = fc.double({ min: 10, max: 2_000, noNaN: true });
    fc.assert(
      fc.property(relatives, radii, fc.double({ min: 0, max: 300, noNaN: true }), (one, radiusM, s) => {
        const span = spanWithin(one, radiusM);
        const inside = at(one, s) <= radiusM - 0.01;
        const outside = at(one, s) > radiusM + 0.01;
        const within = span !== undefined && s >= span.fromS && s <= span.toS;
        if (inside) expect(within).toBe(true);
        if (outside) expect(within).toBe(false);
      }),
    );
  });
});

describe("heights that meet", () => {
  it("are those between which some height of the band lies, at each moment", () => {
    const rate = fc.double({ min: -15, max: 15, noNaN: true });
    fc.assert(
      fc.property(
        metres,
        fc.double({ min: 0, max: 500, noNaN: true }),
        rate,
        fc.nat(10),
        fc.nat(120),
        (lowM, wideM, lowMps, more, s) => {
          const band = { lowM, highM: lowM + wideM, lowMps, highMps: lowMps + more };
          const span = spanOfHeight(band, 76);
          const low = band.lowM + band.lowMps * s;
          const high = band.highM + band.highMps * s;
          const within = span !== undefined && s >= span.fromS && s <= span.toS;
          if (low <= 75.9 && high >= -75.9) expect(within).toBe(true);
          if (low > 76.1 || high < -76.1) expect(within).toBe(false);
        },
      ),
    );
  });
});
