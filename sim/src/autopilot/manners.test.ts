import { describe, expect, it } from "vitest";
import { FaultSet } from "../faults/index.js";
import { airborne, at, bench, customModeOf, groundAmslM } from "./testing/ground-station.js";

const nan = Number.NaN;

describe("arming", () => {
  it("is refused before it is ready, forced or not, in PX4's words", () => {
    const b = bench();
    b.run(2);
    expect(b.command(400, [1])).toEqual([1]);
    expect(b.command(400, [1, 21196])).toEqual([1]);
    expect(b.texts().join("")).toContain("Arming denied: Resolve system health failures first\t");
    expect(b.last("HEARTBEAT")?.systemStatus).toBe(0);
    b.until(() => b.last("HEARTBEAT")?.systemStatus === 3, 8);
    expect(b.command(400, [1])).toEqual([0]);
    b.run(1.2);
    expect(b.last("HEARTBEAT")).toMatchObject({
      type: 2,
      autopilot: 12,
      baseMode: 0x9d,
      customMode: 0x03040000,
      systemStatus: 4,
    });
  });

  it("is refused without GNSS, in modes that cannot take off, and without a link when link loss acts", () => {
    const faults = new FaultSet();
    const id = faults.inject("*", { kind: "gps-stop" }, 0);
    const b = bench({ faults, params: { NAV_DLL_ACT: 2 } });
    b.run(10);
    expect(b.command(400, [1])).toEqual([1]);
    expect(b.texts()).toContain("Preflight: GPS fix too low");
    faults.clear(id);
    b.until(() => b.vehicle.status().ready, 10);
    expect(b.command(176, [1, 4, 5])).toEqual([0, 0]);
    expect(b.command(400, [1])).toEqual([1]);
    b.command(176, [1, 4, 3]);
    b.heartbeats = false;
    b.run(14);
    expect(b.command(400, [1])).toEqual([1]);
  });

  it("ends by itself after ten seconds on the ground", () => {
    const b = bench();
    b.until(() => b.vehicle.status().ready, 10);
    b.command(400, [1]);
    const took = b.until(() => !b.vehicle.status().armed, 15);
    expect(took).toBeGreaterThan(9.5);
    expect(took).toBeLessThan(11.5);
    expect(b.texts()).toContain("Disarmed by auto preflight disarming\t");
  });

  it("is undone in the air only by force, and then it falls", () => {
    const b = airborne(20);
    expect(b.command(400, [0])).toEqual([1]);
    expect(b.texts()).toContain("Disarming denied: not landed\t");
    expect(b.command(400, [0, 21196])).toEqual([0]);
    b.run(4);
    expect(b.local().upM).toBeLessThan(1);
    expect(b.vehicle.truth.impactMps).toBeGreaterThan(10);
    expect(b.command(400, [1])).toEqual([1]);
  });
});

