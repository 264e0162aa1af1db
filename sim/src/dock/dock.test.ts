import { type DockToBridge, dockToBridge } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { FaultSet } from "../faults/index.js";
import { createDock, type DockSense } from "./index.js";

function bench(type: "dock" | "pad" = "dock") {
  const sent: DockToBridge[] = [];
  const faults = new FaultSet();
  let charged = 0;
  const sense: { -readonly [K in keyof DockSense]: DockSense[K] } = {
    padClear: true,
    occupied: true,
    rotorsTurning: false,
    chargePct: 50,
    weather: { windMps: 3, windFromDeg: 270, gustMps: 5, temperatureC: 14, rain: false },
  };
  const dock = createDock({
    dockId: "dock-1",
    token: "t",
    type,
    faults,
    send: (m) => sent.push(dockToBridge.parse(m)),
    sense: () => sense,
    charge: (wh) => {
      charged += wh;
    },
  });
  dock.onOpen(0);
  let tMs = 0;
  const run = (seconds: number) => {
    for (let i = 0; i < seconds * 10; i++) {
      tMs += 100;
      dock.step(tMs);
    }
  };
  const states = () => sent.filter((m) => m.kind === "state");
  const answers = () => sent.filter((m) => m.kind === "answer");
  return { dock, sent, faults, sense, run, states, answers, charged: () => charged };
}

describe("dock", () => {
  it("says hello, then its state each second and on every change", () => {
    const b = bench();
    expect(b.sent[0]).toMatchObject({ kind: "hello", version: 1, dockId: "dock-1", type: "dock", provenance: "sim" });
    b.run(5);
    expect(b.states().length).toBe(6);
    b.sense.padClear = false;
    b.run(0.1);
    expect(b.states().at(-1)).toMatchObject({ padClear: false });
  });

  it("opens in ten seconds and closes again, told in order", () => {
    const b = bench();
    b.dock.onMessage({ kind: "open", orderId: "o1" });
    expect(b.answers()).toEqual([{ kind: "answer", orderId: "o1", result: "accepted" }]);
    b.run(9.8);
    expect(b.dock.door()).toBe("opening");
    expect(b.dock.isOpen()).toBe(false);
    b.run(0.4);
    expect(b.dock.door()).toBe("open");
    b.dock.onMessage({ kind: "close", orderId: "o2" });
    b.run(13);
    expect(b.dock.door()).toBe("closed");
    expect([...new Set(b.states().map((s) => s.door))]).toEqual(["closed", "opening", "open", "closing"]);
  });

  it("jams where it is while the fault lasts, then goes on", () => {
    const b = bench();
    b.dock.onMessage({ kind: "open", orderId: "o1" });
    b.run(4);
    const id = b.faults.inject("dock-1", { kind: "jammed-dock" }, 0);
    b.run(20);
    expect(b.dock.door()).toBe("jammed");
    expect(b.states().at(-1)?.door).toBe("jammed");
    b.faults.clear(id);
    b.run(6.5);
    expect(b.dock.door()).toBe("open");
  });

  it("finds by itself that it is jammed while it stands open, and that it is not any more", () => {
    const b = bench();
    b.dock.onMessage({ kind: "open", orderId: "o1" });
    b.run(12);
    const id = b.faults.inject("dock-1", { kind: "jammed-dock" }, 0);
    expect(b.dock.door()).toBe("open");
    b.run(16);
    expect(b.states().at(-1)?.door).toBe("jammed");
    b.faults.clear(id);
    b.run(16);
    expect(b.states().at(-1)?.door).toBe("open");
  });

  it("does not close over turning rotors or an object on the pad", () => {
    const b = bench();
    b.dock.onMessage({ kind: "open", orderId: "o1" });
    b.run(11);
    b.sense.rotorsTurning = true;
    b.dock.onMessage({ kind: "close", orderId: "o2" });
    b.sense.rotorsTurning = false;
    b.sense.padClear = false;
    b.dock.onMessage({ kind: "close", orderId: "o3" });
    expect(b.answers().slice(1)).toEqual([
      { kind: "answer", orderId: "o2", result: "refused", reason: "rotors turning on the pad" },
      { kind: "answer", orderId: "o3", result: "refused", reason: "pad not clear" },
    ]);
    expect(b.dock.door()).toBe("open");
  });

  it("charges only what stands on it, and stops when it leaves", () => {
    const b = bench();
    b.sense.occupied = false;
    b.dock.onMessage({ kind: "charge", orderId: "c1", on: true });
    expect(b.answers()[0]).toMatchObject({ result: "refused" });
    b.sense.occupied = true;
    b.dock.onMessage({ kind: "charge", orderId: "c2", on: true });
    b.run(60);
    expect(b.charged()).toBeCloseTo(10, 1);
    b.sense.occupied = false;
    b.run(60);
    expect(b.charged()).toBeCloseTo(10, 1);
    expect(b.states().at(-1)?.charging).toBe(false);
  });

  it("as a pad it has no door and is always open", () => {
    const b = bench("pad");
    expect(b.dock.door()).toBe("none");
    expect(b.dock.isOpen()).toBe(true);
    b.dock.onMessage({ kind: "open", orderId: "o1" });
    expect(b.answers()[0]).toMatchObject({ result: "accepted" });
  });
});
