import type { BridgeLimits, FlightPlan } from "@outrider/contract";
import { localFrame } from "@outrider/geo";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bench, fate, flying, gotoAct, lastWords, say, standing, testPlan, uidA } from "../testing/index.js";
import { ArmCount, builtInLimits, type OwnLimits, outsideVolume, planOutside } from "./index.js";

const home = { latDeg: 39.74, lonDeg: -104.99 };
const frame = localFrame(home);
const at = (eastM: number, northM: number) => frame.toGeo({ eastM, northM });
const limits: BridgeLimits = {
  volume: {
    ring: [at(-800, -1_500), at(800, -1_500), at(800, 1_500), at(-800, 1_500)],
    maxAmslM: 1_750,
    maxAglM: 120,
    minAglM: 30,
    lowestGroundAmslM: 1_590,
    highestGroundAmslM: 1_640,
  },
  floors: [{ name: "Tower", ring: [at(190, 190), at(210, 190), at(210, 210), at(190, 210)], minAmslM: 1_700 }],
  arming: { perHour: 2, perHourAll: 3, maxActive: 2 },
  orders: { perSecond: 10, burst: 20 },
};
const own = (change: Partial<BridgeLimits> = {}): { limits: OwnLimits } => ({
  limits: { source: "file", text: "test", limits: { ...limits, ...change } },
});
const target = (eastM: number, northM: number, altAmslM = 1_660, groundAmslM = 1_600) => ({
  point: at(eastM, northM),
  altAmslM,
  groundAmslM,
});
// The fence of the common plan is wider than this volume.
const plan: FlightPlan = {
  ...testPlan,
  fence: { ...testPlan.fence, inclusion: [at(-700, -1_000), at(700, -1_000), at(700, 1_000), at(-700, 1_000)] },
};

describe("the bridge's own volume (security test 8)", () => {
  it("holds place, least and most height, ceiling, and floors over towers", () => {
    expect(outsideVolume(limits, target(0, 0))).toBeUndefined();
    expect(outsideVolume(limits, target(801, 0))).toContain("leaves the volume");
    expect(outsideVolume(limits, target(0, 0, 1_629))).toContain("the least is 30 m");
    expect(outsideVolume(limits, target(0, 0, 1_721))).toContain("the most is 120 m");
    expect(outsideVolume(limits, target(0, 0, 1_755, 1_640))).toContain("ceiling");
    expect(outsideVolume(limits, target(200, 200))).toContain("over Tower");
    expect(outsideVolume(limits, target(200, 200, 1_701))).toBeUndefined();
    expect(outsideVolume(limits, target(0, 0, Number.NaN))).toContain("no number");
  });

  it("does not believe an order that claims other ground to get lower or higher", () => {
    expect(outsideVolume(limits, target(0, 0, 1_560, 1_500))).toContain("not of this site");
    expect(outsideVolume(limits, target(0, 0, 1_900, 1_850))).toContain("not of this site");
  });

  it("takes no point outside of it, wherever that lies (property)", () => {
    const anywhere = fc.record({
      eastM: fc.double({ min: -6_000, max: 6_000, noNaN: true }),
      northM: fc.double({ min: -6_000, max: 6_000, noNaN: true }),
    });
    fc.assert(
      fc.property(anywhere, ({ eastM, northM }) => {
        fc.pre(Math.abs(Math.abs(eastM) - 800) > 1 && Math.abs(Math.abs(northM) - 1_500) > 1);
        const inside = Math.abs(eastM) < 800 && Math.abs(northM) < 1_500;
        expect(outsideVolume(limits, target(eastM, northM, 1_710)) === undefined).toBe(inside);
      }),
    );
  });

  it("looks along the way of a plan, and at its scene, way home, rally points and fence", () => {
    expect(planOutside(limits, plan)).toBeUndefined();
    expect(planOutside(limits, { ...plan, scene: { ...plan.scene, point: at(0, 1_600) } })).toContain("leaves");
    expect(planOutside(limits, { ...plan, scene: { ...plan.scene, altAmslM: 1_610 } })).toContain("least");
    expect(planOutside(limits, { ...plan, returnAltAmslM: 1_760 })).toContain("return or fence");
    expect(planOutside(limits, { ...plan, rally: [{ dockId: "d", point: at(1_200, 0), altAmslM: 1_670 }] })).toContain(
      "leaves",
    );
    expect(planOutside(limits, testPlan)).toContain("fence reaches beyond");
    // A ring with a bay: both ends inside, the way between them not.
    const bay: BridgeLimits = {
      ...limits,
      volume: {
        ...limits.volume,
        ring: [
          at(-1_000, -1_000),
          at(1_000, -1_000),
          at(1_000, 1_000),
          at(500, 1_000),
          at(500, -500),
          at(-500, -500),
          at(-500, 1_000),
          at(-1_000, 1_000),
        ],
      },
    };
    const over = {
      ...plan,
      home: { ...plan.home, point: at(-700, 500) },
      route: [],
      scene: { ...plan.scene, point: at(700, 500) },
    };
    expect(planOutside(bay, over)).toContain("leaves");
  });

  it("is a box around the docks where there is no file", () => {
    const { limits: built, source } = builtInLimits({ docks: [{ point: home }, { point: at(3_000, 0) }], minAglM: 20 });
    expect(source).toBe("builtIn");
    expect(outsideVolume(built, target(7_900, 0))).toBeUndefined();
    expect(outsideVolume(built, target(8_100, 0))).toContain("leaves");
    expect(outsideVolume(built, target(0, 0, 1_726))).toContain("the most is 125 m");
    expect(outsideVolume(builtInLimits({ docks: [], minAglM: 20 }).limits, target(9_999, 0))).toBeUndefined();
  });
});

