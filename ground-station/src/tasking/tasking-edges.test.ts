import type { Config } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { at, type Bench, GROUND_M, pilotSession, uids } from "../launch/testing/index.js";
import { flying, openAlarms } from "./testing/rig.js";

const [osprey] = uids;
const params = { uid: osprey };

const failsafeAlarm = (bench: Bench) => openAlarms(bench).find((one) => one.text.includes("failsafe"))?.text;

describe("a failsafe that the bridge cannot explain", () => {
  const text = "failsafe active, mode return, no reason given";
  const afterRestart = (awayS: number): Bench => {
    const { bench } = flying();
    bench.bridge.drop();
    bench.clock.advance(awayS * 1000);
    bench.bridge.connect(false);
    bench.bridge.fact("FailsafeSeen", { uid: osprey, text });
    return bench;
  };

  it("given a bridge that is just back, is not alarmed before it has stood for a moment, and not at all if it is over", () => {
    const bench = afterRestart(4);
    bench.bridge.run(3);
    expect(failsafeAlarm(bench)).toBeUndefined();
    bench.bridge.fact("FailsafeOver", { uid: osprey });
    bench.bridge.run(6);
    expect(failsafeAlarm(bench)).toBeUndefined();
  });

  it("given a bridge that was away for longer than the aircraft waits, says that this is why", () => {
    const bench = afterRestart(25);
    bench.bridge.run(6);
    expect(failsafeAlarm(bench)).toContain("it began while the bridge was away for 25 s");
  });

  it("given a bridge that was away too shortly to be the reason, alarms it as it is", () => {
    const bench = afterRestart(4);
    bench.bridge.run(6);
    expect(failsafeAlarm(bench)).toContain("no reason given");
  });

  it("given one with a reason, alarms it at once", () => {
    const bench = afterRestart(4);
    bench.bridge.fact("FailsafeSeen", { uid: osprey, text: "Battery critical" });
    bench.bridge.run(1);
    expect(failsafeAlarm(bench)).toContain("Battery critical");
  });
});

describe("a privacy zone", () => {
  const yardAt = (eastM: number, northM: number) => (base: Config) => ({
    ...base,
    site: {
      ...base.site,
      privacyZones: [
        {
          id: "yard",
          name: "School yard",
          ring: [
            at(eastM - 40, northM - 40),
            at(eastM + 40, northM - 40),
            at(eastM + 40, northM + 40),
            at(eastM - 40, northM + 40),
          ],
        },
      ],
    },
  });

  it("is not flown to and not looked into but for a reason, which is on record before the order", () => {
    const { bench } = flying(yardAt(-700, 300));
    const there = at(-700, 300);
    for (const [act, body] of [
      ["fly", { verb: "goto", point: there }],
      ["fly", { verb: "orbit", point: at(-640, 300) }],
      ["camera", { verb: "look", point: there }],
    ] as const)
      expect(bench.act(act, params, body).detail).toBe("That is in the privacy zone School yard.");
    expect(bench.act("camera", params, { verb: "look", point: at(-600, 300) }).status).toBe(202);
    expect(bench.act("camera", params, { verb: "look", point: there, privacyReason: "danger" }).status).toBe(202);
    expect(bench.types().slice(-4, -2)).toEqual(["PrivacyZoneEntered", "OrderIssued"]);
  });

  it("that holds the very incident it was launched for asks nothing more", () => {
    const { bench } = flying(yardAt(-900, 300));
    expect(bench.act("camera", params, { verb: "look", point: at(-880, 310) }).status).toBe(202);
    expect(bench.types()).not.toContain("PrivacyZoneEntered");
  });
});

