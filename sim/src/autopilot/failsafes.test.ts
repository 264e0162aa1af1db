import { describe, expect, it } from "vitest";
import { FaultSet } from "../faults/index.js";
import { airborne, at, bench, groundAmslM } from "./testing/ground-station.js";

describe("link loss", () => {
  it("does nothing by default", () => {
    const b = airborne(30);
    b.heartbeats = false;
    b.run(60);
    expect(b.mode()).toBe("loiter");
    expect(b.vehicle.status().failsafe).toBeUndefined();
  });

  it("with NAV_DLL_ACT 2 returns 11.6 to 12.7 s after the last heartbeat, and stays in return when it is back", () => {
    const b = airborne(30, { params: { NAV_DLL_ACT: 2, COM_FAIL_ACT_T: 0 } });
    const target = at(200, 0);
    b.commandInt(192, [-1, 1, 0, Number.NaN], target.latDeg, target.lonDeg, groundAmslM + 30);
    b.run(20);
    // The bench beats once a second: the last one was at most that long ago.
    b.heartbeats = false;
    const took = b.until(() => b.mode() === "rtl", 20);
    expect(took).toBeGreaterThan(10.5);
    expect(took).toBeLessThan(12.8);
    b.run(5);
    b.heartbeats = true;
    b.run(3);
    expect(b.texts()).toContain("GCS connection regained\t");
    expect(b.mode()).toBe("rtl");
    expect(b.last("HEARTBEAT")?.systemStatus).toBe(5);
    expect(b.last("CURRENT_MODE")).toMatchObject({ customMode: 0x05040000, intendedCustomMode: 0x03040000 });
    b.commandInt(192, [-1, 1, 0, Number.NaN], target.latDeg, target.lonDeg, groundAmslM + 30);
    b.run(2);
    expect(b.mode()).toBe("loiter");
    expect(b.last("HEARTBEAT")?.systemStatus).toBe(4);
  });

  it("is fed by any ground station's heartbeat, a foreign one too, and not by commands", () => {
    const b = airborne(30, { params: { NAV_DLL_ACT: 2, COM_FAIL_ACT_T: 0 } });
    b.heartbeats = false;
    for (let i = 0; i < 20; i++) {
      b.run(1);
      b.send({ name: "HEARTBEAT", type: 6 }, { sysid: 77, peer: "stranger" });
    }
    expect(b.mode()).toBe("loiter");
    for (let i = 0; i < 20; i++) {
      b.run(1);
      b.command(512, [148]);
    }
    expect(b.mode()).toBe("rtl");
  });

  it("waits COM_FAIL_ACT_T in Hold, in which a running goto goes on", () => {
    const b = airborne(30, { params: { NAV_DLL_ACT: 2 } });
    const target = at(500, 0);
    b.commandInt(192, [8, 1, 0, Number.NaN], target.latDeg, target.lonDeg, groundAmslM + 30);
    b.run(10);
    b.heartbeats = false;
    b.until(() => b.vehicle.status().failsafe === "gcs", 20);
    const from = b.local().northM;
    b.run(4);
    expect(b.mode()).toBe("loiter");
    expect(b.local().northM - from).toBeGreaterThan(25);
    b.until(() => b.mode() === "rtl", 3);
  });
});

describe("battery", () => {
  it("warns, holds and returns at critical, lands at emergency, and yields to the pilot", () => {
    const faults = new FaultSet();
    const b = airborne(40, { faults });
    const low = faults.inject("*", { kind: "battery-sag", toPct: 12 }, 0);
    b.run(2);
    expect(b.texts()).toContain("Low battery\t");
    expect(b.last("BATTERY_STATUS")?.chargeState).toBe(2);
    faults.clear(low);
    faults.inject("*", { kind: "battery-sag", toPct: 6 }, 0);
    b.run(1);
    expect(b.texts()).toContain("Critical battery\t");
    expect(b.texts()).toContain("Failsafe activated: entering Hold for 5 seconds\t".slice(0, 50));
    b.run(5);
    expect(b.mode()).toBe("rtl");
    faults.inject("*", { kind: "battery-sag", toPct: 3 }, 0);
    b.run(1);
    expect(b.texts()).toContain("Emergency battery level\t");
    expect(b.mode()).toBe("land");
    expect(b.command(176, [1, 4, 3])).toEqual([0, 0]);
    b.run(10);
    expect(b.mode()).toBe("loiter");
    faults.clearAll();
    b.run(1);
    expect(b.vehicle.status().charge).toBeGreaterThan(0.9);
  });
});

describe("position", () => {
  it("descends blind 5 s after GNSS is gone and holds by itself 3 s after it is back", () => {
    const faults = new FaultSet();
    const b = airborne(40, { faults });
    const id = faults.inject("*", { kind: "gps-stop" }, b.tMs());
    b.run(1);
    expect(b.last("GPS_RAW_INT")).toMatchObject({ fixType: 0, satellitesVisible: 0 });
    expect(b.mode()).toBe("loiter");
    const took = 1 + b.until(() => b.mode() === "descend", 10);
    expect(took).toBeGreaterThan(4.5);
    expect(took).toBeLessThan(5.8);
    b.run(10);
    expect(b.last("HEARTBEAT")).toMatchObject({ customMode: 0x06040000, systemStatus: 5 });
    expect(b.local().upM).toBeLessThan(36);
    expect(b.last("ESTIMATOR_STATUS")?.posHorizAccuracy).toBeGreaterThan(3);
    faults.clear(id);
    b.until(() => b.mode() === "loiter", 4);
    b.run(2);
    expect(b.last("HEARTBEAT")?.systemStatus).toBe(4);
  });

  it("believes a 30 m jump after seven seconds without a word, and flies to it", () => {
    const faults = new FaultSet();
    const b = airborne(40, { faults });
    const said = b.texts().length;
    faults.inject("*", { kind: "gps-jump", northM: 30, eastM: 0, upM: 0 }, b.tMs());
    b.run(6);
    expect(Math.abs(b.local().northM)).toBeLessThan(3);
    b.run(20);
    expect(b.local().northM).toBeLessThan(-25);
    expect(b.texts().length).toBe(said);
  });
});

