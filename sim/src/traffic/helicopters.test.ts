import { describe, expect, it } from "vitest";
import { Helicopters } from "./helicopters.js";

describe("a crossing helicopter", () => {
  it("passes the place at the distance asked, on its left or right, and is gone afterwards", () => {
    const all = new Helicopters();
    const one = all.add({
      cooperative: true,
      callSign: "N911PD",
      altAmslM: 200,
      speedMps: 50,
      fromDeg: 270,
      eastM: 100,
      northM: 50,
      passM: 150,
    });
    let nearestM = Number.POSITIVE_INFINITY;
    for (let tMs = 0; tMs <= 170_000; tMs += 500) {
      all.step(tMs);
      if (all.all.length > 0) nearestM = Math.min(nearestM, Math.hypot(one.eastM - 100, one.northM - 50));
      if (tMs === 60_000) expect(all.all).toHaveLength(1);
    }
    expect(nearestM).toBeCloseTo(150, 0);
    expect(all.all).toHaveLength(0);
  });
});
