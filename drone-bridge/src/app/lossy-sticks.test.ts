import { px4Mode } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { type BadAir, badAir, fate, type PipeFaults, say, testPlan, uidA } from "../testing/index.js";

const hand = { kind: "sticks", uid: uidA, right: 0, up: 0, yaw: 0, grantId: "take" } as const;

/** Flying, sticks asked for, behind a link that is good until it leaves; undefined where its orders were lost. */
function inTheHand(faults: PipeFaults, seed: number): BadAir | undefined {
  const near = { ...faults, delayMs: Math.min(faults.delayMs, 100) };
  const air = badAir([near], seed, { bothWays: true });
  const { b, a } = air;
  a.tells = true;
  b.clock.run(8_000);
  for (let n = 0; n < 6 && b.station.facts("PlanReadBack").length === 0; n++) {
    say(b, `plan-${n}`, { verb: "uploadPlan", plan: testPlan });
    b.clock.run(10_000);
  }
  a.armed = true;
  a.landedState = 2;
  a.altAmslM += 60;
  b.clock.run(3_000);
  say(b, "take", { verb: "takeStick" });
  for (let n = 0; n < 60; n++) {
    b.station.say({ ...hand, forward: 1 });
    b.clock.run(50);
  }
  return fate(b, "take").includes("OrderDone") ? air : undefined;
}

/** How far forward the aircraft was told to go last. */
const axis = ({ a }: BadAir): number => {
  const last = a.heard.findLast((message) => message.name === "MANUAL_CONTROL");
  return last?.name === "MANUAL_CONTROL" ? last.x : 0;
};

describe("hand flying over a bad link", () => {
  it.each<[string, PipeFaults]>([
    ["no loss", { loss: 0, duplicate: 0, delayMs: 1 }],
    ["5 % loss, doubled", { loss: 0.05, duplicate: 0.1, delayMs: 50 }],
    ["20 % loss, doubled, reordered", { loss: 0.2, duplicate: 0.2, delayMs: 100 }],
    ["one byte in two hundred turned", { loss: 0, duplicate: 0.1, delayMs: 20, noise: 0.005 }],
  ])("follows the hand, and stands and holds once it lets go, with %s", (_name, faults) => {
    let flew = 0;
    for (let seed = 1; seed <= 6; seed++) {
      const air = inTheHand(faults, seed);
      if (air === undefined) continue;
      flew++;
      expect(axis(air), `seed ${seed}`).toBe(1_000);
      // Centred 300 ms after the last sample; what is on its way arrives, overtaken or not, within the longest way.
      air.b.clock.run(1_300);
      expect(axis(air), `seed ${seed}: a stale stick`).toBe(0);
      air.b.clock.run(15_000);
      const held = air.a.customMode === px4Mode(4, 3);
      expect(held || air.b.station.types().includes("SticksEnded"), `seed ${seed}`).toBe(true);
      expect(air.b.station.facts("SticksEnded")[0]?.data["text"]).toContain("2 s");
    }
    expect(flew).toBeGreaterThan(2);
  });

  it("ends by itself, and says so, where the link turns seconds slow under a hand that goes on", () => {
    const air = inTheHand({ loss: 0.05, duplicate: 0, delayMs: 20 }, 1);
    if (air === undefined) throw new Error("it never flew");
    const { b } = air;
    air.worsen({ delayMs: 2_000 });
    for (let n = 0; n < 240; n++) {
      b.station.say({ ...hand, forward: 1 });
      b.clock.run(50);
    }
    const [ended] = b.station.facts("SticksEnded");
    expect(ended?.data["text"]).toMatch(/link|old when it comes/);
    expect(axis(air)).toBe(0);
    say(b, "again", { verb: "takeStick" });
    b.clock.run(2_000);
    expect(fate(b, "again").at(-1)).toBe("OrderRefused");
  });
});
