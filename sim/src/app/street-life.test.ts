import { worldFromCity } from "@outrider/geo";
import { describe, expect, it } from "vitest";
import { generateCity } from "../city/index.js";
import { randomLooks } from "../traffic/index.js";
import { StreetLife } from "./street-life.js";

const city = generateCity(7);
const world = worldFromCity(city, 8);
const looks = randomLooks({ unit: () => 0.4 });
const flight = (runsSignals: boolean, ...legs: { bearingDeg: number; distanceM: number }[]) => ({
  legs,
  runsSignals,
  stops: true,
});

function life(told: string[] = []) {
  return new StreetLife({
    world,
    city,
    seed: 5,
    scenario: { vehicles: 20, patrols: 2 },
    startMs: 0,
    told: (text) => void told.push(text),
  });
}

describe("life in the streets", () => {
  it("lets the sought car drive its legs, turn off when the scenario says so, and stop at the end", () => {
    const streets = life();
    const car = streets.suspect(looks, { eastM: 0, northM: 0 }, flight(true, { bearingDeg: 90, distanceM: 600 }));
    if (car === undefined) throw new Error("no room for it");
    const from = { eastM: car.eastM, northM: car.northM };
    for (let tMs = 100; tMs <= 15_000; tMs += 100) streets.step(tMs);
    expect(car.runsSignals).toBe(true);
    const turned = { eastM: car.eastM, northM: car.northM };
    streets.suspectTurns(flight(false, { bearingDeg: 180, distanceM: 200 }, { bearingDeg: 270, distanceM: 300 }));
    expect(car.runsSignals).toBe(false);
    for (let tMs = 15_100; tMs <= 400_000 && !car.parked; tMs += 100) streets.step(tMs);
    expect(car.parked).toBe(true);
    expect(Math.hypot(car.eastM - (turned.eastM - 300), car.northM - (turned.northM - 200))).toBeLessThan(150);
    expect(Math.hypot(car.eastM - (from.eastM + 600), car.northM - from.northM)).toBeGreaterThan(250);
  });

  it("sends a patrol car to what happens, says so, and begins a run anew with the same streets", () => {
    const told: string[] = [];
    const streets = life(told);
    const places = () => streets.traffic.vehicles.map((one) => [one.vehicleId, one.eastM, one.northM]);
    const first = places();
    streets.incidentAt({ eastM: 100, northM: 100 }, 0);
    streets.gather({ at: { eastM: 100, northM: 100 }, people: 5, radiusM: 10, stayS: 60 }, 0);
    let tMs = 0;
    while (!told.some((text) => text.includes("is there")) && tMs < 400_000) {
      tMs += 100;
      streets.step(tMs);
    }
    expect(told).toEqual([
      expect.stringMatching(/^Unit 1[12] is sent$/),
      expect.stringMatching(/^Unit 1[12] is there, \d+ s after the call$/),
    ]);
    expect(streets.people).toHaveLength(5);
    streets.begin({ vehicles: 20, patrols: 2 }, 5, 0);
    expect(streets.people).toHaveLength(0);
    expect(places()).toEqual(first);
  });
});
