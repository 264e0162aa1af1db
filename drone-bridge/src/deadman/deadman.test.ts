import { describe, expect, it } from "vitest";
import { Deadman } from "./index.js";

describe("the deadman", () => {
  it("stops every heartbeat when the loop that commands has not run for 2 s", () => {
    const deadman = new Deadman(0);
    deadman.stationHeard(10_000);
    deadman.feed(10_000);
    expect(deadman.mayBeat(12_000, false)).toBe(true);
    expect(deadman.mayBeat(12_001, false)).toBe(false);
  });

  it("lets a station be gone for 20 s, and for ever while nothing flies", () => {
    const deadman = new Deadman(0);
    deadman.feed(20_001);
    expect(deadman.mayBeat(20_000, true)).toBe(true);
    expect(deadman.mayBeat(20_001, true)).toBe(false);
    expect(deadman.mayBeat(20_001, false)).toBe(true);
  });
});
