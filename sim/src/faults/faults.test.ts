import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextUnit, seedRandom } from "../air/index.js";
import { createLossyConduit, FaultSet } from "./index.js";

function link(seed = 1) {
  const random = seedRandom(seed);
  const faults = new FaultSet();
  const out: { tMs: number; bytes: Uint8Array }[] = [];
  const conduit = createLossyConduit({
    chance: { unit: () => nextUnit(random) },
    faults,
    target: "uid-1",
    deliver: (bytes, tMs) => out.push({ tMs, bytes }),
  });
  return { conduit, faults, out };
}

describe("fault set", () => {
  it("finds faults by target or for all, and forgets what is cleared", () => {
    const faults = new FaultSet();
    const id = faults.inject("uid-1", { kind: "gps-stop" }, 0);
    faults.inject("*", { kind: "motor-loss", rotor: 2 }, 5);
    expect(faults.has("uid-1", "gps-stop")).toBe(true);
    expect(faults.has("uid-2", "gps-stop")).toBe(false);
    expect(faults.find("uid-2", "motor-loss")?.rotor).toBe(2);
    expect(faults.clear(id)).toBe(true);
    expect(faults.clear(id)).toBe(false);
    expect(faults.has("uid-1", "gps-stop")).toBe(false);
  });
});

describe("lossy conduit", () => {
  it("passes everything in order and untouched without faults", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 30 }), (datagrams) => {
        const { conduit, out } = link();
        for (const [i, d] of datagrams.entries()) conduit.send(d, i);
        expect(out.map((o) => [...o.bytes])).toEqual(datagrams.map((d) => [...d]));
      }),
    );
  });

  it("loses about the asked share, and all of it on a dead link until that is cleared", () => {
    const { conduit, faults, out } = link();
    const id = faults.inject("uid-1", { kind: "packet-loss", probability: 0.3 }, 0);
    for (let i = 0; i < 4000; i++) conduit.send(Uint8Array.of(i), i);
    expect(out.length).toBeGreaterThan(2650);
    expect(out.length).toBeLessThan(2950);
    faults.clear(id);
    const dead = faults.inject("uid-1", { kind: "dead-link" }, 0);
    const before = out.length;
    conduit.send(Uint8Array.of(1), 5000);
    expect(out.length).toBe(before);
    faults.clear(dead);
    conduit.send(Uint8Array.of(1), 5001);
    expect(out.length).toBe(before + 1);
  });

  it("delays by the asked time and reorders only what it delays", () => {
    const { conduit, faults, out } = link();
    const id = faults.inject("uid-1", { kind: "delay", delayMs: 100, jitterMs: 0 }, 0);
    conduit.send(Uint8Array.of(1), 0);
    faults.clear(id);
    conduit.send(Uint8Array.of(2), 10);
    expect(conduit.nextDueMs()).toBe(10);
    conduit.step(10);
    conduit.step(99);
    expect(out.map((o) => o.bytes[0])).toEqual([2]);
    conduit.step(100);
    expect(out.map((o) => o.bytes[0])).toEqual([2, 1]);
  });

  it("duplicates and flips single bits when told to", () => {
    const { conduit, faults, out } = link();
    faults.inject("uid-1", { kind: "duplicate", probability: 1 }, 0);
    faults.inject("uid-1", { kind: "byte-noise", probability: 1 }, 0);
    conduit.send(Uint8Array.of(0, 0, 0, 0), 0);
    expect(out.length).toBe(2);
    for (const { bytes } of out) {
      const bits = [...bytes].reduce((sum, b) => sum + b.toString(2).replaceAll("0", "").length, 0);
      expect(bits).toBe(1);
    }
  });

  it("does the same for the same seed", () => {
    const run = () => {
      const { conduit, faults, out } = link(9);
      faults.inject("*", { kind: "packet-loss", probability: 0.2 }, 0);
      faults.inject("*", { kind: "reorder", probability: 0.3, delayMs: 50 }, 0);
      for (let i = 0; i < 500; i++) {
        conduit.step(i);
        conduit.send(Uint8Array.of(i, i >> 8), i);
      }
      conduit.step(10_000);
      return JSON.stringify(out.map((o) => [o.tMs, ...o.bytes]));
    };
    expect(run()).toBe(run());
  });
});
