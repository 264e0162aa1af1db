import { describe, expect, it } from "vitest";
import { airborne, at, type Bench, bench, groundAmslM } from "./testing/ground-station.js";

type Item = {
  command: number;
  frame?: number;
  params?: readonly number[];
  northM?: number;
  eastM?: number;
  z?: number;
};

/** Uploads as a ground station does: answers each request; gives the result and what was asked. */
function upload(b: Bench, missionType: number, items: readonly Item[]) {
  const start = b.heard.length;
  b.send({ name: "MISSION_COUNT", targetSystem: 1, targetComponent: 1, count: items.length, missionType });
  const asked: number[] = [];
  for (let read = start; read < b.heard.length; read++) {
    const m = b.heard[read]?.message;
    if (m?.name === "MISSION_ACK") return { result: m.type, id: m.opaqueId, asked };
    if (m?.name !== "MISSION_REQUEST_INT") continue;
    asked.push(m.seq);
    const item = items[m.seq];
    if (item === undefined) continue;
    const place = item.northM === undefined ? { latDeg: 0, lonDeg: 0 } : at(item.northM, item.eastM ?? 0);
    const [param1 = 0, param2 = 0, param3 = 0, param4 = 0] = item.params ?? [];
    b.send({
      name: "MISSION_ITEM_INT",
      targetSystem: 1,
      targetComponent: 1,
      seq: m.seq,
      frame: item.frame ?? 6,
      command: item.command,
      param1,
      param2,
      param3,
      param4,
      x: Math.round(place.latDeg * 1e7),
      y: Math.round(place.lonDeg * 1e7),
      z: item.z ?? 0,
      autocontinue: 1,
      missionType,
    });
  }
  return { result: undefined, id: 0, asked };
}

function download(b: Bench, missionType: number) {
  const start = b.heard.length;
  b.send({ name: "MISSION_REQUEST_LIST", targetSystem: 1, targetComponent: 1, missionType });
  const count = b.heard
    .slice(start)
    .map((h) => h.message)
    .find((m) => m.name === "MISSION_COUNT");
  const items = [];
  for (let seq = 0; seq < (count?.count ?? 0); seq++) {
    b.send({ name: "MISSION_REQUEST_INT", targetSystem: 1, targetComponent: 1, seq, missionType });
    const item = b.heard.at(-1)?.message;
    if (item?.name === "MISSION_ITEM_INT") items.push(item);
  }
  return { count: count?.count, id: count?.opaqueId, items };
}

const square = (half: number, command = 5001, northM = 0, eastM = 0): Item[] =>
  [
    [1, -1],
    [1, 1],
    [-1, 1],
    [-1, -1],
  ].map(([n = 0, e = 0]) => ({ command, frame: 5, params: [4], northM: northM + n * half, eastM: eastM + e * half }));

const tour: Item[] = [
  { command: 22, northM: 0, z: 40 },
  { command: 178, frame: 2, params: [1, 8, -1] },
  { command: 16, northM: 120, z: 40 },
  { command: 16, northM: 120, eastM: 80, z: 50 },
  { command: 20, frame: 2 },
];

