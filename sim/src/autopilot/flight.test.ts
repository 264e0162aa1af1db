import { describe, expect, it } from "vitest";
import { calm } from "../air/index.js";
import { flatWorld } from "./index.js";
import { airborne, at, bench, groundAmslM, home } from "./testing/ground-station.js";

const tuned = {
  MPC_TKO_SPEED: 3,
  MPC_Z_V_AUTO_UP: 5,
  MPC_Z_VEL_MAX_UP: 5,
  MPC_XY_CRUISE: 18,
  MPC_XY_VEL_MAX: 20,
  MPC_Z_V_AUTO_DN: 3,
  MPC_Z_VEL_MAX_DN: 3,
};

function within(value: number, recorded: number, share = 0.15): void {
  expect(Math.abs(value / recorded - 1), `${value} against ${recorded} recorded`).toBeLessThan(share);
}

/** Seconds of the recorded profile (take-off to 60 m, goto 300 m at 12, orbit, return from 359 m) with default parameters. */
function profile(lowFidelity: boolean) {
  const b = bench({ lowFidelity });
  b.until(() => b.vehicle.status().ready, 10);
  b.run(1);
  expect(b.command(400, [1])).toEqual([0]);
  b.run(1);
  expect(b.command(22, [-1, 0, 0, Number.NaN, Number.NaN, Number.NaN, groundAmslM + 60])).toEqual([0]);
  const t10 = b.until(() => b.local().upM > 10, 30);
  const t30 = t10 + b.until(() => b.local().upM > 30, 30);
  const takeoff = t30 + b.until(() => b.mode() === "loiter", 60);
  b.run(8);
  const target = at(212.1, 212.1);
  expect(b.commandInt(192, [12, 1, 0, Number.NaN], target.latDeg, target.lonDeg, groundAmslM + 60)).toEqual([0]);
  let lowest = 99;
  let fastest = 0;
  const away = () => Math.hypot(b.local().northM - 212.1, b.local().eastM - 212.1);
  const goto = b.until(() => {
    lowest = Math.min(lowest, b.local().upM);
    fastest = Math.max(fastest, b.local().speedMps);
    return away() < 2;
  }, 60);
  b.run(4);
  expect(away()).toBeLessThan(1.9);
  b.commandInt(34, [60, 8, 0, Number.NaN], target.latDeg, target.lonDeg, groundAmslM + 60);
  b.run(30);
  const radii: number[] = [];
  for (let i = 0; i < 300; i++) {
    b.run(0.1);
    radii.push(away());
  }
  const orbitMps = b.local().speedMps;
  const homeM = Math.hypot(b.local().northM, b.local().eastM);
  expect(b.command(20)).toEqual([0]);
  const phase = b.until(() => b.vehicle.status().landed === "landing", 120);
  const disarmed = phase + b.until(() => !b.vehicle.status().armed, 90);
  return { b, t10, t30, takeoff, goto, lowest, fastest, radii, orbitMps, homeM, phase, disarmed };
}

describe.each([
  ["physics", false],
  ["low fidelity", true],
])("flight profile with %s", (_name, lowFidelity) => {
  it("takes the recorded times from take-off to disarmed, within 15 %", () => {
    const p = profile(lowFidelity);
    within(p.t10, 11.3);
    within(p.t30, 18);
    within(p.takeoff, 31);
    within(p.goto, 31.5);
    expect(p.lowest).toBeGreaterThan(58);
    expect(p.fastest).toBeLessThan(12.6);
    expect(Math.min(...p.radii)).toBeGreaterThan(59);
    expect(Math.max(...p.radii)).toBeLessThan(61.9);
    within(p.orbitMps, 7.78);
    within(p.phase, 76.4 * (p.homeM / 359), 0.1);
    within(p.disarmed, 127.4 * (p.homeM / 359), 0.15);
    expect(Math.hypot(p.b.local().northM, p.b.local().eastM)).toBeLessThan(1);
    expect(p.b.texts().join("")).toContain(
      "Takeoff detected\tReturning to launch\tRTL: start return at 1660 m (60 m above destination)\tRTL: land at destination\tLanding detected\tDisarmed by landing\t",
    );
  });
});

