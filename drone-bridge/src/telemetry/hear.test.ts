import { type MavMessage, message } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { doorOf } from "../autopilot/index.js";
import { type AircraftState, hear, isPlace, newAircraftState, tumbling } from "./index.js";

/** The state after each of these, a tenth of a second apart. */
function after(...said: readonly MavMessage[]): AircraftState {
  const state = newAircraftState();
  for (const [n, each] of said.entries()) hear(state, each, true, doorOf(12), 1_000 + n * 100);
  return state;
}

const beat = message("HEARTBEAT", { type: 2, autopilot: 12, baseMode: 0x81 });
const here = message("GLOBAL_POSITION_INT", { timeBootMs: 500, lat: 397_400_000, lon: -1_049_900_000, alt: 1_600_000 });
const lean = (roll: number): MavMessage => message("ATTITUDE", { timeBootMs: 600, roll, pitch: 0 });

describe("what is no place", () => {
  it.each<[MavMessage, keyof AircraftState]>([
    [message("GLOBAL_POSITION_INT", { timeBootMs: 700, lat: 0, lon: 0 }), "positionMs"],
    [message("HOME_POSITION", { latitude: 0, longitude: 0, altitude: 0 }), "homeAltAmslM"],
    [message("HIGH_LATENCY2", { latitude: 0, longitude: 0 }), "lowRateMs"],
    [message("POSITION_TARGET_GLOBAL_INT", { latInt: 0, lonInt: 0, alt: 9 }), "target"],
    [message("GPS_RAW_INT", { lat: 0, lon: 0, fixType: 3 }), "gnss"],
  ])("is 0, 0 ($0.name): where it is, and its home, are not", (said, touched) => {
    const before = after(here);
    const state = after(here, said);
    expect(state.latDeg).toBeCloseTo(39.74);
    expect(state[touched]).toEqual(before[touched]);
    expect(state.home).toBeUndefined();
  });

  it("is a receiver without a fix, which says so all the same", () => {
    expect(after(message("GPS_RAW_INT", { lat: 0, lon: 0, fixType: 1 })).gnss?.fixType).toBe(1);
  });

  it("is beyond the poles and the date line, and not the equator", () => {
    expect(isPlace(900_000_000, 0)).toBe(false);
    expect(isPlace(1, 1_800_000_001)).toBe(false);
    expect(isPlace(0, 65_000_000)).toBe(true);
  });
});

describe("an attitude of no numbers", () => {
  it("is not level: what was tilted stays so, and falls", () => {
    const state = after(beat, lean(2), lean(Number.NaN), lean(Number.NaN), beat);
    expect(state.rollDeg).toBeCloseTo(114.6, 1);
    expect(tumbling(state)).toBe(true);
  });
});

describe("words by satellite", () => {
  const slow = (timestamp: number): MavMessage =>
    message("HIGH_LATENCY2", { timestamp, latitude: 400_000_000, longitude: -1_049_900_000, customMode: 0x0304 });

  it("change nothing beside heartbeats, nor where they were said before what is known", () => {
    expect(after(here, beat, slow(0)).latDeg).toBeCloseTo(39.74);
    expect(after(here, slow(400)).latDeg).toBeCloseTo(39.74);
    expect(after(here, slow(600)).latDeg).toBeCloseTo(40);
    expect(after(here, beat, slow(0)).lowRateMs).toBe(1_200);
  });
});
