import type { SimToStation } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { CatchUp } from "./catch-up.js";
import { lonelySim } from "./testing/lonely-sim.js";

type Run = Extract<SimToStation, { kind: "run" }>;
const branch = { parent: "run-1", markSeq: 9, toS: 40 };
const wind = { kind: "wind", windMps: 9, fromDeg: 290, gustMps: 13 } as const;
const call = { kind: "call", callType: "SUSP", title: "Car doors", narrative: "", radiusM: 40, priority: 7 } as const;
const events = [
  { atS: 10, event: call },
  { atS: 20, event: { kind: "pursuit" as const, title: "Car leaves" } },
];

/** Everything about the world that a run could differ in. */
const stateOf = ({ sim }: ReturnType<typeof lonelySim>) => ({
  vehicles: sim.vehicles().map(({ looks, eastM, northM, headingDeg, speedMps }) => ({
    plate: looks.plate,
    eastM,
    northM,
    headingDeg,
    speedMps,
  })),
  wind: sim.wind,
});
/** Where sensors said that something was, without the times and names that are new in each run. */
const placesOf = (posted: readonly unknown[]): readonly string[] =>
  posted.map((one) => (JSON.stringify(one).match(/-?\d+\.\d{5,}/g) ?? []).join());
const runs = (said: readonly SimToStation[]): readonly Run[] => said.filter((one): one is Run => one.kind === "run");

describe("a run taken back to a mark", () => {
  it("ends in the state of its parent at the mark, and waits there (given the same seed and the same deeds)", () => {
    const lonely = lonelySim({ events });
    const { sim, wall, said, posted, say } = lonely;
    say({ kind: "start", scenario: "chase", seed: 7 });
    wall.advance(30_000);
    say({ kind: "inject", inject: wind });
    wall.advance(10_000);
    const parent = stateOf(lonely);
    const places = placesOf(posted.splice(0));
    wall.advance(25_000);
    expect(stateOf(lonely)).not.toEqual(parent);
    posted.length = 0;

    say({ kind: "rewind", scenario: "chase", seed: 7, branch, deeds: [{ atS: 30, deed: wind }] });
    const begun = runs(said).at(-1);
    expect(begun).toMatchObject({ branch, seed: 7, timing: { paused: false } });
    expect(begun?.timing.rate).toBeGreaterThanOrEqual(4);
    expect(begun?.catchingUpToMs).toBeCloseTo((begun?.timing.epochMs ?? 0) + 40_000, 0);
    wall.advance(30_000);
    expect(runs(said).at(-1)).toMatchObject({ timing: { runId: begun?.timing.runId, rate: 1, paused: true } });
    expect(runs(said).at(-1)?.catchingUpToMs).toBeUndefined();
    expect(sim.clock.nowMs() - (begun?.timing.epochMs ?? 0)).toBeLessThan(41_000);
    expect(stateOf(lonely)).toEqual(parent);
    expect(placesOf(posted)).toEqual(places);
    sim.close();
  });

  it("is another night with another seed", () => {
    const night = (seed: number) => {
      const lonely = lonelySim({ events });
      lonely.say({ kind: "start", scenario: "chase", seed });
      lonely.wall.advance(15_000);
      lonely.sim.close();
      return placesOf(lonely.posted);
    };
    expect(night(7)).toEqual(night(7));
    expect(night(7)).not.toEqual(night(8));
  });

  it("leaves nothing of the parent's wind and faults running in the branch", () => {
    const lonely = lonelySim({ events: [] });
    const { sim, wall, say } = lonely;
    say({ kind: "start", scenario: "chase", seed: 7 });
    const front = { kind: "gustFront", windMps: 18, fromDeg: 200, gustMps: 25, riseS: 10, seconds: 60 } as const;
    say({ kind: "inject", inject: front });
    wall.advance(3_000);
    say({ kind: "rewind", scenario: "chase", seed: 7, branch: { ...branch, toS: 0 }, deeds: [] });
    wall.advance(1_000);
    say({ kind: "pause", paused: false });
    wall.advance(30_000);
    expect(sim.wind.windMps).toBe(4);
    sim.close();
  });

  it("finds every aircraft on its pad with a full battery", () => {
    const { sim, wall, say } = lonelySim({ events: [] });
    say({ kind: "start", scenario: "chase", seed: 7 });
    wall.advance(1_000);
    for (const { autopilot } of sim.aircraft) autopilot.truth.usedWh = 90;
    say({ kind: "rewind", scenario: "chase", seed: 7, branch: { ...branch, toS: 1 }, deeds: [] });
    wall.advance(2_000);
    expect(sim.aircraft.map(({ autopilot, onGround }) => [autopilot.truth.usedWh < 1, onGround])).toEqual([
      [true, true],
    ]);
    sim.close();
  });

  it("says that it can go back, and what each scenario expects", () => {
    const { said, sim } = lonelySim({ teaches: "pursuit" });
    expect(said[0]).toMatchObject({ kind: "hello", rewinds: true });
    expect(JSON.stringify(said[0])).toContain('"teaches":"pursuit"');
    sim.close();
  });
});

describe("catching up", () => {
  it("goes fast enough to be waited for and no faster than the product keeps", () => {
    const rate = (toS: number) => new CatchUp({ branch: { ...branch, toS }, deeds: [] }, 0).rate;
    expect([rate(0), rate(90), rate(3600)]).toEqual([4, 7.5, 12]);
  });

  it("makes each deed once, in order", () => {
    const deeds = [
      { atS: 20, deed: wind },
      { atS: 5, deed: { kind: "incident", which: "call" } as const },
    ];
    const up = new CatchUp({ branch, deeds }, 1_000);
    expect(up.due(5_999)).toEqual([]);
    expect(up.due(30_000).map((one) => one.kind)).toEqual(["incident", "wind"]);
    expect(up.due(60_000)).toEqual([]);
    expect([up.isOver(40_999), up.isOver(41_000)]).toEqual([false, true]);
  });
});