describe("flight with the parameters of a first responder", () => {
  it("climbs 60 m in about 21 s and flies 800 m at 18 m/s in about 53 s", () => {
    const b = bench({ params: tuned });
    b.until(() => b.vehicle.status().ready, 10);
    b.run(1);
    b.command(400, [1]);
    b.run(1);
    b.command(22, [-1, 0, 0, Number.NaN, Number.NaN, Number.NaN, groundAmslM + 60]);
    within(
      b.until(() => b.mode() === "loiter", 60),
      21.6,
    );
    const target = at(800, 0);
    b.commandInt(192, [-1, 1, 0, Number.NaN], target.latDeg, target.lonDeg, groundAmslM + 60);
    within(
      b.until(() => Math.abs(b.local().northM - 800) < 2, 90),
      53.5,
      0.1,
    );
  });

  it("stops from 17 m/s in about 63 m and 6.6 s when told to pause", () => {
    const b = airborne(60, { params: tuned });
    const target = at(1500, 0);
    b.commandInt(192, [-1, 1, 0, Number.NaN], target.latDeg, target.lonDeg, groundAmslM + 60);
    b.until(() => b.local().speedMps > 17.3, 30);
    const from = b.local().northM;
    b.command(192, [-1, 1, 0, Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
    within(
      b.until(() => b.local().speedMps < 0.5, 20),
      6.6,
      0.35,
    );
    within(b.local().northM - from, 63, 0.25);
    b.run(5);
    expect(b.local().speedMps).toBeLessThan(0.4);
  });

  it("holds within 3 m in 10 m/s of gusty wind, and still comes home", () => {
    const world = flatWorld(home, groundAmslM);
    const windy = {
      ...world,
      env: { ...world.env, wind: { ...calm, fromDeg: 300, speedAt10Mps: 8, gustSigmaMps: 2.5 } },
    };
    const b = airborne(60, { world: windy });
    b.run(10);
    let worst = 0;
    for (let i = 0; i < 300; i++) {
      b.run(0.1);
      worst = Math.max(worst, Math.hypot(b.local().northM, b.local().eastM));
    }
    expect(worst).toBeLessThan(3);
    b.command(20);
    b.until(() => !b.vehicle.status().armed, 120);
    expect(Math.hypot(b.local().northM, b.local().eastM)).toBeLessThan(2);
  });
});

describe("return and landing", () => {
  it("climbs to RTL_RETURN_ALT first when it is below", () => {
    const b = airborne(12);
    const target = at(80, 0);
    b.commandInt(192, [-1, 1, 0, Number.NaN], target.latDeg, target.lonDeg, groundAmslM + 12);
    b.run(25);
    b.command(20);
    expect(b.texts().join("")).toContain("(30 m above destination)");
    within(
      b.until(() => b.local().upM > 29, 30),
      13,
      0.4,
    );
    expect(b.local().northM).toBeGreaterThan(75);
    b.until(() => b.vehicle.status().landed === "landing", 60);
    b.command(176, [1, 4, 3]);
    b.run(5);
    expect(b.local().upM).toBeGreaterThan(20);
    expect(b.mode()).toBe("loiter");
  });

  it("lands where it is from 59 m in about 49 s and disarms 2 s later", () => {
    const b = airborne(59);
    expect(b.command(21)).toEqual([0]);
    within(
      b.until(() => b.vehicle.status().landed === "onGround", 80),
      48.6,
    );
    within(
      b.until(() => !b.vehicle.status().armed, 5),
      2,
      0.3,
    );
    expect(b.texts()).toContain("Landing at current position\t");
  });

  it("waits over the pad for RTL_LAND_DELAY at RTL_DESCEND_ALT", () => {
    const b = airborne(50, { params: { RTL_LAND_DELAY: 10, RTL_DESCEND_ALT: 20 } });
    const target = at(60, 0);
    b.commandInt(192, [-1, 1, 0, Number.NaN], target.latDeg, target.lonDeg, groundAmslM + 50);
    b.run(20);
    b.command(20);
    b.until(() => b.local().upM < 21.5, 60);
    b.run(8);
    expect(b.local().upM).toBeGreaterThan(18);
    b.until(() => !b.vehicle.status().armed, 60);
  });
});

describe("replay", () => {
  const record = (seed: number, lowFidelity: boolean) => {
    const frames: string[] = [];
    const b = bench({ seed, lowFidelity });
    b.until(() => b.vehicle.status().ready, 10);
    b.command(400, [1]);
    b.command(22, [-1, 0, 0, Number.NaN, Number.NaN, Number.NaN, groundAmslM + 20]);
    b.run(30);
    for (const { tMs, message } of b.heard)
      frames.push(`${tMs} ${JSON.stringify(message, (_key, x: unknown) => (typeof x === "bigint" ? String(x) : x))}`);
    return frames.join("\n");
  };
  it.each([false, true])("is bit-identical for one seed and differs for another (low fidelity %s)", (lowFidelity) => {
    expect(record(3, lowFidelity)).toBe(record(3, lowFidelity));
    expect(record(3, lowFidelity)).not.toBe(record(4, lowFidelity));
  });

  it("does not depend on how often it is stepped", () => {
    const a = bench({ seed: 5 });
    const b = bench({ seed: 5 });
    a.heartbeats = b.heartbeats = false;
    for (let t = 0; t <= 20_000; t += 7) a.vehicle.step(t);
    a.vehicle.step(20_000);
    b.vehicle.step(20_000);
    expect(JSON.stringify(a.vehicle.truth)).toBe(JSON.stringify(b.vehicle.truth));
    expect(a.bytes).toEqual(b.bytes);
  });
});
