import type { Config } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { configForTests } from "../launch/testing/index.js";
import { budgetOf, etaProfileOf } from "./budget.js";

const config = configForTests();
const type = config.aircraftTypes["quad"];
if (type === undefined) throw new Error("no type");
/** The leg of docs/px4.md: a pad, 515 m to the scene, a circle of 45 m, 57 m of climb, no gimbal. */
const leg = { pathM: 470, cruiseS: 470 / 15, climbM: 57, heightAboveTargetM: 55, radiusM: 45 };
const pad = (takeoffMps: number, climbMps: number, gimbal = false) =>
  ({ type: { ...type, takeoffMps, climbMps, gimbal }, dockType: "pad" }) as const;
const seconds = (...of: Parameters<typeof pad>) => budgetOf(config, pad(...of), leg).cameraS;

describe("time to camera on target", () => {
  it("given the two flights of a real PX4, is within a tenth of what they took to the scene (65.5 and 55.2 s)", () => {
    expect(Math.abs(seconds(1.5, 3) - 65.5)).toBeLessThan(6.5);
    expect(Math.abs(seconds(3, 5) - 55.2)).toBeLessThan(5.5);
  });

  it("given a gimbal, counts to where it sees from 300 m; without one to the scene itself", () => {
    expect(seconds(3, 5, true)).toBeLessThan(seconds(3, 5) - 8);
  });

  it("given a dock with a door, counts the door; a pad has none", () => {
    const dock = budgetOf(config, { ...pad(3, 5), dockType: "dock" }, leg);
    expect(dock.cameraS - seconds(3, 5)).toBeCloseTo(7, 6);
  });

  it("given climb parameters that are read back before launch, believes them and not the type's word", () => {
    const read = (values: Record<string, number>): Config => ({
      ...config,
      failsafeParameters: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, why: "" }])),
    });
    const slow = read({ MPC_TKO_SPEED: 1.5, MPC_Z_V_AUTO_UP: 3 });
    expect(etaProfileOf(slow, pad(3, 5)).climb).toEqual(etaProfileOf(config, pad(1.5, 3)).climb);
  });
});
