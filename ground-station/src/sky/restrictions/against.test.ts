import { type AirspaceRules, type FlightPlan, type RestrictionArea, skyConfig } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { siteOf } from "../../airspace/index.js";
import { flatWorld } from "../../app/testing/flat-world.js";
import { at } from "../../app/testing/test-config.js";
import type { AirspaceFinding } from "../../gates/index.js";
import { configForTests, GROUND_M, START_MS } from "../../launch/testing/index.js";
import { conflictOf, type OurFlight } from "./against-flight.js";
import { type PlanSite, planFindings, type Waiver } from "./against-plan.js";
import { localArea, localShape } from "./area-geometry.js";
import { ceilingFindings } from "./ceilings.js";
import { SiteTime } from "./notice-words.js";

const site = siteOf(configForTests(), flatWorld());
const nowMs = START_MS;
const endMs = nowMs + 900_000;
const { airspace } = skyConfig.parse({});
const planSite = (waivers: readonly Waiver[] = []): PlanSite => ({
  ...{ local: site.local, groundOf: () => GROUND_M, rules: airspace, waivers, time: new SiteTime("UTC"), bufferM: 12 },
});

/** From the west to the middle, 60 m over flat ground; home again 80 m over it. */
const plan = {
  home: { point: at(-1_500, 0), groundAmslM: GROUND_M },
  takeoffAltAmslM: GROUND_M + 60,
  route: [{ point: at(-750, 200), altAmslM: GROUND_M + 60, altAglM: 60, speedMps: 15 }],
  scene: { point: at(0, 0), groundAmslM: GROUND_M, orbitRadiusM: 50, altAmslM: GROUND_M + 60, speedMps: 8 },
  returnAltAmslM: GROUND_M + 80,
  rally: [{ dockId: "dock-3", point: at(1_500, 0), altAmslM: GROUND_M }],
  alternateDockId: "dock-3",
  etaP90S: 140,
} as unknown as FlightPlan;

type Place = { readonly eastM: number; readonly northM?: number; readonly radiusM?: number };
const windows = [{ fromMs: nowMs - 1, untilMs: nowMs + 3_600_000 }];
const circle = ({ eastM, northM = 0, radiusM = 100 }: Place, more: Partial<RestrictionArea> = {}): RestrictionArea => ({
  shape: { kind: "circle", centre: at(eastM, northM), radiusM },
  ...{ windows, ...more },
});
const restriction = (...areas: readonly RestrictionArea[]) => ({
  told: { restrictionId: "faa:FDC 6/0421", sourceId: "faa", notam: "FDC 6/0421", title: "", areas: [...areas] },
  areas: areas.map((area) => localArea(area, site.local)),
});
const find = (area: RestrictionArea, waivers: readonly Waiver[] = []): AirspaceFinding | undefined =>
  planFindings(plan, [restriction(area)], { nowMs, endMs }, planSite(waivers))[0];
const kind = (area: RestrictionArea) => find(area)?.kind;

