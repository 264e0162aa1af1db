import type { Config } from "@outrider/contract";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { at, configForTests, flatWorld, GROUND_M } from "../launch/testing/index.js";
import { lowerBoundOf, makePlan, type PlanRequest } from "./plan.js";
import { type Site, siteOf } from "./site.js";
import { checkTarget } from "./target.js";
import { turnTimes } from "./turn.js";

const config = configForTests();
const type = config.aircraftTypes["quad"];
if (type === undefined) throw new Error("no type");
const aloft = { wind: { speedMps: 3, fromDeg: 270 }, sigmaMps: 1, known: true };
const box = (eastM: number, northM: number, sizeM: number, heightM: number) => ({
  ring: [
    { eastM, northM },
    { eastM: eastM + sizeM, northM },
    { eastM: eastM + sizeM, northM: northM + sizeM },
    { eastM, northM: northM + sizeM },
  ],
  groundAmslM: GROUND_M,
  heightM,
});
const ring = (eastM: number, northM: number, halfM: number) => [
  at(eastM - halfM, northM - halfM),
  at(eastM + halfM, northM - halfM),
  at(eastM + halfM, northM + halfM),
  at(eastM - halfM, northM + halfM),
];

const siteWith = (buildings: ReturnType<typeof box>[] = [], change: (base: Config) => Config = (base) => base): Site =>
  siteOf(configForTests(change), flatWorld(buildings));
const request = (over: Partial<PlanRequest> = {}): PlanRequest => ({
  planId: "p1",
  type,
  dock: { dockId: "dock-1", name: "Dock 1", point: at(-1500, 0) },
  others: [{ dockId: "dock-2", name: "Dock 2", point: at(0, 0) }],
  scene: at(-500, 0),
  aloft,
  ...over,
});
const planned = (site: Site, over: Partial<PlanRequest> = {}) => {
  const answer = makePlan(site, request(over));
  if (answer.kind !== "plan") throw new Error(answer.text);
  return answer;
};

describe("flight plan", () => {
  it("flies straight at the lowest clear height in AMSL, and ends on the scene's circle", () => {
    const { plan, checks } = planned(siteWith());
    expect(plan.takeoffAltAmslM).toBeCloseTo(GROUND_M + 50, 0);
    expect(plan.route.at(-1)?.altAmslM).toBeGreaterThanOrEqual(plan.scene.altAmslM);
    expect(plan.scene.altAmslM).toBe(GROUND_M + 60);
    expect(plan.lengthM).toBeCloseTo(940, 0);
    expect(checks).toMatchObject({
      fence: { homeInside: true, sceneInside: true, routeInside: true },
      wayHome: { gaps: [], alternates: 1 },
    });
    expect(plan.profile.length).toBeGreaterThan(10);
    expect(plan.profile.length).toBeLessThanOrEqual(200);
    expect(plan.etaS).toBeGreaterThanOrEqual(lowerBoundOf(siteWith(), request()));
  });

  it("goes round a tower that reaches over the ceiling, and over a house", () => {
    const site = siteWith([box(-1050, -50, 100, 200)]);
    const tower = planned(site);
    expect(tower.plan.lengthM).toBeGreaterThan(945);
    expect(tower.checks.clearance.minClearanceM).toBeGreaterThanOrEqual(10);
    const house = planned(siteWith([box(-1050, -50, 100, 35)]));
    expect(house.plan.lengthM).toBeCloseTo(940, 0);
    expect(house.checks.clearance.minClearanceM).toBeGreaterThanOrEqual(10);
  });

  it("goes round an exclusion zone with the buffer, and tells when no straight way home is clear", () => {
    const zones = (base: Config): Config => ({
      ...base,
      site: { ...base.site, exclusionZones: [{ id: "z", name: "School", ring: ring(-1000, 40, 80) }] },
    });
    const { checks } = planned(siteWith([], zones));
    expect(checks.fence.routeInside).toBe(true);
    expect(checks.wayHome.gaps[0]).toMatch(/School/);
  });

  it("leaves out a rally point that would draw it through a zone", () => {
    const zones = (base: Config): Config => ({
      ...base,
      site: { ...base.site, exclusionZones: [{ id: "z", name: "School", ring: ring(-250, 0, 60) }] },
    });
    const { plan, checks } = planned(siteWith([], zones));
    expect(plan.rally).toEqual([]);
    expect(checks.wayHome).toMatchObject({ gaps: [], alternates: 0 });
  });

  it("proves the ways home at the return height that the site's parameter gives, not at a wished one", () => {
    const low = (base: Config): Config => ({
      ...base,
      failsafeParameters: { RTL_RETURN_ALT: { value: 30, why: "low" } },
    });
    const { plan } = planned(siteWith([], low));
    expect(plan.returnAltAmslM).toBe(GROUND_M + 30);
    // The aircraft keeps its own greater height on the way home, so a house well below that is no gap.
    expect(planned(siteWith([box(-1050, -50, 100, 35)], low)).checks.wayHome.gaps).toEqual([]);
    // Round a taller one it would return straight over it: so it cruises higher, where the return is clear.
    const higher = planned(siteWith([box(-1050, -50, 100, 45)], low));
    expect(higher.checks.wayHome.gaps).toEqual([]);
    expect(higher.plan.takeoffAltAmslM).toBe(GROUND_M + 70);
  });

  it("says why there is none", () => {
    const inZone = (base: Config): Config => ({
      ...base,
      site: { ...base.site, exclusionZones: [{ id: "z", name: "School", ring: ring(-500, 0, 200) }] },
    });
    expect(makePlan(siteWith([], inZone), request())).toMatchObject({ kind: "impossible", code: "scene-in-zone" });
    expect(makePlan(siteWith(), request({ aloft: { ...aloft, wind: { speedMps: 30, fromDeg: 90 } } }))).toMatchObject({
      code: "wind",
    });
    expect(planned(siteWith(), { scene: at(-3200, 0) }).checks.fence.sceneInside).toBe(false);
    expect(planned(siteWith(), { scene: at(-2980, 0) }).checks.fence.sceneMarginM).toBeLessThan(25);
  });

  it("avoids privacy zones on the way, and names one that holds the scene", () => {
    const privacy =
      (eastM: number) =>
      (base: Config): Config => ({
        ...base,
        site: { ...base.site, privacyZones: [{ id: "c", name: "Clinic", ring: ring(eastM, 0, 50) }] },
      });
    expect(planned(siteWith([], privacy(-1000))).checks.privacy).toEqual({ crossed: [], sceneIn: [] });
    expect(planned(siteWith([], privacy(-500))).checks.privacy.sceneIn).toEqual(["Clinic"]);
  });

  it("is never faster than the bound that orders the search, and takes more energy the further it goes", () => {
    const site = siteWith();
    const coordinate = fc.double({ min: -2500, max: 2500, noNaN: true });
    fc.assert(
      fc.property(
        coordinate,
        coordinate,
        fc.double({ min: 0, max: 12, noNaN: true }),
        fc.double({ min: 0, max: 360, noNaN: true }),
        (e, n, speedMps, fromDeg) => {
          const wish = request({ scene: at(e, n), aloft: { wind: { speedMps, fromDeg }, sigmaMps: 1, known: true } });
          const answer = makePlan(site, wish);
          if (answer.kind === "plan") expect(answer.plan.etaS).toBeGreaterThanOrEqual(lowerBoundOf(site, wish) - 1e-6);
        },
      ),
      { numRuns: 40 },
    );
    expect(planned(site, { scene: at(1000, 0) }).checks.needWh).toBeGreaterThan(planned(site).checks.needWh);
  });
});