describe("commands", () => {
  it("answers DO_SET_MODE twice; a refusal says accepted first", () => {
    const b = airborne(20);
    expect(b.command(176, [1, 4, 3])).toEqual([0, 0]);
    expect(b.command(176, [1, 3, 0])).toEqual([0, 1]);
    expect(b.texts()).toContain("Switching to Position is currently not available\t");
    expect(b.command(176, [1, 6, 0])).toEqual([0, 1]);
    expect(b.mode()).toBe("loiter");
  });

  it("takes a goto's height as AMSL whatever the frame says, and so flies into the ground", () => {
    const b = airborne(20);
    const target = at(60, 0);
    expect(b.commandInt(192, [-1, 1, 0, nan], target.latDeg, target.lonDeg, 60, 6)).toEqual([0]);
    b.until(() => !b.vehicle.status().armed, 60);
    expect(b.local().upM).toBeLessThan(0.5);
  });

  it("does not stop a goto by Hold, being in Hold already, but by a reposition to nowhere", () => {
    const b = airborne(20);
    const target = at(300, 0);
    b.commandInt(192, [8, 1, 0, nan], target.latDeg, target.lonDeg, groundAmslM + 20);
    b.run(8);
    b.command(176, [1, 4, 3]);
    b.run(4);
    expect(b.local().speedMps).toBeGreaterThan(7);
    b.command(192, [-1, 1, 0, nan, nan, nan, nan]);
    b.run(6);
    expect(b.local().speedMps).toBeLessThan(0.6);
  });

  it("accepts a goto while disarmed and forgets it", () => {
    const b = bench();
    b.until(() => b.vehicle.status().ready, 10);
    const target = at(60, 0);
    expect(b.commandInt(192, [-1, 1, 0, nan], target.latDeg, target.lonDeg, groundAmslM + 30)).toEqual([0]);
    b.command(400, [1]);
    b.run(5);
    expect(b.local().upM).toBeLessThan(0.5);
  });

  it("takes off at once on arming when the mode was set before", () => {
    const b = bench();
    b.until(() => b.vehicle.status().ready, 10);
    expect(b.command(22, [-1, 0, 0, nan, nan, nan, groundAmslM + 15])).toEqual([0]);
    b.run(2);
    expect(b.vehicle.status().armed).toBe(false);
    b.command(400, [1]);
    b.until(() => b.mode() === "loiter", 40);
    expect(b.local().upM).toBeGreaterThan(13);
  });

  it("changes height on the spot, keeps a set speed, and refuses a goto without the mode flag outside Hold", () => {
    const b = airborne(20);
    b.command(178, [1, 3, -1]);
    const target = at(40, 0);
    b.commandInt(192, [-1, 0, 0, nan], target.latDeg, target.lonDeg, groundAmslM + 20);
    b.run(8);
    expect(b.local().speedMps).toBeGreaterThan(2.6);
    expect(b.local().speedMps).toBeLessThan(3.4);
    b.run(10);
    const before = b.local();
    b.send({
      name: "COMMAND_INT",
      command: 192,
      targetSystem: 1,
      targetComponent: 1,
      param1: -1,
      param2: 1,
      param4: nan,
      x: 2147483647,
      y: 2147483647,
      z: groundAmslM + 35,
    });
    b.run(15);
    expect(b.local().upM).toBeGreaterThan(33);
    expect(Math.abs(b.local().northM - before.northM)).toBeLessThan(2);
    b.command(20);
    expect(b.commandInt(192, [-1, 0, 0, nan], target.latDeg, target.lonDeg, groundAmslM + 20)).toEqual([3]);
  });

  it("answers what it does not know, stays silent where PX4 does, and ignores other components and systems", () => {
    const b = bench();
    b.run(6);
    expect(b.command(31999)).toEqual([3]);
    expect(b.command(193)).toEqual([3]);
    expect(b.command(203)).toEqual([]);
    expect(b.command(400, [1], 77)).toEqual([]);
    b.send({ name: "COMMAND_LONG", command: 400, param1: 1, targetSystem: 2, targetComponent: 1 });
    expect(b.vehicle.status().armed).toBe(false);
    expect(b.command(246, [1])).toEqual([2]);
  });

  it("keeps quiet or lies in its answers when a fault says so, yet obeys", () => {
    const faults = new FaultSet();
    const b = bench({ faults });
    b.until(() => b.vehicle.status().ready, 10);
    const quiet = faults.inject("a1b2c3d4e5f60718", { kind: "no-ack" }, 0);
    expect(b.command(400, [1])).toEqual([]);
    expect(b.vehicle.status().armed).toBe(true);
    faults.clear(quiet);
    faults.inject("*", { kind: "wrong-ack", command: 400, result: 2 }, 0);
    expect(b.command(400, [0])).toEqual([2]);
    expect(b.vehicle.status().armed).toBe(false);
  });
});