describe("a restriction against a plan", () => {
  it("is in the way on the way there, over the scene, at the dock and on a way home from anywhere", () => {
    const where = (place: Place) => find(circle(place))?.text.split(", ")[0];
    expect(where({ eastM: -750, northM: 200 })).toBe("TFR FDC 6/0421 lies on the way there");
    expect(where({ eastM: 0, northM: -140 })).toBe("TFR FDC 6/0421 lies over the scene");
    expect(where({ eastM: -1_550 })).toBe("TFR FDC 6/0421 lies at the dock");
    // Between the way there and the straight line home: only a return from half way crosses it.
    expect(where({ eastM: -700, northM: 95, radiusM: 30 })).toBe("TFR FDC 6/0421 lies on a way home");
    expect(find(circle({ eastM: -700, northM: 300 }))?.text).toBe(
      "TFR FDC 6/0421 lies on the way there, 750 m from the dock, ground and up, until 09:00",
    );
  });
  it("is near within its margin, nothing beyond, and a caution where only another dock lies behind it", () => {
    expect(kind(circle({ eastM: -750, northM: 700 }))).toBe("near");
    expect(kind(circle({ eastM: -750, northM: 900 }))).toBeUndefined();
    expect(kind(circle({ eastM: 1_000 }))).toBe("otherDock");
  });
  it("counts while it is in force during the flight and the margin after it", () => {
    const at = (fromMs: number, untilMs?: number) =>
      kind(
        circle({ eastM: -750, northM: 200 }, { windows: [untilMs === undefined ? { fromMs } : { fromMs, untilMs }] }),
      );
    const marginMs = airspace.marginMin * 60_000;
    expect([at(0), at(0, nowMs), at(0, nowMs + 1)]).toEqual(["inTheWay", undefined, "inTheWay"]);
    expect([at(endMs + marginMs), at(endMs + marginMs + 1)]).toEqual(["inTheWay", undefined]);
    expect(kind(circle({ eastM: -750, northM: 200 }, { windows: [] }))).toBe("unclear");
  });
  it("counts at the heights of the flight, with a doubt of 30 m, and wherever no limit was told", () => {
    const between = (lower?: number, upper?: number, above: "ground" | "sea" = "ground") =>
      kind(
        circle(
          { eastM: 0 },
          {
            ...(lower === undefined ? {} : { lower: { m: lower, above } }),
            ...(upper === undefined ? {} : { upper: { m: upper, above } }),
          },
        ),
      );
    // The circle is flown at 60 m, the return at 80.
    expect([between(110), between(111)]).toEqual(["inTheWay", undefined]);
    expect([between(undefined, 30), between(undefined, 29)]).toEqual(["inTheWay", undefined]);
    expect([between(GROUND_M + 110, undefined, "sea"), between(GROUND_M + 111, undefined, "sea")]).toEqual([
      ...["inTheWay", undefined],
    ]);
  });
  it("meets every height where nobody knows the ground", () => {
    const blind = { ...planSite(), groundOf: () => undefined };
    const high = restriction(circle({ eastM: 0 }, { lower: { m: 5_000, above: "ground" } }));
    expect(planFindings(plan, [high], { nowMs, endMs }, blind)[0]?.kind).toBe("inTheWay");
  });
  it("may be entered by a waiver that outlasts the flight, and by no other", () => {
    const waiver = { notam: "FDC 6/0421", reference: "SGI-12", untilMs: endMs };
    const area = circle({ eastM: -750, northM: 200 });
    expect(find(area, [waiver])).toMatchObject({
      kind: "waived",
      text: expect.stringContaining("waiver SGI-12 until"),
    });
    expect(find(area, [{ ...waiver, untilMs: endMs - 1 }])).toMatchObject({
      ...{ kind: "inTheWay", text: expect.stringContaining("waiver SGI-12 ends before the flight does") },
    });
    expect(find(area, [{ ...waiver, notam: "FDC 6/0422" }])?.kind).toBe("inTheWay");
  });
  it("that could not be read needs a person even where what is known of it is elsewhere", () => {
    const { told, areas } = restriction(circle({ eastM: 9_000 }));
    const doubtful = { told: { ...told, doubt: "its outline is not closed", placeDoubtful: true as const }, areas };
    const timeless = { told: { ...told, doubt: "its times are not told" }, areas };
    expect(planFindings(plan, [timeless], { nowMs, endMs }, planSite())).toEqual([]);
    expect(planFindings(plan, [doubtful], { nowMs, endMs }, planSite())).toEqual([
      { kind: "unclear", notam: "FDC 6/0421", text: "FDC 6/0421 is published, and its outline is not closed" },
    ]);
  });
});

const flight = (eastM: number, doing: OurFlight["doing"] = "out", northM = 0): OurFlight => ({
  ...{
    uid: "u",
    callSign: "OSPREY",
    launchId: "l",
    at: site.local(at(eastM, northM)),
    altAmslM: GROUND_M + 60,
    plan,
    doing,
  },
});
const relation = (one: OurFlight, area: RestrictionArea, waivers?: readonly Waiver[]) =>
  conflictOf(one, restriction(area), nowMs, planSite(waivers))?.relation;

