import { decode, encodeFrame, FrameReader } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { SeededChance } from "../storm/seeded-chance.js";
import { growth } from "./memory.js";
import { readSoakOptions } from "./options.js";
import { SoakAircraft } from "./soak-aircraft.js";

const names = (datagrams: readonly Uint8Array[]): (string | undefined)[] => {
  const out: (string | undefined)[] = [];
  for (const datagram of datagrams)
    new FrameReader().pushDatagram(datagram, (frame) => {
      out.push(decode(frame)?.name);
    });
  return out;
};

function aircraft(seed = 1): SoakAircraft {
  const chance = new SeededChance(seed, 0);
  return new SoakAircraft(7, () => chance.unit(), 0);
}

describe("an aircraft of a soak", () => {
  it("has its faults, the same ones for the same seed, and none once it is calm", () => {
    const run = (seed: number): number[] => {
      const one = aircraft(seed);
      return Array.from({ length: 3_000 }, (_, n) => one.step(n * 20, 50).length);
    };
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
    const counts = new Set(run(1));
    expect(counts.has(0) && counts.has(1) && counts.has(2)).toBe(true);
    const calm = aircraft();
    calm.calm();
    for (let n = 0; n < 500; n++) {
      const said = names(calm.step(n * 20, 50));
      expect(said).toContain("GLOBAL_POSITION_INT");
      expect(said.includes("HEARTBEAT")).toBe(n % 50 === 0);
    }
  });

  it("says who it is when it is asked, and nothing once it has left", () => {
    const one = aircraft();
    one.calm();
    const ask = encodeFrame({ name: "COMMAND_LONG", command: 512, param1: 148 }, { sysid: 255, compid: 190, seq: 0 });
    expect(names(one.hear(ask, 0))).toEqual(["COMMAND_ACK", "AUTOPILOT_VERSION"]);
    one.leave();
    expect([...one.hear(ask, 0), ...one.step(0, 50)]).toEqual([]);
  });
});

describe("memory of a soak", () => {
  const readings = (bytes: (n: number) => number): { tMs: number; bytes: number }[] =>
    Array.from({ length: 40 }, (_, n) => ({ tMs: n * 1_000, bytes: bytes(n) }));

  it("is flat where only the warm-up grows, and not where it goes on", () => {
    expect(
      growth(
        readings((n) => 10 + Math.min(n, 9)),
        10_000,
      ),
    ).toBe(1);
    expect(
      growth(
        readings((n) => 100 + n),
        10_000,
      ),
    ).toBeGreaterThan(1.1);
    expect(
      growth(
        readings(() => 1),
        60_000,
      ),
    ).toBeNaN();
  });
});

describe("the options of a soak", () => {
  it("are ten minutes of twenty aircraft at 50 Hz unless told otherwise", () => {
    expect(readSoakOptions([])).toEqual({ seconds: 600, aircraft: 20, hz: 50, seed: undefined });
    expect(readSoakOptions(["--seconds", "60", "--seed", "4"])).toMatchObject({ seconds: 60, seed: 4 });
  });

  it.each([[["--seconds", "5"]], [["--speed", "5"]], [["--hz", "x"]], [["--hz"]]])(
    "are refused with a word: %s",
    (args) => {
      expect(readSoakOptions(args)).toHaveProperty("problem");
    },
  );
});
