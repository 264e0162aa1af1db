import { describe, expect, it } from "vitest";
import { zoneAt } from "./zoneAt.js";

const yard = {
  name: "School yard",
  ring: [
    { latDeg: 37.7694, lonDeg: -122.4527 },
    { latDeg: 37.7694, lonDeg: -122.4516 },
    { latDeg: 37.7703, lonDeg: -122.4516 },
    { latDeg: 37.7703, lonDeg: -122.4527 },
  ],
};

describe("the zone of a place", () => {
  it("is the one that holds it, and none outside", () => {
    expect(zoneAt({ latDeg: 37.77, lonDeg: -122.452 }, [yard])).toBe("School yard");
    expect(zoneAt({ latDeg: 37.7705, lonDeg: -122.452 }, [yard])).toBeUndefined();
    expect(zoneAt({ latDeg: 37.77, lonDeg: -122.452 }, [])).toBeUndefined();
  });
});