describe("plans", () => {
  it("uploads, reads back the same, and gives the same plan the same id", () => {
    const b = bench();
    b.run(6);
    const first = upload(b, 0, tour);
    expect(first).toMatchObject({ result: 0, asked: [0, 1, 2, 3, 4] });
    const back = download(b, 0);
    expect(back.count).toBe(5);
    expect(back.id).toBe(first.id);
    expect(back.items.map((i) => i.command)).toEqual([22, 178, 16, 16, 20]);
    expect(back.items.map((i) => i.current)).toEqual([1, 0, 0, 0, 0]);
    expect(upload(b, 0, tour).id).toBe(first.id);
    b.run(1.2);
    expect(b.last("MISSION_CURRENT")).toMatchObject({ total: 5, missionState: 2, missionId: first.id });
  });

  it("refuses what it does not know, repeats its question, and gives up without an answer", () => {
    const b = bench();
    b.run(6);
    expect(upload(b, 0, [{ command: 9999, northM: 10 }]).result).toBe(3);
    expect(upload(b, 0, [{ command: 16, frame: 8, northM: 10 }]).result).toBe(2);
    b.send({ name: "MISSION_COUNT", targetSystem: 1, targetComponent: 1, count: 2, missionType: 0 });
    const start = b.heard.length;
    b.send({ name: "MISSION_COUNT", targetSystem: 1, targetComponent: 1, count: 2, missionType: 0 }, { compid: 191 });
    expect(b.heard.at(-1)?.message).toMatchObject({ name: "MISSION_ACK", type: 1 });
    b.run(6);
    const asked = b.heard.slice(start).filter((h) => h.message.name === "MISSION_REQUEST_INT").length;
    expect(asked).toBeGreaterThan(15);
    expect(asked).toBeLessThan(22);
    expect(b.texts()).toContain("Operation timeout\t");
  });

  it("flies a mission from the ground, reports items, pauses, resumes and returns", () => {
    const b = bench();
    b.until(() => b.vehicle.status().ready, 10);
    expect(b.command(300)).toEqual([2]);
    expect(b.texts()).toContain("Mission start denied! No valid mission\t");
    upload(b, 0, tour);
    b.command(400, [1]);
    b.run(1);
    expect(b.command(300)).toEqual([0]);
    b.until(() => b.last("MISSION_CURRENT")?.seq === 2, 60);
    expect(b.local().upM).toBeGreaterThan(38);
    b.until(() => b.local().speedMps > 7, 20);
    b.command(192, [-1, 1, 0, Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
    b.run(8);
    expect(b.last("MISSION_CURRENT")).toMatchObject({ missionState: 4, seq: 2 });
    expect(b.local().speedMps).toBeLessThan(0.5);
    expect(b.command(176, [1, 4, 4])).toEqual([0, 0]);
    b.until(() => b.mode() === "rtl", 90);
    expect(Math.hypot(b.local().northM - 120, b.local().eastM - 80)).toBeLessThan(8);
    const reached = new Set(b.heard.flatMap(({ message: m }) => (m.name === "MISSION_ITEM_REACHED" ? [m.seq] : [])));
    expect([...reached]).toEqual([1, 2, 3, 4]);
    b.until(() => !b.vehicle.status().armed, 150);
  });
});

describe("fence", () => {
  it("refuses a short vertex run, and does not enforce a fence that does not hold home", () => {
    const b = bench();
    b.run(6);
    expect(upload(b, 1, square(200).slice(0, 2)).result).toBe(1);
    expect(upload(b, 1, square(50, 5001, 500)).result).toBe(0);
    b.run(0.5);
    expect(b.texts()).toContain("Geofence invalid, doesn't contain Home position\t");
    expect(b.command(400, [1])).toEqual([0]);
  });

  it("accepts a goto outside or into an exclusion, says so and stays; the way through one is not checked", () => {
    const b = airborne(40);
    expect(upload(b, 1, [...square(250), ...square(40, 5002, 150, 0)]).result).toBe(0);
    b.run(1);
    for (const [n, e] of [
      [400, 0],
      [150, 0],
    ] as const) {
      const target = at(n, e);
      expect(b.commandInt(192, [8, 1, 0, Number.NaN], target.latDeg, target.lonDeg, groundAmslM + 40)).toEqual([0]);
      b.run(4);
      expect(b.local().speedMps).toBeLessThan(0.6);
    }
    expect(b.texts().filter((t) => t === "Reposition is outside geofence\t").length).toBe(2);
    const across = at(220, 0);
    b.commandInt(192, [8, 1, 0, Number.NaN], across.latDeg, across.lonDeg, groundAmslM + 40);
    b.until(() => b.vehicle.status().failsafe === "fence", 30);
    expect(b.local().northM).toBeGreaterThan(108);
    b.run(8);
    expect(b.texts()).toContain("Geofence: approaching or outside geofence");
    expect(b.mode()).toBe("loiter");
    expect(b.local().northM).toBeLessThan(145);
    expect(b.local().speedMps).toBeLessThan(0.5);
    expect(b.last("HEARTBEAT")?.systemStatus).toBe(5);
    const inside = at(50, 0);
    b.commandInt(192, [8, 1, 0, Number.NaN], inside.latDeg, inside.lonDeg, groundAmslM + 40);
    b.run(15);
    expect(b.last("HEARTBEAT")?.systemStatus).toBe(4);
    expect(b.local().northM).toBeLessThan(60);
  });

  it("with GF_ACTION 3 flies on for COM_FAIL_ACT_T before it turns home", () => {
    const over = (COM_FAIL_ACT_T: number) => {
      const b = airborne(40, { params: { GF_ACTION: 3, COM_FAIL_ACT_T, GF_MAX_HOR_DIST: 150, MPC_XY_VEL_MAX: 20 } });
      // Told before the limit exists, as a goto beyond it would be refused.
      b.send({
        name: "PARAM_SET",
        targetSystem: 1,
        targetComponent: 1,
        paramId: "GF_MAX_HOR_DIST",
        paramType: 9,
        paramValue: 0,
      });
      const target = at(800, 0);
      b.commandInt(192, [15, 1, 0, Number.NaN], target.latDeg, target.lonDeg, groundAmslM + 40);
      b.send({
        name: "PARAM_SET",
        targetSystem: 1,
        targetComponent: 1,
        paramId: "GF_MAX_HOR_DIST",
        paramType: 9,
        paramValue: 250,
      });
      let farthest = 0;
      b.until(() => {
        farthest = Math.max(farthest, b.local().northM);
        return b.mode() === "rtl" && b.local().northM < 240;
      }, 90);
      return farthest - 250;
    };
    expect(over(0)).toBeLessThan(62);
    expect(over(5)).toBeGreaterThan(100);
  });

  it("knows circles to stay in and to stay out of, and forgets all when cleared", () => {
    const b = airborne(40);
    const zones = [
      { command: 5003, frame: 5, params: [200], northM: 0, eastM: 0 },
      { command: 5004, frame: 5, params: [30], northM: 120, eastM: 0 },
    ];
    expect(upload(b, 1, zones).result).toBe(0);
    b.run(1);
    const goto = (n: number, e: number) => {
      const target = at(n, e);
      b.commandInt(192, [8, 1, 0, Number.NaN], target.latDeg, target.lonDeg, groundAmslM + 40);
      b.run(3);
      return b.local().speedMps > 1;
    };
    expect(goto(0, 210)).toBe(false);
    expect(goto(135, 0)).toBe(false);
    expect(goto(0, 150)).toBe(true);
    b.send({ name: "MISSION_CLEAR_ALL", targetSystem: 1, targetComponent: 1, missionType: 255 });
    expect(b.last("MISSION_ACK")).toMatchObject({ type: 0, missionType: 255 });
    expect(goto(0, 400)).toBe(true);
  });

  it("makes a mission that leaves it unflyable, by a text alone", () => {
    const b = bench();
    b.run(6);
    upload(b, 1, square(100));
    expect(upload(b, 0, tour).result).toBe(0);
    expect(b.texts()).toContain("Geofence violation for waypoint 3\t");
    expect(b.command(300)).toEqual([2]);
  });
});

describe("rally", () => {
  it("returns to the nearer rally point", () => {
    const b = airborne(50);
    upload(b, 2, [{ command: 5100, northM: 60, eastM: 0, z: 0 }]);
    const target = at(150, 0);
    b.commandInt(192, [10, 1, 0, Number.NaN], target.latDeg, target.lonDeg, groundAmslM + 50);
    b.run(25);
    b.command(20);
    b.until(() => !b.vehicle.status().armed, 150);
    expect(b.local().northM).toBeCloseTo(60, -1);
  });
});
