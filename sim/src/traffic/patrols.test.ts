import { worldFromCity } from "@outrider/geo";
import { describe, expect, it } from "vitest";
import { nextUnit, seedRandom } from "../air/index.js";
import { generateCity } from "../city/index.js";
import { Patrols } from "./patrols.js";
import { Traffic } from "./traffic.js";

const { roads } = worldFromCity(generateCity(7), 8);

describe("patrol cars", () => {
  it("answer a call with the nearest free unit, tell when it is there, and drive on after it", () => {
    const random = seedRandom(6);
    const chance = { unit: () => nextUnit(random) };
    const traffic = new Traffic({ graph: roads.graph, chance, count: 30, startMs: 0 });
    const patrols = new Patrols({ traffic, nearest: roads.nearest, count: 3, dispatchMs: 20_000, stayMs: 30_000 });
    const scene = { eastM: 100, northM: 120 };
    patrols.call(scene, 0);
    patrols.call({ eastM: 110, northM: 100 }, 1000);
    const news: string[] = [];
    let tookMs = 0;
    for (let tMs = 100; tMs <= 600_000 && !news.includes("free"); tMs += 200) {
      traffic.step(tMs);
      for (const one of patrols.step(tMs)) {
        news.push(one.kind);
        if (one.kind !== "arrived") continue;
        tookMs = one.tookMs;
        const there = traffic.vehicles.find((car) => car.parked);
        expect(Math.hypot((there?.eastM ?? 0) - scene.eastM, (there?.northM ?? 0) - scene.northM)).toBeLessThan(150);
      }
    }
    expect(news).toEqual(["sent", "arrived", "free"]);
    expect(tookMs).toBeGreaterThan(25_000);
    expect(tookMs).toBeLessThan(400_000);
    expect(traffic.vehicles.some((car) => car.parked)).toBe(false);
    expect(traffic.vehicles.filter((car) => car.driver === "patrol" && car.runsSignals)).toHaveLength(0);
  });
});
