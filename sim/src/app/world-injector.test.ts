import type { GeoPoint } from "@outrider/contract";
import { worldFromCity } from "@outrider/geo";
import { describe, expect, it } from "vitest";
import { generateCity } from "../city/index.js";
import { FaultSet } from "../faults/index.js";
import { applyInject } from "./injector.js";
import { Sky } from "./sky.js";
import { applyWorldInject, type WorldTargets } from "./world-injector.js";

const world = worldFromCity(generateCity(3));
const middle: GeoPoint = world.frame.toGeo({ eastM: 0, northM: 0 });

function desk() {
  const faults = new FaultSet();
  const later: { atMs: number; run: () => void }[] = [];
  let nowMs = 0;
  let wind = { windMps: 3, fromDeg: 250, gustMps: 5 };
  // No aircraft in these tests: the sky asks the configuration for docks alone.
  const sky = new Sky({ config: { docks: [], aircraft: [] } as never, world, faults, aircraft: () => [] });
  const targets: WorldTargets = {
    faults,
    sky,
    world,
    nowMs: () => nowMs,
    after: (delayMs, run) => later.push({ atMs: nowMs + delayMs, run }),
    setWind: (to) => {
      wind = to;
    },
    setMisread: () => undefined,
    wind: () => wind,
    lastPlace: () => undefined,
    middle: () => middle,
    callerRepeats: () => undefined,
    falseAlarm: () => undefined,
    videoBack: () => undefined,
  };
  const goTo = (tMs: number): void => {
    nowMs = tMs;
    for (const one of later.filter((entry) => entry.atMs <= tMs).sort((a, b) => a.atMs - b.atMs)) one.run();
    later.splice(0, later.length, ...later.filter((entry) => entry.atMs > tMs));
    sky.step(tMs);
  };
  return { faults, sky, targets, goTo, wind: () => wind };
}

describe("injects of the world", () => {
  it("let a gust front rise, stay and fall back to what blew before", () => {
    const one = desk();
    const front = { kind: "gustFront", windMps: 9, fromDeg: 300, gustMps: 15, riseS: 10, seconds: 60 } as const;
    applyWorldInject(front, one.targets);
    one.goTo(5_000);
    expect(one.wind().gustMps).toBeCloseTo(10);
    one.goTo(60_000);
    expect(one.wind()).toEqual({ windMps: 9, fromDeg: 300, gustMps: 15 });
    one.goTo(81_000);
    expect(one.wind()).toEqual({ windMps: 3, fromDeg: 250, gustMps: 5 });
  });
  it("silence all radios for their time, or until cleared", () => {
    const one = desk();
    applyWorldInject({ kind: "radioSilence", seconds: 8 }, one.targets);
    expect(one.faults.has("any", "dead-link")).toBe(true);
    one.goTo(8_000);
    expect(one.faults.has("any", "dead-link")).toBe(false);
    applyWorldInject({ kind: "radioSilence", seconds: 8 }, one.targets);
    applyWorldInject({ kind: "clear", what: "radioSilence" }, one.targets);
    expect(one.faults.list()).toEqual([]);
  });
  it("take a rotor's thrust away until it is given back", () => {
    const one = desk();
    const faulty = { ...one.targets, secondAlert: () => undefined, callerMoves: () => undefined };
    const rest = { videoLoss: () => undefined, foreignStation: () => undefined };
    expect(applyInject({ kind: "rotorLoss", uid: "u", rotor: 2 }, { ...faulty, ...rest })).toContain("Rotor 2");
    expect(one.faults.find("u", "motor-loss")?.rotor).toBe(2);
    applyWorldInject({ kind: "clear", what: "rotorLoss", target: "u" }, one.targets);
    expect(one.faults.list()).toEqual([]);
  });
  it("tell of cooperative helicopters alone, and end a restriction at its time", () => {
    const one = desk();
    const craft = { altAglM: 90, speedMps: 50, fromDeg: 300, passM: 80 };
    applyWorldInject({ kind: "helicopter", cooperative: false, callSign: "SILENT", ...craft }, one.targets);
    applyWorldInject({ kind: "helicopter", cooperative: true, callSign: "N911PD", ...craft }, one.targets);
    expect(one.sky.helicopters.all).toHaveLength(2);
    expect(one.sky.heard().map((heard) => heard.callSign)).toEqual(["N911PD"]);
    applyWorldInject({ kind: "tfr", notam: "FDC 6/0421", radiusM: 300, seconds: 60 }, one.targets);
    one.goTo(59_000);
    expect(one.sky.restrictions).toHaveLength(1);
    one.goTo(60_000);
    expect(one.sky.restrictions).toHaveLength(0);
  });
});
