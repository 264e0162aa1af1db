import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bearingDeg,
  destination,
  distanceM,
  geoBearingDeg,
  geoDestination,
  geoDistanceM,
  localFrame,
  turnDeg,
  wrap180Deg,
  wrap360Deg,
} from "./index.js";

const within = (limit: number) => fc.double({ min: -limit, max: limit, noNaN: true });

describe("local frame", () => {
  it("goes there and back within a millimetre, at any latitude and across the date line", () => {
    fc.assert(
      fc.property(within(80), within(180), within(5000), within(5000), (latDeg, lonDeg, eastM, northM) => {
        const frame = localFrame({ latDeg, lonDeg });
        const back = frame.toLocal(frame.toGeo({ eastM, northM }));
        expect(distanceM(back, { eastM, northM })).toBeLessThan(1e-3);
      }),
    );
  });

  it("agrees with arc lengths along the meridian and the parallel within 0.1 m at 5 km", () => {
    // WGS84 at 38°: one degree of latitude is 110 996.5 m there, one degree of longitude 87 832.4 m.
    const frame = localFrame({ latDeg: 38, lonDeg: -122 });
    expect(frame.toLocal({ latDeg: 38.04, lonDeg: -122 }).northM).toBeCloseTo(4439.9, 0);
    expect(frame.toLocal({ latDeg: 38, lonDeg: -121.95 }).eastM).toBeCloseTo(4391.8, 0);
  });

  it("measures the same distance from two different origins within 0.1 m", () => {
    fc.assert(
      fc.property(within(60), within(3000), within(3000), within(3000), within(3000), (latDeg, e1, n1, e2, n2) => {
        const one = localFrame({ latDeg, lonDeg: 10 });
        const a = one.toGeo({ eastM: e1, northM: n1 });
        const b = one.toGeo({ eastM: e2, northM: n2 });
        const here = distanceM({ eastM: e1, northM: n1 }, { eastM: e2, northM: n2 });
        expect(Math.abs(geoDistanceM(a, b) - here)).toBeLessThan(0.1);
      }),
    );
  });

  it("refuses an origin that is no position", () => {
    expect(() => localFrame({ latDeg: Number.NaN, lonDeg: 0 })).toThrow(RangeError);
    expect(() => localFrame({ latDeg: -122, lonDeg: 37 })).toThrow(/origin/);
  });
});

describe("directions", () => {
  it("wraps degrees", () => {
    expect([wrap360Deg(-90), wrap360Deg(720), wrap360Deg(-1e-20)]).toEqual([270, 0, 0]);
    expect([wrap180Deg(270), wrap180Deg(180), turnDeg(350, 10), turnDeg(10, 350)]).toEqual([-90, -180, 20, -20]);
  });

  it("reaches the distance and bearing asked for", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 359.9, noNaN: true }),
        fc.double({ min: 1, max: 9000, noNaN: true }),
        (b, d) => {
          const to = destination({ eastM: 5, northM: -7 }, b, d);
          expect(distanceM({ eastM: 5, northM: -7 }, to)).toBeCloseTo(d, 6);
          expect(Math.abs(turnDeg(bearingDeg({ eastM: 5, northM: -7 }, to), b))).toBeLessThan(1e-6);
          const geo = geoDestination({ latDeg: 37, lonDeg: -122 }, b, d);
          expect(Math.abs(geoDistanceM({ latDeg: 37, lonDeg: -122 }, geo) - d)).toBeLessThan(0.1);
          expect(Math.abs(turnDeg(geoBearingDeg({ latDeg: 37, lonDeg: -122 }, geo), b))).toBeLessThan(0.01);
        },
      ),
    );
  });
});
