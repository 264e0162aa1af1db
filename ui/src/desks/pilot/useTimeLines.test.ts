import type { RoomViews } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { reachKey, reachWords } from "./useTimeLines.js";

const body = {
  features: [
    {
      properties: { seconds: 60 },
      geometry: {
        type: "LineString",
        coordinates: [
          [-122.45, 37.77],
          [-122.44, 37.77],
        ],
      },
    },
  ],
};
// Only what the key looks at; the rest of a fleet does not matter here.
const fleet = (ready: boolean, fromDeg = 270) =>
  ({
    docks: [{ dockId: "a" }],
    aircraft: [{ dockId: "a", ready, inAir: false }],
    wind: { speedMps: 4, fromDeg },
  }) as unknown as RoomViews["fleet"];

describe("time to arrive", () => {
  it("says whose lines they are, and what is missing when there are none", () => {
    expect(reachWords(body, 2)).toBe("2 aircraft, from the yes to the camera, with this wind");
    expect(reachWords(undefined, 2)).toBe("the station has not computed it yet");
    expect(reachWords({ features: [] }, 1)).toBe("none within the city");
    expect(reachWords(body, 0)).toBe("no aircraft is ready");
  });

  it("is asked anew when another aircraft is ready or the wind turns, and not for a breath of it", () => {
    expect(reachKey(fleet(true))).not.toBe(reachKey(fleet(false)));
    expect(reachKey(fleet(true, 272))).toBe(reachKey(fleet(true)));
    expect(reachKey(fleet(true, 300))).not.toBe(reachKey(fleet(true)));
  });
});
