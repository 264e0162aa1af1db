import { AdsbFlags, message } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { Traffic, trafficTiming } from "./index.js";

const all =
  AdsbFlags.VALID_COORDS |
  AdsbFlags.VALID_ALTITUDE |
  AdsbFlags.VALID_HEADING |
  AdsbFlags.VALID_VELOCITY |
  AdsbFlags.VALID_CALLSIGN;
const helicopter = (more: object = {}) =>
  message("ADSB_VEHICLE", {
    icaoAddress: 0xa1b2c3,
    lat: 397_400_000,
    lon: -1_049_900_000,
    altitude: 1_800_000,
    altitudeType: 1,
    heading: 9_000,
    horVelocity: 4_000,
    callsign: "N911PD",
    flags: all,
    tslc: 2,
    ...more,
  });

describe("traffic heard through an aircraft", () => {
  it("has its place, height, course and age", () => {
    const traffic = new Traffic();
    traffic.adsb("a", helicopter(), 1_000);
    const [seen] = traffic.seen(2_500);
    expect(seen).toMatchObject({
      trafficId: "a1b2c3",
      callSign: "N911PD",
      altM: 1_800,
      altKind: "ellipsoid",
      ageMs: 3_500,
    });
    expect(seen?.velEastMps).toBeCloseTo(40);
    expect(seen?.velNorthMps).toBeCloseTo(0);
  });

  it("says only what is marked valid, and nothing without a place", () => {
    const traffic = new Traffic();
    traffic.adsb("a", helicopter({ flags: AdsbFlags.VALID_COORDS }), 0);
    const [seen] = traffic.seen(0);
    expect(seen).not.toHaveProperty("altM");
    expect(seen).not.toHaveProperty("velEastMps");
    expect(seen).not.toHaveProperty("callSign");
    traffic.adsb("a", helicopter({ icaoAddress: 2, flags: 0 }), 0);
    traffic.adsb("a", helicopter({ icaoAddress: 3, lat: 0, lon: 0 }), 0);
    expect(traffic.seen(0)).toHaveLength(1);
    expect(traffic.refused).toBe(2);
  });

  it("heard by two is one, by the fresher word; silent ones go, and a flood keeps its bound", () => {
    const traffic = new Traffic();
    traffic.adsb("a", helicopter({ tslc: 0 }), 1_000);
    traffic.adsb("b", helicopter({ tslc: 9, altitude: 1 }), 1_100);
    expect(traffic.seen(1_200)).toMatchObject([{ heardBy: "a" }]);
    expect(traffic.seen(1_000 + trafficTiming.forgetMs + 1)).toEqual([]);
    for (let n = 1; n < 5_000; n++) traffic.adsb("a", helicopter({ icaoAddress: n }), 2_000);
    expect(traffic.seen(2_000).length).toBeLessThanOrEqual(trafficTiming.most);
  });
});