describe("a place that a pilot asks for", () => {
  const wish = { from: at(0, 0), fromAltAmslM: GROUND_M + 60, to: at(300, 0), altAglM: undefined, radiusM: 0 };
  it("gets a height in AMSL over the ground under it", () => {
    expect(checkTarget(siteWith(), wish)).toEqual({ kind: "fly", altAmslM: GROUND_M + 60, groundAmslM: GROUND_M });
    expect(checkTarget(siteWith(), { ...wish, altAglM: 45 })).toMatchObject({ altAmslM: GROUND_M + 45 });
  });
  it("is refused below the site's minimum, or below a roof plus the buffer", () => {
    expect(checkTarget(siteWith(), { ...wish, altAglM: 19.9 })).toMatchObject({
      reason: expect.stringContaining("minimum"),
    });
    expect(checkTarget(siteWith(), { ...wish, altAglM: 20 }).kind).toBe("fly");
    const house = siteWith([box(280, -20, 40, 40)]);
    expect(checkTarget(house, { ...wish, altAglM: 49 })).toMatchObject({
      reason: expect.stringContaining("over what stands there"),
    });
    expect(checkTarget(house, { ...wish, altAglM: 50 }).kind).toBe("fly");
  });
  it("is lifted over a house on the line, and refused where a tower stands in it", () => {
    const house = checkTarget(siteWith([box(100, -20, 40, 55)]), wish);
    expect(house).toMatchObject({ kind: "fly" });
    if (house.kind === "fly") expect(house.altAmslM).toBeGreaterThan(GROUND_M + 60);
    expect(checkTarget(siteWith([box(100, -20, 40, 150)]), wish).kind).toBe("refused");
  });
  it("is refused outside the fence, beyond the ceiling, in a zone, and beyond the height model", () => {
    const zones = (base: Config): Config => ({
      ...base,
      site: { ...base.site, exclusionZones: [{ id: "z", name: "School", ring: ring(150, 0, 40) }] },
    });
    expect(checkTarget(siteWith(), { ...wish, to: at(3100, 0) })).toMatchObject({
      reason: expect.stringContaining("fence"),
    });
    expect(checkTarget(siteWith(), { ...wish, altAglM: 121 })).toMatchObject({
      reason: expect.stringContaining("ceiling"),
    });
    expect(checkTarget(siteWith([], zones), wish)).toMatchObject({ reason: expect.stringContaining("School") });
    expect(checkTarget(siteWith(), { ...wish, to: at(4500, 0) })).toMatchObject({
      reason: expect.stringContaining("height model"),
    });
    expect(checkTarget(siteWith(), { ...wish, to: at(2960, 0), radiusM: 60 })).toMatchObject({
      reason: expect.stringContaining("fence"),
    });
  });
});

describe("time until it must turn", () => {
  const question = {
    at: at(0, 0),
    altAmslM: GROUND_M + 60,
    home: at(-1500, 0),
    returnAltAmslM: GROUND_M + 60,
    nowWh: 200,
    type,
    aloft,
  };
  it("falls with the charge and with wind on the nose, and is 0 when it is too late", () => {
    const site = siteWith();
    const calm = turnTimes(site, question).turnInS;
    expect(calm).toBeGreaterThan(300);
    expect(turnTimes(site, { ...question, nowWh: 150 }).turnInS).toBeLessThan(calm);
    expect(
      turnTimes(site, { ...question, aloft: { ...aloft, wind: { speedMps: 10, fromDeg: 270 } } }).turnInS,
    ).toBeLessThan(calm);
    expect(turnTimes(site, { ...question, nowWh: 60 }).turnInS).toBe(0);
    expect(turnTimes(site, { ...question, aloft: { ...aloft, wind: { speedMps: 25, fromDeg: 270 } } }).turnInS).toBe(0);
  });
});
