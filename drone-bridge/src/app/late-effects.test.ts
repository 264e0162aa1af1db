import type { OrderVerb } from "@outrider/contract";
import { px4Mode } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import {
  type BadAir,
  type Bench,
  badAir,
  bench,
  fakeGroundAmslM,
  fate,
  flying,
  gotoAct,
  type PipeFaults,
  say,
  standing,
  testPlan,
} from "../testing/index.js";

const acts: readonly OrderVerb[] = [
  { verb: "hold" },
  gotoAct(fakeGroundAmslM + 60),
  { verb: "return" },
  { verb: "hold" },
  {
    verb: "orbit",
    point: { latDeg: 39.742, lonDeg: -104.99 },
    radiusM: 40,
    altAmslM: 1660,
    groundAmslM: 1600,
    speedMps: 8,
  },
  { verb: "return" },
  { verb: "land" },
];

/** What was told as somebody else's doing. */
const byOthers = (b: Bench): string[] =>
  b.station
    .facts()
    .filter(({ type, data }) => data["by"] === "other" || /^(OtherStationTookControl|PlanChangedByOther)$/.test(type))
    .map(({ type, data }) => `${type} ${data["mode"] ?? data["text"] ?? data["part"]}`);

/** In the air behind a link that is good until it leaves; undefined where the orders for that were lost. */
function away(faults: PipeFaults, seed: number): BadAir | undefined {
  const air = badAir([faults], seed, { bothWays: true });
  const { b, a } = air;
  a.tells = true;
  b.clock.run(8_000);
  for (let n = 0; n < 6 && b.station.facts("PlanReadBack").length === 0; n++) {
    say(b, `plan-${n}`, { verb: "uploadPlan", plan: testPlan });
    b.clock.run(15_000);
  }
  for (let n = 0; n < 3 && !a.armed; n++) {
    say(b, `arm-${n}`, { verb: "arm" }, { approvalId: `approval-${n}` });
    b.clock.run(5_000);
  }
  for (let n = 0; n < 3 && a.landedState !== 2; n++) {
    say(b, `start-${n}`, { verb: "startMission" });
    b.clock.run(5_000);
  }
  air.leave();
  b.clock.run(25_000);
  return a.landedState === 2 ? air : undefined;
}

const seeds = Array.from({ length: 6 }, (_, n) => n + 1);

describe.each([2_000, 4_000])(
  "behind a link of %i ms and up to twice that, each way, a fifth of it lost",
  (delayMs) => {
    const faults = { loss: 0.2, duplicate: 0.1, delayMs };

    it("what our orders do is told as ours, in whatever turn and however late it shows", () => {
      let flew = 0;
      for (const seed of seeds) {
        const air = away(faults, seed);
        if (air === undefined) continue;
        flew++;
        for (const [n, act] of acts.entries()) {
          say(air.b, `o${n}`, act);
          air.b.clock.run([2_000, 6_000, 15_000, 25_000][(seed * 7 + n * 3) % 4] ?? 0);
        }
        air.b.clock.run(30_000);
        expect(byOthers(air.b), `seed ${seed}`).toEqual([]);
      }
      expect(flew).toBeGreaterThan(4);
    });

    it("a plan of ours that could not be read back is ours all the same when its number shows", () => {
      for (const seed of seeds.slice(0, 4)) {
        const { b, a, leave } = badAir([faults], seed, { bothWays: true });
        a.tells = true;
        b.clock.run(8_000);
        leave();
        b.clock.run(25_000);
        const before = [...a.store.ids];
        say(b, "plan", { verb: "uploadPlan", plan: testPlan }, { maxAgeMs: 15_000 });
        b.clock.run(90_000);
        expect(fate(b, "plan").at(-1), `seed ${seed}`).toMatch(/OrderRefused|PlanReadBack/);
        expect(byOthers(b), `seed ${seed}: ${before} became ${a.store.ids}`).toEqual([]);
      }
    });

    it("what somebody else does is still told, a mode and a plan", () => {
      const air = away(faults, 1);
      if (air === undefined) throw new Error("it never flew");
      const { b, a } = air;
      say(b, "home", { verb: "return" });
      b.clock.run(2_000);
      a.customMode = px4Mode(3, 1);
      b.clock.run(20_000);
      expect(byOthers(b)).toContain("ModeChanged orbit");
      a.store.ids[0] += 1;
      b.clock.run(20_000);
      expect(byOthers(b)).toContain("PlanChangedByOther mission");
    });
  },
);

describe("on a good link", () => {
  it("the mode of an order that was seen to be done is ours once: the same one again is somebody else's", () => {
    const air = away({ loss: 0, duplicate: 0, delayMs: 20 }, 1);
    if (air === undefined) throw new Error("it never flew");
    const { b, a } = air;
    say(b, "home", { verb: "return" });
    b.clock.run(5_000);
    expect(fate(b, "home").at(-1)).toBe("OrderDone");
    a.customMode = px4Mode(4, 3);
    b.clock.run(1_500);
    a.customMode = px4Mode(4, 5);
    b.clock.run(1_500);
    expect(byOthers(b)).toEqual(["ModeChanged return"]);
  });

  it("an order of which nothing was seen may show within half a minute, and no later", () => {
    const late = (afterMs: number): string[] => {
      const b = bench();
      const a = flying(b);
      a.results.set(20, 99);
      a.mute = true;
      say(b, "home", { verb: "return" });
      b.clock.run(afterMs);
      expect(fate(b, "home").at(-1)).toBe("OrderUnconfirmed");
      a.customMode = px4Mode(4, 5);
      b.clock.run(1_500);
      return byOthers(b);
    };
    expect(late(20_000)).toEqual([]);
    expect(late(32_000)).toEqual(["ModeChanged return"]);
  });

  it("a plan that changes soon after it was read back is not ours: nothing arms on it", () => {
    const b = bench();
    const a = standing(b);
    a.tells = true;
    b.clock.run(2_000);
    say(b, "plan", { verb: "uploadPlan", plan: testPlan });
    b.clock.run(7_500);
    a.store.ids[0] += 1;
    b.clock.run(1_500);
    expect(byOthers(b)).toContain("PlanChangedByOther mission");
    say(b, "arm", { verb: "arm" }, { approvalId: "approval-1" });
    b.clock.run(500);
    expect(fate(b, "arm").at(-1)).toBe("OrderRefused");
  });
});
