import type { FlightPlan } from "@outrider/contract";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LATER_BY_S, meetingWithPlan } from "./meet-plan.js";
import { type Leg, legsOf } from "./plan-legs.js";
import { local, mover, sky } from "./testing/strangers.js";

const at = (eastM: number, northM: number) => ({ latDeg: northM / 1e5, lonDeg: eastM / 1e5 });
const way = (eastM: number, northM: number, speedMps = 15) => ({
  point: at(eastM, northM),
  altAmslM: 60,
  altAglM: 60,
  speedMps,
});
/** Straight east, a corner, and a circle; 5 s of climb. */
const plan = {
  home: { point: at(0, 0), groundAmslM: 0 },
  takeoffAltAmslM: 50,
  route: [way(750, 0), way(750, 600)],
  scene: { point: at(750, 750), groundAmslM: 0, orbitRadiusM: 50, altAmslM: 60, speedMps: 8 },
  etaS: 105,
} as unknown as FlightPlan;
const legs = legsOf(local, plan);

describe("a planned way", () => {
  it("is flown leg by leg in the time that was planned for it, and then circled for two minutes", () => {
    expect(legs.map((one) => [one.where, Math.round(one.fromS), Math.round(one.toS)])).toEqual([
      ["take-off", 0, 5],
      ["way there", 5, 55],
      ["way there", 55, 95],
      ["way there", 95, 105],
      ["scene", 105, 225],
    ]);
  });

  it("meets a helicopter that crosses it, says when, and none that is high above or flies away", () => {
    const crossing = meetingWithPlan(legs, mover({ eastM: 400, northM: 3_000, velEastMps: 0, velNorthMps: -60 }), sky);
    expect(crossing).toMatchObject({ closestM: 0, limitM: 610 });
    expect(crossing?.entryS).toBeLessThan(45);
    expect(
      meetingWithPlan(legs, mover({ eastM: 400, northM: 3_000, velEastMps: 0, velNorthMps: 60 }), sky),
    ).toBeUndefined();
    const above = { eastM: 400, northM: 3_000, velEastMps: 0, velNorthMps: -60, altAmslM: 400 };
    expect(meetingWithPlan(legs, mover(above), sky)).toBeUndefined();
    expect(meetingWithPlan(legs, mover({ ...above, altAmslM: undefined }), sky)).toBeDefined();
    expect(meetingWithPlan(legs, mover({ eastM: 2_000 }, { velocity: undefined }), sky)).toBeDefined();
    expect(meetingWithPlan(legs, mover({ eastM: 90_000 }), sky)).toBeUndefined();
  });

  const placeOn = (leg: Leg, share: number) => ({
    eastM: leg.from.eastM + (leg.to.eastM - leg.from.eastM) * share,
    northM: leg.from.northM + (leg.to.northM - leg.from.northM) * share,
  });

  it("is never said to be clear of one that is nearer than well clear at any moment, however late it starts", () => {
    const metres = fc.integer({ min: -12_000, max: 12_000 });
    const mps = fc.integer({ min: -80, max: 80 });
    fc.assert(
      fc.property(metres, metres, mps, mps, fc.nat(LATER_BY_S), (eastM, northM, velEastMps, velNorthMps, lateS) => {
        const stranger = mover({ eastM, northM, velEastMps, velNorthMps });
        const meeting = meetingWithPlan(legs, stranger, sky);
        let least = Number.POSITIVE_INFINITY;
        for (const leg of legs)
          for (let s = leg.fromS; s <= leg.toS; s += 2) {
            const own = placeOn(leg, (s - leg.fromS) / (leg.toS - leg.fromS));
            const t = s + lateS;
            least = Math.min(
              least,
              Math.hypot(eastM + velEastMps * t - own.eastM, northM + velNorthMps * t - own.northM),
            );
          }
        if (least < 609) expect(meeting).toBeDefined();
        if (meeting !== undefined) expect(meeting.closestM).toBeLessThan(610);
      }),
      { numRuns: 300 },
    );
  });
});