describe("link", () => {
  it("talks for ever to the first who spoke, obeys others, and sends them nothing", () => {
    const peers: string[] = [];
    const b = bench({ send: (_bytes, peer) => peers.push(peer) });
    b.heartbeats = false;
    b.run(3);
    expect(new Set(peers)).toEqual(new Set(["gcs"]));
    peers.length = 0;
    b.send({ name: "HEARTBEAT", type: 6 }, { peer: "first" });
    b.run(3);
    b.send(
      { name: "COMMAND_LONG", command: 400, param1: 1, targetSystem: 1, targetComponent: 1 },
      { peer: "second", sysid: 254 },
    );
    b.run(2);
    expect(b.vehicle.status().armed).toBe(true);
    expect(new Set(peers)).toEqual(new Set(["first"]));
  });

  it("sends no STATUSTEXT without a ground station's heartbeat", () => {
    const b = bench();
    b.heartbeats = false;
    b.until(() => b.vehicle.status().ready, 10);
    b.command(400, [1]);
    b.run(12);
    expect(b.texts()).toEqual([]);
  });

  it("beats at 1 Hz and shows landed state, home, battery, remote ID and a camera", () => {
    const b = airborne(20);
    const from = b.heard.length;
    b.run(10);
    const count = (name: string, compid = 1) =>
      b.heard.slice(from).filter((h) => h.message.name === name && h.compid === compid).length;
    expect(count("HEARTBEAT")).toBe(10);
    expect(count("HEARTBEAT", 100)).toBe(10);
    expect(count("ATTITUDE")).toBe(100);
    expect(count("GLOBAL_POSITION_INT")).toBe(100);
    expect(count("OPEN_DRONE_ID_LOCATION")).toBe(10);
    expect(count("GIMBAL_DEVICE_ATTITUDE_STATUS", 154)).toBe(100);
    expect(b.last("EXTENDED_SYS_STATE")?.landedState).toBe(2);
    expect(b.last("BATTERY_STATUS")?.batteryRemaining).toBeGreaterThan(90);
    expect(Math.abs((b.last("HOME_POSITION")?.altitude ?? 0) / 1000 - groundAmslM)).toBeLessThan(3);
    expect(b.last("CURRENT_MODE")?.customMode).toBe(customModeOf("loiter"));
    b.command(511, [30, -1]);
    b.command(511, [33, 1_000_000]);
    const later = b.heard.length;
    b.run(5);
    expect(b.heard.slice(later).filter((h) => h.message.name === "ATTITUDE").length).toBe(0);
    expect(b.heard.slice(later).filter((h) => h.message.name === "GLOBAL_POSITION_INT").length).toBe(5);
    expect(b.command(511, [12345, 1000])).toEqual([4]);
  });

  it("tells who it is, the time, and a second sysid when a fault gives it one", () => {
    const faults = new FaultSet();
    const b = bench({ faults });
    b.run(3);
    expect(b.command(512, [148])).toEqual([0]);
    expect(Array.from(b.last("AUTOPILOT_VERSION")?.uid2 ?? []).slice(0, 8)).toEqual([
      0xa1, 0xb2, 0xc3, 0xd4, 0xe5, 0xf6, 0x07, 0x18,
    ]);
    expect(b.command(512, [9999])).toEqual([2]);
    b.send({ name: "TIMESYNC", tc1: 0n, ts1: 123456789n });
    expect(b.last("TIMESYNC")).toMatchObject({ tc1: 3_000_000_000n, ts1: 123456789n });
    faults.inject("*", { kind: "duplicate-sysid", sysid: 9 }, 0);
    b.run(2);
    expect(b.heard.at(-1)?.sysid).toBe(9);
  });
});