describe("armings", () => {
  it("are counted for each aircraft and for all, within an hour", () => {
    const count = new ArmCount(limits.arming);
    count.note("a", 0);
    count.note("a", 1_000);
    expect(count.refusal("a", 0, 2_000)).toContain("armed 2 times");
    expect(count.refusal("b", 0, 2_000)).toBeUndefined();
    expect(count.refusal("b", 2, 2_000)).toContain("2 aircraft are armed");
    count.note("b", 2_000);
    expect(count.refusal("c", 0, 3_000)).toContain("3 armings");
    expect(count.refusal("a", 0, 3_601_500)).toBeUndefined();
  });
});

describe("a bridge with limits of its own", () => {
  it("refuses a hostile station before any byte leaves, and never stops a hold", () => {
    const b = bench(own({ verbs: { inAir: ["orbit"] } }));
    const aircraft = flying(b);
    expect(lastWords(b, "plan")).toContain("fence reaches beyond");
    expect(aircraft.commands(400)).toBe(0);
    say(b, "hold", { verb: "hold" });
    b.clock.run(1_000);
    expect(fate(b, "hold")).toContain("OrderSent");
  });

  it("allows by state only what its file allows", () => {
    const b = bench(own({ verbs: { disarmed: ["uploadPlan", "arm"], inAir: ["orbit"] } }));
    standing(b);
    say(b, "zoom", { verb: "levelCamera" });
    expect(lastWords(b, "zoom")).toContain("does not allow levelCamera while it is disarmed");
    say(b, "plan", { verb: "uploadPlan", plan });
    b.clock.run(3_000);
    say(b, "arm", { verb: "arm" }, { approvalId: "approval-1" });
    b.clock.run(2_000);
    say(b, "start", { verb: "startMission" });
    b.clock.run(3_000);
    expect(fate(b, "start")).toContain("OrderDone");
    say(b, "goto", gotoAct(1_660));
    expect(lastWords(b, "goto")).toContain("in the air");
    for (const verb of ["hold", "return", "land"] as const) {
      say(b, verb, { verb });
      expect(fate(b, verb)).toContain("OrderSent");
    }
  });

  it("remembers over a restart how often was armed", () => {
    const b = bench(own({ arming: { perHour: 1, perHourAll: 9, maxActive: 9 } }));
    const aircraft = standing(b);
    say(b, "plan", { verb: "uploadPlan", plan });
    b.clock.run(3_000);
    aircraft.results.set(400, 1);
    say(b, "arm", { verb: "arm" }, { approvalId: "approval-1" });
    b.clock.run(2_000);
    expect(fate(b, "arm")).toContain("OrderSent");
    b.restart();
    b.clock.run(6_000);
    say(b, "plan2", { verb: "uploadPlan", plan }, { uid: uidA });
    b.clock.run(3_000);
    say(b, "arm2", { verb: "arm" }, { approvalId: "approval-2" });
    expect(lastWords(b, "arm2")).toContain("armed 1 times within the hour");
    expect(aircraft.commands(400)).toBe(1);
  });
});
