import { describe, expect, it } from "vitest";
import { FaultSet } from "../faults/index.js";
import { flatWorld } from "./index.js";
import { airborne, at, bench, groundAmslM, home } from "./testing/ground-station.js";

const nan = Number.NaN;
const fast = { MPC_XY_CRUISE: 18, MPC_XY_VEL_MAX: 20 };

describe("gotos, as recorded", () => {
  it("arrive also where hard braking carries the aircraft ahead of its set-point", () => {
    for (const seed of [1, 2]) {
      // Dense air: what held the aircraft back at speed drives it on when it brakes.
      const b = bench({ seed, params: fast, world: flatWorld(home, 0) });
      b.until(() => b.vehicle.status().ready, 10);
      b.command(400, [1]);
      b.command(22, [-1, 0, 0, nan, nan, nan, 60]);
      b.until(() => b.mode() === "loiter", 60);
      const target = at(800, 0);
      b.commandInt(192, [-1, 1, 0, nan], target.latDeg, target.lonDeg, 60);
      b.run(65);
      expect(Math.abs(b.local().northM - 800), `seed ${seed}`).toBeLessThan(2);
    }
  });

  it("carry a speed that counts for one alone, while DO_CHANGE_SPEED counts for those after it", () => {
    const b = airborne(30);
    const goto = (northM: number, speed: number): number => {
      const target = at(northM, 0);
      b.commandInt(192, [speed, 1, 0, nan], target.latDeg, target.lonDeg, groundAmslM + 30);
      b.run(9);
      return b.local().speedMps;
    };
    expect(goto(900, 10)).toBeGreaterThan(9);
    expect(goto(950, -1)).toBeLessThan(6);
    b.command(178, [1, 8, -1]);
    expect(goto(960, -1)).toBeGreaterThan(7);
    expect(goto(970, 3)).toBeLessThan(4);
    expect(goto(980, -1)).toBeGreaterThan(7);
    b.command(178, [1, -1, -1]);
    expect(goto(990, -1)).toBeLessThan(6);
  });

  it("never ask for more than MPC_XY_VEL_MAX over ground, along a diagonal as little as along an axis", () => {
    const b = airborne(30);
    const target = at(300, 300);
    b.commandInt(192, [12, 1, 0, nan], target.latDeg, target.lonDeg, groundAmslM + 30);
    let most = 0;
    for (let i = 0; i < 300; i++) {
      b.run(0.1);
      most = Math.max(most, b.local().speedMps);
    }
    expect(most).toBeGreaterThan(11.5);
    expect(most).toBeLessThan(12.5);
  });
});

describe("take-off and landing, as recorded", () => {
  it("tells the take-off while the legs still stand, and lands where it is when Hold comes then", () => {
    const b = bench();
    b.until(() => b.vehicle.status().ready, 10);
    b.run(1);
    b.command(400, [1]);
    b.run(1);
    b.command(22, [-1, 0, 0, nan, nan, nan, groundAmslM + 30]);
    b.run(1.2);
    expect(b.texts()).toContain("Takeoff detected\t");
    expect(b.vehicle.status().landed).toBe("takeoff");
    expect(b.local().upM).toBeLessThan(0.3);
    b.command(176, [1, 4, 3]);
    b.until(() => !b.vehicle.status().armed, 15);
    expect(b.texts().slice(-2)).toEqual(["Landing detected\t", "Disarmed by landing\t"]);
  });

  it("falls back to the last mode that lets it arm: a take-off that never ended stays one", () => {
    const b = bench();
    b.until(() => b.vehicle.status().ready, 10);
    b.command(400, [1]);
    b.command(22, [-1, 0, 0, nan, nan, nan, groundAmslM + 60]);
    b.run(15);
    b.command(21);
    b.until(() => !b.vehicle.status().armed, 60);
    expect(b.mode()).toBe("takeoff");
    const whole = airborne(20);
    whole.command(20);
    whole.until(() => !whole.vehicle.status().armed, 80);
    expect(whole.mode()).toBe("loiter");
  });

  it("touches a roof down gently with a distance sensor, and hard without", () => {
    const fall = (sensors: number): number => {
      let roofAmslM = groundAmslM;
      const flat = flatWorld(home, groundAmslM);
      const world = { ...flat, env: { ...flat.env, groundAmslM: () => roofAmslM } };
      const b = airborne(30, { world, params: { SYS_HAS_NUM_DIST: sensors } });
      roofAmslM = groundAmslM + 18;
      b.run(2);
      expect(b.last("DISTANCE_SENSOR") !== undefined).toBe(sensors > 0);
      b.command(21);
      let sink = 0;
      b.until(() => {
        if (b.local().upM > 18.3) sink = -b.vehicle.truth.upMps;
        return b.local().upM < 18.3;
      }, 40);
      return sink;
    };
    expect(fall(1)).toBeLessThan(0.5);
    expect(fall(0)).toBeGreaterThan(1.2);
  });
});

describe("refusals and reports, as recorded", () => {
  it("tells a body on its back, and stops its motors only where the circuit breaker is open", () => {
    const turned = (breaker: number) => {
      const faults = new FaultSet();
      const b = airborne(60, { faults, params: { CBRK_FLIGHTTERM: breaker } });
      faults.inject("*", { kind: "motor-loss", rotor: 1 }, 0);
      b.run(2);
      expect(b.texts().filter((text) => text.startsWith("Preflight Fail: Attitude failure"))).toHaveLength(1);
      return b.mode();
    };
    expect(turned(121_212)).toBe("loiter");
    expect(turned(0)).toBe("termination");
  });

  it("cuts a descent speed to its limit, says so, and shows it on read-back", () => {
    const b = bench({ params: { MPC_Z_V_AUTO_DN: 3 } });
    b.run(4);
    expect(b.texts()).toContain("Descent speed has been constrained by max speed\t");
    b.send({
      name: "PARAM_REQUEST_READ",
      paramId: "MPC_Z_V_AUTO_DN",
      paramIndex: -1,
      targetSystem: 1,
      targetComponent: 1,
    });
    expect(b.last("PARAM_VALUE")?.paramValue).toBe(1.5);
  });

  it("is not ready in a mode that forbids arming, and says once for each report that it has no fix", () => {
    const faults = new FaultSet();
    const id = faults.inject("*", { kind: "gps-stop" }, 0);
    const b = bench({ faults });
    b.run(9);
    const told = () => b.texts().filter((text) => text === "Preflight: GPS fix too low").length;
    expect(told()).toBe(2);
    b.command(176, [1, 4, 5]);
    b.run(1);
    expect(told()).toBe(3);
    faults.clear(id);
    b.run(8);
    expect(b.last("HEARTBEAT")?.systemStatus).toBe(0);
    b.command(176, [1, 4, 3]);
    b.run(1.2);
    expect(b.last("HEARTBEAT")?.systemStatus).toBe(3);
  });

  it("refuses a fence of two corners at the first of them", () => {
    const b = bench();
    b.run(6);
    b.send({ name: "MISSION_COUNT", count: 2, missionType: 1, targetSystem: 1, targetComponent: 1 });
    const corner = { command: 5001, param1: 2, x: 397_400_000, y: -1_049_900_000, missionType: 1, seq: 0 } as const;
    b.send({ name: "MISSION_ITEM_INT", ...corner, targetSystem: 1, targetComponent: 1 });
    expect(b.last("MISSION_ACK")).toMatchObject({ type: 1, missionType: 1 });
  });
});
