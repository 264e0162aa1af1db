import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { destination } from "../enu/index.js";
import { airspeedForMps, legSpeedMps, straightTimeS, windFromVector, windTriangle, windVector } from "./index.js";

describe("wind triangle (flight.md 1.4)", () => {
  it.each([
    [18, 10, 270, 45, 23.624, 21.87],
    [18, 10, 45, 45, 8.0, 45],
    [18, 12, 360, 90, 13.416, 48.19],
    [18, 17, 315, 0, 1.377, 318.1],
  ])("airspeed %d, wind %d from %d, track %d gives %d m/s", (airspeed, speedMps, fromDeg, track, gs, heading) => {
    const result = windTriangle(airspeed, { speedMps, fromDeg }, track);
    if (result.kind !== "flies") throw new Error("must be feasible");
    expect(result.groundSpeedMps).toBeCloseTo(gs, 2);
    expect(result.headingDeg).toBeCloseTo(heading, 1);
  });

  it("is infeasible where the crosswind is as fast as the aircraft", () => {
    expect(windTriangle(12, { speedMps: 12, fromDeg: 360 }, 90).kind).toBe("infeasible");
    expect(windTriangle(12, { speedMps: 14, fromDeg: 90 }, 90).kind).toBe("infeasible");
    expect(legSpeedMps({ commandedMps: 12, airspeedMaxMps: 12 }, { speedMps: 12, fromDeg: 360 }, 90)).toBe(0);
  });

  it.each([
    [5, 0, 17],
    [10, 0, 12],
    [14, 0, 8],
    [10, 90, 18],
    [10, 180, 18],
  ])("commanded 18, at most 22 through the air: wind %d from %d on track 0 gives %d", (speedMps, fromDeg, gs) => {
    expect(legSpeedMps({ commandedMps: 18, airspeedMaxMps: 22 }, { speedMps, fromDeg }, 0)).toBeCloseTo(gs, 6);
  });

  it("agrees with the airspeed that the ground speed asks for", () => {
    const angle = fc.double({ min: 0, max: 360, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 0, max: 17, noNaN: true }), angle, angle, (speedMps, fromDeg, trackDeg) => {
        const result = windTriangle(18, { speedMps, fromDeg }, trackDeg);
        if (result.kind === "flies") {
          expect(airspeedForMps(result.groundSpeedMps, { speedMps, fromDeg }, trackDeg)).toBeCloseTo(18, 6);
        }
        const { eastMps, northMps } = windVector({ speedMps, fromDeg });
        expect(windFromVector(eastMps, northMps).speedMps).toBeCloseTo(speedMps, 9);
      }),
    );
  });

  it("never lets a dog-leg beat the straight line in uniform wind", () => {
    const speeds = { commandedMps: 18, airspeedMaxMps: 22 };
    const angle = fc.double({ min: 0, max: 360, noNaN: true });
    const metre = fc.double({ min: 1, max: 3000, noNaN: true });
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 21, noNaN: true }),
        angle,
        angle,
        metre,
        angle,
        metre,
        (w, f, b1, d1, b2, d2) => {
          const wind = { speedMps: w, fromDeg: f };
          const start = { eastM: 0, northM: 0 };
          const knee = destination(start, b1, d1);
          const end = destination(knee, b2, d2);
          const dogLegS = straightTimeS(start, knee, speeds, wind) + straightTimeS(knee, end, speeds, wind);
          const straightS = straightTimeS(start, end, speeds, wind);
          if (Number.isFinite(dogLegS)) expect(straightS).toBeLessThanOrEqual(dogLegS + 1e-6);
        },
      ),
    );
  });
});
