import { contingencyBufferM } from "@outrider/geo";
import { describe, expect, it } from "vitest";
import { at, configForTests, flatWorld, GROUND_M } from "../launch/testing/index.js";
import { edgeAlong, pacePath, SLOW_MPS, shortOf } from "./edge.js";
import { makePlan, type PlanRequest } from "./plan.js";
import { siteOf } from "./site.js";

const halfM = 3000;
const site = siteOf(configForTests(), flatWorld([]));
const type = site.config.aircraftTypes["quad"];
if (type === undefined) throw new Error("no type");
const high = (eastM: number, northM: number) => ({ eastM, northM, altAmslM: GROUND_M + 50 });
const request = (scene: { eastM: number; northM: number }): PlanRequest => ({
  planId: "p",
  type,
  dock: { dockId: "dock-1", name: "Dock 1", point: at(-1500, 0) },
  others: [],
  scene: at(scene.eastM, scene.northM),
  aloft: { wind: { speedMps: 0, fromDeg: 0 }, sigmaMps: 1, known: true },
});
const checksAt = (scene: { eastM: number; northM: number }) => {
  const answer = makePlan(site, request(scene));
  if (answer.kind !== "plan") throw new Error(answer.text);
  return answer;
};

describe("room to stop inside the fence (flight.md 6.1)", () => {
  it("given a line along the fence, needs what stopping from its speed takes", () => {
    const along = (offM: number, speedMps: number) =>
      shortOf(edgeAlong(site, [high(-1500, halfM - offM), high(1500, halfM - offM)], speedMps));
    expect(Math.round(contingencyBufferM(15))).toBe(75);
    expect(along(76, 15)).toBeLessThanOrEqual(0);
    expect(along(70, 15)).toBeGreaterThan(0);
    expect(along(70, 10)).toBeLessThanOrEqual(0);
    expect(along(10, 10)).toBeGreaterThan(0);
  });

  it("given a line that ends at rest beside the fence, needs no more there than that place has", () => {
    expect(shortOf(edgeAlong(site, [high(0, 0), high(0, halfM - 30)], 15))).toBeLessThanOrEqual(0);
    expect(shortOf(edgeAlong(site, [high(0, 0), high(0, halfM - 5)], 15))).toBeGreaterThan(0);
  });

  it("given a way that runs beside the fence for a while, flies that piece slowly and the rest fast", () => {
    const path = [high(-2000, 0), high(-1000, halfM - 60), high(1000, halfM - 60), high(2000, 0)];
    const paced = pacePath(site, path, 15);
    expect(new Set(paced.speedsMps)).toEqual(new Set([15, SLOW_MPS]));
    expect(paced.speedsMps[0]).toBe(15);
    expect(paced.speedsMps.at(-1)).toBe(15);
    expect(paced.slowM).toBeGreaterThanOrEqual(2000);
    expect(paced.slowM).toBeLessThan(2700);
    expect(paced.points).toEqual(expect.arrayContaining(path));
    expect(paced.points.length).toBe(paced.speedsMps.length + 1);
    expect(shortOf(paced.edge)).toBeLessThanOrEqual(0);
    expect(pacePath(site, [high(0, 0), high(1000, 0)], 15)).toMatchObject({ slowM: 0, speedsMps: [15] });
  });

  it("given a scene beside the fence, circles closer so that its circle can stop inside, and says what is missing", () => {
    const wide = checksAt({ eastM: 0, northM: 0 });
    expect(wide.plan.scene.orbitRadiusM).toBe(60);
    const near = checksAt({ eastM: 0, northM: halfM - 65 });
    expect(near.plan.scene.orbitRadiusM).toBeLessThan(60);
    expect(near.checks.fence.sceneMarginM).toBeGreaterThanOrEqual(near.checks.fence.sceneNeedM);
    const over = checksAt({ eastM: 0, northM: halfM - 30 });
    expect(over.checks.fence.sceneMarginM).toBeLessThan(over.checks.fence.sceneNeedM);
  });
});