describe("rotor and sticks", () => {
  it("falls when a rotor is lost, and says nothing that names it", () => {
    const faults = new FaultSet();
    const b = airborne(60, { faults });
    faults.inject("*", { kind: "motor-loss", rotor: 1 }, 0);
    b.until(() => b.local().upM < 1, 10);
    b.run(1);
    expect(b.vehicle.status().armed).toBe(true);
    expect(b.vehicle.truth.impactMps).toBeGreaterThan(5);
    expect(b.texts().filter((t) => /motor|rotor/i.test(t))).toEqual([]);
    faults.clearAll();
    b.command(400, [0, 21196]);
    b.vehicle.putOnPad();
    b.until(() => b.vehicle.status().ready, 10);
    expect(b.command(400, [1])).toEqual([0]);
  });

  it("stays armed where it fell, until a descent or a stop is ordered", () => {
    const fallen = (lowFidelity: boolean) => {
      const faults = new FaultSet();
      const b = airborne(30, { faults, lowFidelity });
      faults.inject("*", { kind: "motor-loss", rotor: 1 }, 0);
      b.until(() => b.vehicle.truth.impactMps > 5, 10);
      b.run(12);
      expect(b.vehicle.status()).toMatchObject({ armed: true, landed: "inAir" });
      expect(b.last("EXTENDED_SYS_STATE")?.landedState).toBe(2);
      expect(b.texts()).not.toContain("Landing detected\t");
      expect(b.texts()).toContain("Preflight Fail: Attitude failure (roll)");
      expect(b.command(400, [0])).toEqual([1]);
      return b;
    };
    const cheap = fallen(true);
    expect(Math.abs(cheap.last("ATTITUDE")?.roll ?? 0)).toBeGreaterThan(2);
    cheap.command(21);
    cheap.until(() => !cheap.vehicle.status().armed, 15);
    const landed = fallen(false);
    landed.command(21);
    landed.until(() => !landed.vehicle.status().armed, 15);
    expect(landed.texts()).toContain("Disarmed by landing\t");
    const stopped = fallen(false);
    expect(stopped.command(185, [1])).toEqual([0]);
    stopped.run(2);
    expect(stopped.mode()).toBe("termination");
    const { rotor1, rotor2, rotor3, rotor4 } = stopped.vehicle.truth;
    expect(rotor1 + rotor2 + rotor3 + rotor4).toBeLessThan(0.01);
  });

  it("flies by sticks in Position mode and returns when they stop", () => {
    const b = airborne(30);
    const stick = (x: number) => b.send({ name: "MANUAL_CONTROL", target: 1, x, y: 0, z: 500, r: 0 });
    stick(0);
    b.run(0.1);
    expect(b.command(176, [1, 3, 0])).toEqual([0, 0]);
    for (let i = 0; i < 60; i++) {
      stick(1000);
      b.run(0.1);
    }
    expect(b.last("HEARTBEAT")).toMatchObject({ baseMode: 0xd1, customMode: 0x00030000 });
    expect(b.local().speedMps).toBeGreaterThan(6);
    for (let i = 0; i < 60; i++) {
      stick(0);
      b.run(0.1);
    }
    expect(b.local().speedMps).toBeLessThan(0.5);
    b.run(1);
    expect(b.texts()).toContain("Manual control lost\t");
    expect(b.vehicle.status().failsafe).toBe("sticks");
    b.until(() => b.mode() === "rtl", 8);
  });

  it("drops out of the sky on flight termination and cannot be armed again", () => {
    const b = airborne(20);
    expect(b.command(185, [0])).toEqual([2]);
    expect(b.command(185, [1])).toEqual([0]);
    b.run(5);
    expect(b.local().upM).toBeLessThan(1);
    expect(b.last("HEARTBEAT")).toMatchObject({ customMode: 0x000a0000, systemStatus: 8 });
    b.command(400, [0, 21196]);
    expect(b.command(400, [1])).toEqual([1]);
  });
});

describe("low fidelity", () => {
  it("has the same failsafes", () => {
    const b = bench({ lowFidelity: true, params: { NAV_DLL_ACT: 2, COM_FAIL_ACT_T: 0 } });
    b.until(() => b.vehicle.status().ready, 10);
    b.command(400, [1]);
    b.command(22, [-1, 0, 0, Number.NaN, Number.NaN, Number.NaN, groundAmslM + 30]);
    b.run(30);
    b.heartbeats = false;
    b.until(() => b.mode() === "rtl", 14);
    b.until(() => !b.vehicle.status().armed, 80);
  });
});
