import { describe, expect, it } from "vitest";
import { HilPace, RunPace } from "./index.js";

describe("pace of one PX4", () => {
  it("owes nothing of the time in which PX4 boots", () => {
    const pace = new HilPace();
    const link = { tMs: 0, begun: false };
    for (let runMs = 1_000; runMs <= 9_000; runMs += 40) {
      link.tMs += 4;
      expect(pace.targetMs(link, runMs) - link.tMs).toBeLessThanOrEqual(4.001);
    }
    link.begun = true;
    expect(pace.targetMs(link, 9_000) - link.tMs).toBeLessThanOrEqual(4.001);
    expect(pace.lag.givenUpMs).toBe(0);
  });

  it("follows the run by difference, stands in its pause, and gives up what is too far behind", () => {
    const pace = new HilPace();
    const link = { tMs: 500, begun: true };
    expect(pace.targetMs(link, 10_000)).toBe(500);
    expect(pace.targetMs(link, 10_100)).toBe(600);
    expect(pace.lag.behindMs).toBe(100);
    link.tMs = 600;
    expect(pace.targetMs(link, 10_100)).toBe(600);
    // A machine that slept for a minute: no leap of a minute.
    expect(pace.targetMs(link, 70_100) - link.tMs).toBeLessThanOrEqual(4);
    expect(pace.lag.givenUpMs).toBeGreaterThan(59_000);
  });
});

describe("pace of a run", () => {
  const good = { behindMs: 5, givenUpMs: 0 };

  /** Looks at an aircraft that does at most `most` seconds a second. */
  function run(pace: RunPace, from: number, most: number, seconds: number): { rate: number; behindMs: number } {
    let rate = from;
    let behindMs = 0;
    for (let wallMs = 0; wallMs < seconds * 1_000; wallMs += 200) {
      behindMs = Math.max(0, behindMs + (rate - most) * 200);
      rate = pace.look([good, { behindMs, givenUpMs: 0 }], rate, wallMs) ?? rate;
    }
    return { rate, behindMs };
  }

  it("goes faster by and by, and never runs away from an aircraft that cannot follow", () => {
    const pace = new RunPace();
    const from = pace.want(30, 1);
    expect(from).toBe(1);
    const { rate, behindMs } = run(pace, from, 5, 20);
    expect(rate).toBeGreaterThan(2);
    expect(rate).toBeLessThan(7);
    expect(behindMs).toBeLessThan(1_500);
  });

  it("reaches the pace asked for where PX4 keeps up, and not beyond", () => {
    const pace = new RunPace();
    expect(run(pace, pace.want(10, 1), 13, 10).rate).toBe(10);
  });

  it("goes no slower than the wire's slowest pace when nothing moves, and slower at once when asked to", () => {
    const pace = new RunPace();
    expect(run(pace, pace.want(4), 0, 60).rate).toBe(0.25);
    expect(pace.want(2, 8)).toBe(2);
  });

  it("leaves a run without real PX4s alone, and looks no more than five times a second", () => {
    const pace = new RunPace();
    expect(pace.look([], 5, 0)).toBeUndefined();
    expect(pace.look([{ behindMs: 900, givenUpMs: 0 }], 1, 1_000)).toBe(0.5);
    expect(pace.look([{ behindMs: 9_000, givenUpMs: 0 }], 1, 1_150)).toBeUndefined();
  });

  it("is back at the world's own pace soon after the machine stood still for a moment", () => {
    const pace = new RunPace();
    let rate = pace.look([{ behindMs: 1_000, givenUpMs: 0 }], 1, 0) ?? 1;
    expect(rate).toBe(0.5);
    for (let wallMs = 200; wallMs <= 2_000; wallMs += 200) rate = pace.look([good], rate, wallMs) ?? rate;
    expect(rate).toBe(1);
  });
});
