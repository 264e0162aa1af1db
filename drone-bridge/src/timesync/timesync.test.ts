import { message } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { byteNoise, FakeClock, fakeChance, lossyPipe, type PipeFaults } from "../testing/index.js";
import { measuredAtMs, TimesyncDesk } from "./index.js";

/** An aircraft whose clock is `offsetMs()` ahead of ours. */
function world(faults: PipeFaults, seed: number, offsetMs: () => number) {
  const clock = new FakeClock();
  const chance = fakeChance(seed);
  let asked = 0;
  const heard = byteNoise(chance, faults.noise ?? 0, (answer) => {
    if (answer.name === "TIMESYNC") desk.onMessage(answer);
  });
  const down = lossyPipe<{ tc1: bigint; ts1: bigint }>(clock, chance, faults, (answer) =>
    heard(message("TIMESYNC", { ...answer, targetSystem: 255, targetComponent: 190 })),
  );
  const up = lossyPipe<bigint>(clock, chance, faults, (ts1) =>
    down({ tc1: BigInt(Math.round((clock.nowMs() + offsetMs()) * 1e6)), ts1 }),
  );
  const desk = new TimesyncDesk({
    clock,
    sysid: () => 1,
    send: (sent) => {
      asked++;
      if (sent.name === "TIMESYNC") up(sent.ts1 ?? 0n);
      return true;
    },
  });
  const run = (forMs: number): void => {
    for (let t = 0; t < forMs; t += 100) {
      clock.run(100);
      desk.update(clock.nowMs());
    }
  };
  return { clock, desk, run, asked: () => asked };
}

describe("the aircraft's clock", () => {
  it.each([
    ["a cable", { loss: 0, duplicate: 0, delayMs: 1 }],
    ["5 % loss", { loss: 0.05, duplicate: 0.1, delayMs: 40 }],
    ["20 % loss, doubled, reordered", { loss: 0.2, duplicate: 0.2, delayMs: 200 }],
    ["one byte in fifty turned", { loss: 0, duplicate: 0.1, delayMs: 40, noise: 0.02 }],
  ])("is known to within what it says of itself, over %s", (_name, faults) => {
    for (let seed = 1; seed <= 20; seed++) {
      const { desk, run } = world(faults, seed, () => -900_000);
      run(40_000);
      const estimate = desk.estimate;
      expect(estimate).toBeDefined();
      if (estimate === undefined) return;
      expect(Math.abs(estimate.offsetMs + 900_000)).toBeLessThanOrEqual(estimate.uncertaintyMs);
      expect(estimate.delayMs).toBeGreaterThanOrEqual(faults.delayMs);
    }
  });

  it("is unknown with a delay beyond use, and never wrong", () => {
    const { desk, run } = world({ loss: 0.05, duplicate: 0.1, delayMs: 2_000 }, 3, () => 50);
    run(60_000);
    const estimate = desk.estimate;
    if (estimate !== undefined) expect(Math.abs(estimate.offsetMs - 50)).toBeLessThanOrEqual(estimate.uncertaintyMs);
  });

  it("is followed when it jumps, after two that agree", () => {
    let offset = 1_000;
    const { desk, run } = world({ loss: 0, duplicate: 0, delayMs: 5 }, 1, () => offset);
    run(20_000);
    offset = -5_000;
    run(5_000);
    expect(desk.estimate, "two clocks, and nobody knows which is true").toBeUndefined();
    run(6_000);
    expect(desk.estimate?.offsetMs).toBeCloseTo(-5_000, -2);
  });

  it("takes no answer to a question that it did not ask", () => {
    const { desk, run } = world({ loss: 1, duplicate: 0, delayMs: 5 }, 1, () => 0);
    run(2_000);
    desk.onMessage(message("TIMESYNC", { tc1: 99n, ts1: 1n, targetSystem: 255 }));
    desk.onMessage(message("TIMESYNC", { tc1: 0n, ts1: 1n }));
    expect(desk.estimate).toBeUndefined();
  });

  it("asks quickly at first and seldom later, answered or not", () => {
    const quiet = world({ loss: 1, duplicate: 0, delayMs: 5 }, 1, () => 0);
    quiet.run(600_000);
    expect(quiet.asked()).toBeLessThan(150);
  });
});

describe("the time of a measurement", () => {
  const clock = { offsetMs: -10_000, delayMs: 40, uncertaintyMs: 40 };

  it("is the aircraft's stamp by our clock", () => {
    expect(measuredAtMs(5_000, 15_120, clock)).toBe(15_000);
  });

  it("is never after its arrival nor long before, and is its arrival where the clock is not known", () => {
    expect(measuredAtMs(9_000, 15_120, clock)).toBe(15_120);
    expect(measuredAtMs(1, 15_120, clock)).toBe(10_120);
    expect(measuredAtMs(5_000, 15_120, undefined)).toBe(15_120);
    expect(measuredAtMs(5_000, 15_120, { ...clock, uncertaintyMs: 900 })).toBe(15_120);
  });
});
