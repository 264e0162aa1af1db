import { describe, expect, it } from "vitest";
import { fakeChance } from "../testing/index.js";
import { fuzzServices } from "./index.js";
import { machineFuzzes } from "./machines.js";

describe("a hostile peer", () => {
  it.each(machineFuzzes.map((fuzz) => [fuzz.machine, fuzz] as const))(
    "does not break the %s machine",
    (_name, fuzz) => {
      for (let seed = 1; seed <= 20; seed++) {
        const chance = fakeChance(seed);
        fuzz.run(() => chance.unit());
      }
    },
  );

  it("brings no aircraft to be commanded, and costs a bounded number of frames and facts", () => {
    let heard = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const chance = fakeChance(seed * 7_919);
      heard += fuzzServices(() => chance.unit())["heard"] ?? 0;
    }
    expect(heard).toBeGreaterThan(0);
  });
});
