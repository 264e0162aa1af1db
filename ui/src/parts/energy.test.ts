import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { energyShares } from "./energy.js";

describe("energy bar", () => {
  it("always adds up to one whole bar with no negative part", () => {
    const wh = fc.double({ min: -20, max: 300, noNaN: true });
    fc.assert(
      fc.property(wh, wh, wh, wh, (nowWh, homeWh, reserveWh, fullWh) => {
        const s = energyShares({ nowWh, homeWh, reserveWh, fullWh, turnInS: undefined });
        const parts = [s.toSpend, s.wayHome, s.reserve, s.spent];
        for (const p of parts) expect(p).toBeGreaterThanOrEqual(-1e-9);
        expect(parts.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6);
      }),
    );
  });

  it("takes from what is yours first, then the way home, and says so in red", () => {
    expect(energyShares({ nowWh: 100, homeWh: 20, reserveWh: 20, fullWh: 100, turnInS: 600 })).toMatchObject({
      toSpend: 0.6,
      look: "normal",
    });
    expect(energyShares({ nowWh: 30, homeWh: 20, reserveWh: 20, fullWh: 100, turnInS: 0 })).toMatchObject({
      toSpend: 0,
      wayHome: 0.1,
      reserve: 0.2,
      look: "past",
    });
  });

  it("is amber in the last two minutes before the turn", () => {
    expect(energyShares({ nowWh: 60, homeWh: 20, reserveWh: 20, fullWh: 100, turnInS: 119 }).look).toBe("soon");
  });
});
