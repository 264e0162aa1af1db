import { distanceToEdgeM, pointInRing } from "@outrider/geo";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { configForTests, flatWorld } from "../launch/testing/index.js";
import { fenceMarginM } from "./lines.js";
import { siteOf } from "./site.js";

describe("the margin to a convex fence", () => {
  const site = siteOf(configForTests(), flatWorld([]));
  const metres = fc.double({ min: -4_000, max: 4_000, noNaN: true });

  it("is the distance to its nearest side, counted from outside as less than nothing", () => {
    expect(site.fenceIsConvex).toBe(true);
    fc.assert(
      fc.property(metres, metres, (eastM, northM) => {
        const point = { eastM, northM };
        const edgeM = distanceToEdgeM(point, site.fence);
        const wantedM = pointInRing(point, site.fence) ? edgeM : -edgeM;
        expect(fenceMarginM(site, point)).toBeCloseTo(wantedM, 6);
      }),
    );
  });
});