describe("an aircraft whose camera nothing turns", () => {
  const fixed = (base: Config): Config => ({
    ...base,
    aircraftTypes: Object.fromEntries(
      Object.entries(base.aircraftTypes).map(([name, type]) => [name, { ...type, gimbal: false }]),
    ),
  });

  it("given a type without a gimbal, gets no camera order by itself, and a pilot's is refused at once with the reason", () => {
    const { bench } = flying(fixed);
    bench.bridge.run(3);
    expect([...bench.ordersOf("levelCamera"), ...bench.ordersOf("pointCamera")]).toEqual([]);
    expect(bench.ordersOf("orbit")).toHaveLength(1);
    const answer = bench.act("camera", params, { verb: "look", point: at(0, 0) });
    expect(answer).toMatchObject({ status: 409, detail: "OSPREY has no gimbal: its camera looks ahead." });
    expect(bench.types().at(-1)).toBe("ActRefused");
  });

  it("given a gimbal that has gone silent, refuses until it speaks again", () => {
    const { bench } = flying();
    const aircraft = bench.bridge.aircraft.get(osprey);
    if (aircraft === undefined) throw new Error("no aircraft");
    aircraft.over = { gimbalOk: false };
    bench.bridge.run(1);
    expect(bench.act("camera", params, { verb: "level" }).status).toBe(409);
    aircraft.over = {};
    bench.bridge.run(1);
    expect(bench.act("camera", params, { verb: "level" }).status).toBe(202);
  });
});

describe("an aircraft that its pilot lands on another dock than its own", () => {
  it("given the land order over that dock, is docked there and its flight is closed", () => {
    const { bench } = flying();
    expect(bench.act("fly", params, { verb: "land" }).status).toBe(202);
    const other = bench.bridge.docks.get("dock-3");
    const aircraft = bench.bridge.aircraft.get(osprey);
    if (other === undefined || aircraft === undefined) throw new Error("no dock");
    Object.assign(other, { occupied: false });
    aircraft.point = at(1500, 2);
    bench.bridge.run(1);
    bench.bridge.land(osprey, "dock-3");
    bench.bridge.run(2);
    expect(bench.facts.find((fact) => fact.type === "Docked")).toMatchObject({
      data: { uid: osprey, dockId: "dock-3" },
    });
    bench.bridge.run(95);
    expect(bench.card().phase).toBe("closed");
    expect(openAlarms(bench).filter((one) => one.about === "OSPREY")).toEqual([]);
  });

  it("given a place beside it, is not taken for docked", () => {
    const { bench } = flying();
    bench.act("fly", params, { verb: "land" });
    const aircraft = bench.bridge.aircraft.get(osprey);
    if (aircraft === undefined) throw new Error("no aircraft");
    aircraft.point = at(1500, 30);
    bench.bridge.run(1);
    Object.assign(aircraft, { armed: false, inAir: false, altAmslM: GROUND_M });
    bench.bridge.fact("Landed", { uid: osprey, ...aircraft.point });
    bench.bridge.fact("Disarmed", { uid: osprey });
    bench.bridge.run(5);
    expect(bench.types()).not.toContain("Docked");
  });
});

describe("a change of control that the disk refuses", () => {
  const takeFrom = (bench: Bench) => {
    bench.signOn("p2", "Pilot Two");
    bench.presenceAgeMs.set("p1", 90_000);
    return bench.act("takeControl", params, {}, pilotSession("p2", "Pilot Two"));
  };

  it("did not happen: the one who had it still has it, also when there is room again", () => {
    const { bench, tasking } = flying();
    bench.signOn("p2", "Pilot Two");
    bench.presenceAgeMs.set("p1", 90_000);
    bench.failStore = true;
    expect(bench.act("takeControl", params, {}, pilotSession("p2", "Pilot Two")).status).toBe(503);
    expect(tasking.picOf(osprey)?.personId).toBe("p1");
    expect(bench.card().picName).toBe("Pilot One");
    bench.diskBack();
    expect(tasking.picOf(osprey)?.personId).toBe("p1");
    expect(takeFrom(bench).status).toBe(200);
    expect(tasking.picOf(osprey)?.personId).toBe("p2");
  });

  it("leaves no offer that somebody could accept", () => {
    const { bench, tasking } = flying();
    bench.signOn("p2", "Pilot Two");
    bench.failStore = true;
    expect(bench.act("offerControl", params, { to: "p2", text: "" }).status).toBe(503);
    bench.diskBack();
    expect(bench.act("acceptControl", params, {}, pilotSession("p2", "Pilot Two")).status).toBe(409);
    expect(tasking.picOf(osprey)?.personId).toBe("p1");
  });
});
