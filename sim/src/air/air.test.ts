import { describe, expect, it } from "vitest";
import {
  type AirState,
  airStepS,
  chargeOf,
  createAirState,
  eulerOf,
  hoverControl,
  nextNormal,
  responderQuad,
  seedRandom,
  stepAir,
  stillAir,
} from "./index.js";

const ground = 1600;
const seaLevel = 0;

function aloft(altAmslM: number, seed = 1): AirState {
  const s = createAirState(responderQuad, { eastM: 0, northM: 0, groundAmslM: 0 }, seed);
  s.altAmslM = altAmslM;
  s.inContact = false;
  return s;
}

/** Holds attitude by hand: no controller in these tests, only physics. */
function hold(s: AirState, pitchRad: number): void {
  s.qw = Math.cos(pitchRad / 2);
  s.qx = 0;
  s.qy = Math.sin(pitchRad / 2);
  s.qz = 0;
  s.rollRateRps = s.pitchRateRps = s.yawRateRps = 0;
}

describe("air physics", () => {
  it("hovers at 416 W and 36 minutes on the default type", () => {
    const s = aloft(5);
    const u = hoverControl(responderQuad);
    for (let i = 0; i < 2500; i++) {
      hold(s, 0);
      s.upMps = 0;
      s.altAmslM = 5;
      stepAir(responderQuad, s, { r1: u, r2: u, r3: u, r4: u }, stillAir(seaLevel), airStepS);
    }
    expect(s.powerW).toBeGreaterThan(405);
    expect(s.powerW).toBeLessThan(427);
    expect((responderQuad.batteryWh / s.powerW) * 60).toBeGreaterThan(36);
    expect(s.voltageV).toBeGreaterThan(22);
    expect(chargeOf(responderQuad, s)).toBeLessThan(1);
  });

  it.each([
    [8, 344],
    [14, 430],
    [18, 599],
    [20, 721],
  ])("flies level at %i m/s for %i W within 4 %%", (speed, watts) => {
    const s = aloft(5);
    const drag = 0.25 * speed + 0.5 * 1.225 * 0.055 * speed * speed;
    const tilt = Math.atan(drag / (responderQuad.massKg * 9.80665));
    const u = hoverControl(responderQuad) / Math.cos(tilt);
    s.northMps = speed;
    for (let i = 0; i < 2500; i++) {
      hold(s, -tilt);
      s.upMps = 0;
      s.altAmslM = 5;
      stepAir(responderQuad, s, { r1: u, r2: u, r3: u, r4: u }, stillAir(seaLevel), airStepS);
    }
    expect(s.northMps).toBeCloseTo(speed, 0);
    expect(Math.abs(s.powerW / watts - 1)).toBeLessThan(0.04);
  });

  it("falls no faster than its drag allows and breaks on impact", () => {
    const s = aloft(60);
    let fastest = 0;
    for (let i = 0; i < 2500 && !s.inContact; i++) {
      stepAir(responderQuad, s, { r1: 0, r2: 0, r3: 0, r4: 0 }, stillAir(seaLevel), airStepS);
      fastest = Math.max(fastest, -s.upMps);
    }
    expect(s.inContact).toBe(true);
    expect(fastest).toBeGreaterThan(20);
    expect(fastest).toBeLessThan(34);
    expect(s.impactMps).toBeGreaterThan(15);
  });

  it("stands still on the ground for ever and does not sink into it", () => {
    const s = createAirState(responderQuad, { eastM: 3, northM: 4, groundAmslM: ground }, 1);
    for (let i = 0; i < 5000; i++)
      stepAir(responderQuad, s, { r1: 0, r2: 0, r3: 0, r4: 0 }, stillAir(ground), airStepS);
    expect(s.altAmslM).toBeCloseTo(ground + responderQuad.legM, 1);
    expect(s.northM).toBe(4);
    expect(s.inContact).toBe(true);
  });

  it("rolls to the side of a lost rotor: front right lost rolls right", () => {
    const s = aloft(60);
    const u = hoverControl(responderQuad);
    s.rotorHealth1 = 0;
    for (let i = 0; i < 60; i++)
      stepAir(responderQuad, s, { r1: u, r2: u, r3: u, r4: u }, stillAir(seaLevel), airStepS);
    expect(eulerOf(s).rollRad).toBeGreaterThan(0.2);
  });

  it("is bit-identical for one seed and differs for another, in gusts", () => {
    const env = { ...stillAir(0), wind: { fromDeg: 270, speedAt10Mps: 8, shearExponent: 0.14, gustSigmaMps: 2 } };
    const run = (seed: number) => {
      const s = aloft(50, seed);
      const u = hoverControl(responderQuad);
      for (let i = 0; i < 5000; i++) stepAir(responderQuad, s, { r1: u, r2: u, r3: u, r4: u }, env, airStepS);
      return JSON.stringify(s);
    };
    expect(run(7)).toBe(run(7));
    expect(run(7)).not.toBe(run(8));
  });

  it("blows gusts of the asked strength, from the asked side", () => {
    const env = { ...stillAir(0), wind: { fromDeg: 270, speedAt10Mps: 6, shearExponent: 0.14, gustSigmaMps: 2 } };
    const s = aloft(60, 5);
    let sum = 0;
    let sumSq = 0;
    const n = 400_000;
    for (let i = 0; i < n; i++) {
      s.altAmslM = 60;
      s.northMps = s.eastMps = s.upMps = 0;
      hold(s, 0);
      stepAir(responderQuad, s, { r1: 0, r2: 0, r3: 0, r4: 0 }, env, airStepS);
      sum += s.windEastMps;
      sumSq += s.windEastMps * s.windEastMps;
    }
    const mean = sum / n;
    expect(mean).toBeGreaterThan(6.5);
    expect(mean).toBeLessThan(9);
    expect(Math.sqrt(sumSq / n - mean * mean)).toBeGreaterThan(1.4);
    expect(Math.sqrt(sumSq / n - mean * mean)).toBeLessThan(2.6);
  });

  it("draws noise with mean 0 and deviation 1", () => {
    const r = seedRandom(3);
    let sum = 0;
    let sq = 0;
    for (let i = 0; i < 100_000; i++) {
      const x = nextNormal(r);
      sum += x;
      sq += x * x;
    }
    expect(Math.abs(sum / 100_000)).toBeLessThan(0.02);
    expect(Math.abs(sq / 100_000 - 1)).toBeLessThan(0.03);
  });
});
