import { describe, expect, it } from "vitest";
import { FleetRun } from "./fleet-run.js";
import { hoveringFleet, stepFleet } from "./hovering.js";

describe("the fleet of the sim bench", () => {
  it("flies, and says something", () => {
    let frames = 0;
    const run = new FleetRun(2, 1, () => {
      frames++;
    });
    run.runTo(50_000);
    expect(run.flying).toBe(2);
    expect(frames).toBeGreaterThan(1000);
    expect(Math.abs((run.places()[1] ?? 0) - 0)).toBeGreaterThan(30);
  });
  it("stays in the air under the physics alone", () => {
    const fleet = hoveringFleet(3, 1);
    stepFleet(fleet, 250 * 10);
    for (const state of fleet) expect(Math.abs(state.altAmslM - 1680)).toBeLessThan(15);
  });
});