describe("a restriction against a flight", () => {
  const half = circle({ eastM: -750, northM: 200 });
  it("is around it, ahead of it, or on its way home; what lies behind matters for the way home alone", () => {
    expect(relation(flight(-1_400), half)).toBe("ahead");
    expect(relation(flight(-750, "out", 200), half)).toBe("inside");
    expect(relation(flight(-100), circle({ eastM: -750 }))).toBe("wayHome");
    expect(relation(flight(-100, "home"), circle({ eastM: -750 }))).toBe("ahead");
    expect(relation(flight(-1_400, "home"), half)).toBeUndefined();
    expect(relation({ ...flight(-1_400), plan: undefined }, half)).toBeUndefined();
  });
  it("says who, which, how far, how high and until when", () => {
    expect(conflictOf(flight(-1_250), restriction(circle({ eastM: 0 })), nowMs, planSite())).toMatchObject({
      ...{ notam: "FDC 6/0421", relation: "ahead", distanceM: 1_150, launchId: "l" },
      text: "OSPREY flies towards TFR FDC 6/0421, 1.1 km away, ground and up, until 09:00.",
    });
  });
  it("counts as in force where nobody knows its times, not yet inside of one that begins later, never with a waiver", () => {
    const here = (more: Partial<RestrictionArea>) => relation(flight(0, "scene"), circle({ eastM: 0 }, more));
    expect(here({ windows: [] })).toBe("inside");
    expect(here({ windows: [{ fromMs: nowMs + 60_000 }] })).toBe("ahead");
    expect(here({ windows: [{ fromMs: nowMs + 3_600_000 }] })).toBeUndefined();
    const waiver = { notam: "FDC 6/0421", reference: "SGI-12", untilMs: nowMs };
    expect(relation(flight(0, "scene"), circle({ eastM: 0 }), [waiver])).toBeUndefined();
    expect(relation(flight(0, "scene"), circle({ eastM: 0 }), [{ ...waiver, untilMs: nowMs - 1 }])).toBe("inside");
  });
});

const square = (halfM: number) => ({
  ...{ kind: "polygon" as const, holes: [] },
  outer: [at(-halfM, -halfM), at(halfM, -halfM), at(halfM, halfM), at(-halfM, halfM)],
});
const cells = (ceilingAglM: number, halfM = 5_000) => [
  { shapes: [localShape(square(halfM), site.local)], ceilingAglM, airport: "KSFO" },
];
const paper = { reference: "COA-7", until: "2099-12-31", upTo: "ceiling" as const };
const ceilings = (
  ceilingAglM: number,
  rules: Partial<AirspaceRules>,
  untilMs: number | undefined = endMs,
  halfM?: number,
) =>
  ceilingFindings(plan, cells(ceilingAglM, halfM), endMs, {
    ...{ local: site.local, groundOf: () => GROUND_M, rules: { ...airspace, ...rules }, authorisedUntilMs: untilMs },
  }).map((one) => one.kind);

describe("the facility map against a plan", () => {
  it("authorises nobody: without a paper that outlasts the flight no cell is entered", () => {
    expect(ceilings(120, {}, undefined)).toEqual(["ceiling"]);
    expect(
      ceilingFindings(plan, cells(120), endMs, {
        ...{ local: site.local, groundOf: () => GROUND_M, rules: airspace, authorisedUntilMs: undefined },
      }),
    ).toMatchObject([{ kind: "ceiling", text: "Controlled airspace of KSFO, and no authorisation is configured" }]);
    expect(ceilings(120, { authorisation: paper }, endMs - 1)).toEqual(["ceiling"]);
  });
  it("lets an authorised flight up to the cell's ceiling, or up to what its paper names", () => {
    // The return is flown at 80 m.
    expect([80, 78.9, 0].map((metres) => ceilings(metres, { authorisation: paper })[0])).toEqual([
      ...["authorised", "ceiling", "ceiling"],
    ]);
    const feet = (upTo: number) => ceilings(0, { authorisation: { ...paper, upTo } });
    expect([feet(270), feet(250)]).toEqual([["authorised"], ["ceiling"]]);
  });
  it("proves nothing outside of its cells, unless the agency has looked", () => {
    expect(ceilings(120, { authorisation: paper }, endMs, 100)).toEqual(["unclear", "authorised"]);
    expect(ceilings(120, { authorisation: paper, uncontrolledOutsideMap: true }, endMs, 100)).toEqual(["authorised"]);
  });
});
