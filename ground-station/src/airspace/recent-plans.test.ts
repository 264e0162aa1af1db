import { describe, expect, it } from "vitest";
import { at, configForTests, flatWorld } from "../launch/testing/index.js";
import { makePlan, type PlanRequest } from "./plan.js";
import { RecentPlans } from "./recent-plans.js";
import { siteOf } from "./site.js";

const config = configForTests();
const type = config.aircraftTypes["quad"];
if (type === undefined) throw new Error("no type");
const site = siteOf(config, flatWorld([]));
const request = (over: Partial<PlanRequest> = {}): PlanRequest => ({
  planId: "p1",
  type,
  dock: { dockId: "dock-1", name: "Dock 1", point: at(-1500, 0) },
  others: [{ dockId: "dock-2", name: "Dock 2", point: at(0, 0) }],
  scene: at(-500, 0),
  aloft: { wind: { speedMps: 3, fromDeg: 270 }, sigmaMps: 1, known: true },
  ...over,
});

describe("plans made again", () => {
  it("are those that would be made anew, under the new name", () => {
    const plans = new RecentPlans(site);
    plans.plan(request());
    expect(plans.plan(request({ planId: "p2" }))).toEqual(makePlan(site, request({ planId: "p2" })));
  });

  it("change with the wind, the docks that could take it in, and the scene", () => {
    const plans = new RecentPlans(site);
    plans.plan(request());
    for (const over of [
      { aloft: { wind: { speedMps: 9, fromDeg: 90 }, sigmaMps: 1, known: true } },
      { others: [] },
      { scene: at(-480, 20) },
      { aloft: { wind: { speedMps: 30, fromDeg: 90 }, sigmaMps: 1, known: true } },
    ])
      expect(plans.plan(request(over))).toEqual(makePlan(site, request(over)));
  });
});
