import type { FlightPlan } from "@outrider/contract";
import { localFrame } from "@outrider/geo";
import { describe, expect, it } from "vitest";
import { crossingsOf } from "./own-traffic.js";

const frame = localFrame({ latDeg: 39.74, lonDeg: -104.99 });
const at = (eastM: number, northM: number) => frame.toGeo({ eastM, northM });
type Way = { readonly from: [number, number]; readonly to: [number, number]; readonly altAmslM: number };

/** From a dock to a scene at one height, and home 20 m above it. */
function planOf({ from, to, altAmslM }: Way): FlightPlan {
  return {
    planId: "p",
    home: { point: at(...from), groundAmslM: 1600 },
    takeoffAltAmslM: altAmslM,
    route: [{ point: at(...to), altAmslM, altAglM: altAmslM - 1600, speedMps: 15 }],
    scene: { point: at(...to), groundAmslM: 1600, orbitRadiusM: 40, altAmslM, speedMps: 5 },
    returnAltAmslM: altAmslM + 20,
    rally: [],
    fence: { inclusion: [], exclusions: [], ceilingAmslM: 1800 },
    lengthM: 1000,
    etaS: 60,
    etaP90S: 70,
    energyOutWh: 10,
    energyHomeWh: 10,
    minClearanceM: 20,
    profile: [],
  };
}
const eastward = planOf({ from: [-500, 0], to: [500, 0], altAmslM: 1660 });
const crossing = (altAmslM: number, onlyHome = false, eastM = 0) => [
  { callSign: "KESTREL", plan: planOf({ from: [eastM, -500], to: [eastM, 500], altAmslM }), onlyHome },
];
const found = (others: Parameters<typeof crossingsOf>[2]) => crossingsOf(frame.toLocal, eastward, others);

describe("two of ours", () => {
  it("that cross at one height are found, with what is between them", () => {
    expect(found(crossing(1660))).toEqual([{ callSign: "KESTREL", horizontalM: 0, verticalM: 0, where: "way there" }]);
    expect(found(crossing(1665))[0]).toMatchObject({ verticalM: 5 });
  });

  it("are clear of each other 15 m apart in height, on the way there and on the way home", () => {
    expect(found(crossing(1640 - 15))).toEqual([]);
    expect(found(crossing(1695))).toEqual([]);
  });

  it("meet on a way home as well: 20 m lower there is the height of the other's return", () => {
    expect(found(crossing(1640))).toMatchObject([{ verticalM: 0, where: "way home" }]);
    expect(found(crossing(1640, true))).toHaveLength(1);
  });

  it("are not held against what the other has behind it", () => {
    expect(found(crossing(1660))).toHaveLength(1);
    expect(found(crossing(1660, true)).every(({ where }) => where === "way home")).toBe(true);
  });

  it("are clear where their ways are 60 m apart, and not where their circles nearly touch", () => {
    expect(found(crossing(1660, false, 700))).toEqual([]);
    const beside = planOf({ from: [1500, 300], to: [560, 60], altAmslM: 1660 });
    expect(found([{ callSign: "KESTREL", plan: beside, onlyHome: false }])[0]?.horizontalM).toBeCloseTo(4.9, 1);
  });
});