describe("gimbal and camera", () => {
  const look = (b: ReturnType<typeof bench>) => {
    const [w = 1, x = 0, y = 0, z = 0] = b.last("GIMBAL_DEVICE_ATTITUDE_STATUS")?.q ?? [];
    const deg = 180 / Math.PI;
    return {
      pitch: Math.asin(2 * (w * y - z * x)) * deg,
      yaw: Math.atan2(2 * (w * z + x * y), 1 - 2 * (y * y + z * z)) * deg,
    };
  };

  it("obeys only who holds it, turns at a bounded rate, and tells its yaw frame", () => {
    const b = bench();
    b.run(6);
    expect(b.command(1000, [-45, 90, nan, nan, 12])).toEqual([2]);
    expect(b.command(1001, [255, 190, -1, -1])).toEqual([0]);
    expect(b.command(1000, [-45, 90, nan, nan, 12])).toEqual([0]);
    b.run(0.3);
    expect(look(b).pitch).toBeGreaterThan(-25);
    b.run(3);
    expect(look(b).pitch).toBeCloseTo(-45, 0);
    expect(look(b).yaw).toBeCloseTo(90, 0);
    expect((b.last("GIMBAL_DEVICE_ATTITUDE_STATUS")?.flags ?? 0) & 96).toBe(32);
    expect(b.last("GIMBAL_MANAGER_STATUS")).toMatchObject({
      primaryControlSysid: 255,
      primaryControlCompid: 190,
      gimbalDeviceId: 154,
    });
  });

  it("looks at a place and keeps looking while it flies past, in the earth frame", () => {
    const b = airborne(40);
    const roi = at(0, 100);
    b.commandInt(195, [0, 0, 0, 0], roi.latDeg, roi.lonDeg, groundAmslM);
    const target = at(100, 0);
    b.commandInt(192, [5, 1, 0, nan], target.latDeg, target.lonDeg, groundAmslM + 40);
    b.run(25);
    expect((b.last("GIMBAL_DEVICE_ATTITUDE_STATUS")?.flags ?? 0) & 96).toBe(64);
    expect(look(b).yaw).toBeGreaterThan(125);
    expect(look(b).yaw).toBeLessThan(145);
    const fov = b.last("CAMERA_FOV_STATUS");
    expect(fov).toBeUndefined();
    b.command(512, [271], 100);
    const told = b.heard.map((h) => h.message).findLast((m) => m.name === "CAMERA_FOV_STATUS");
    expect(told?.name === "CAMERA_FOV_STATUS" && Math.abs(told.latImage / 1e7 - roi.latDeg) * 111_000).toBeLessThan(3);
    expect(told?.name === "CAMERA_FOV_STATUS" && Math.abs(told.lonImage / 1e7 - roi.lonDeg) * 85_000).toBeLessThan(3);
  });

  it("tells of a second sensor as stream 2, thermal, and of either alone when asked for it", () => {
    const b = bench({ videoPort: 5607, heatUri: "rtsp://127.0.0.1:5690/heat" });
    b.run(3);
    const told = () => b.heard.flatMap(({ message }) => (message.name === "VIDEO_STREAM_INFORMATION" ? [message] : []));
    const before = told().length;
    expect(b.command(512, [269], 100)).toEqual([0]);
    expect(told().slice(before)).toMatchObject([
      { streamId: 1, count: 2, flags: 1, uri: "5607" },
      { streamId: 2, count: 2, flags: 3, type: 0, uri: "rtsp://127.0.0.1:5690/heat" },
    ]);
    expect(b.command(512, [269, 2], 100)).toEqual([0]);
    expect(told().slice(before + 2)).toMatchObject([{ streamId: 2 }]);
    expect(b.command(512, [269, 3], 100)).toEqual([2]);
  });

  it("tells its stream and zooms", () => {
    const b = bench({ videoPort: 5607 });
    b.run(3);
    expect(b.command(512, [269], 100)).toEqual([0]);
    const stream = b.heard.map((h) => h.message).findLast((m) => m.name === "VIDEO_STREAM_INFORMATION");
    expect(stream).toMatchObject({ uri: "5607", type: 1, count: 1 });
    expect(b.command(531, [2, 100], 100)).toEqual([0]);
    expect(b.vehicle.cameraPose().hfovDeg).toBeCloseTo(5.8, 1);
  });
});
