import { newFact } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import type { Session } from "../kernel/index.js";
import { at, type Bench, GROUND_M, person, pilotSession, uids } from "../launch/testing/index.js";
import { flying, openAlarms, rig } from "./testing/rig.js";

const [osprey] = uids;
const two = pilotSession("p2", "Pilot Two");
const desk: Session = { personId: "r1", name: "Operator", roles: ["rtcc"], demo: true, sessionId: "s" };
const params = { uid: osprey };

const alarmTexts = (bench: Bench): string[] =>
  openAlarms(bench).map((one) => `${one.level}: ${one.text} ${one.consequence}`);

describe("flying by a pilot", () => {
  it("turns heights over ground into AMSL, for the pilot who has control", () => {
    const { bench } = flying();
    expect(bench.act("fly", params, { verb: "goto", point: at(-800, 300), altAglM: 45 }).status).toBe(202);
    expect(bench.ordersOf("goto")[0]?.act).toMatchObject({ altAmslM: GROUND_M + 45, groundAmslM: GROUND_M });
    expect(bench.ordersOf("goto")[0]?.uid).toBe(osprey);
    expect(bench.act("fly", params, { verb: "changeHeight", altAglM: 70 }).status).toBe(202);
    expect(bench.ordersOf("changeHeight")[0]?.act).toMatchObject({ altAmslM: GROUND_M + 70 });
  });

  it.each([
    ["below the minimum", { verb: "goto", point: at(-800, 300), altAglM: 5 }, /minimum/],
    ["outside the fence", { verb: "goto", point: at(-3300, 0) }, /fence/],
    ["over the ceiling", { verb: "changeHeight", altAglM: 130 }, /ceiling/],
  ])("is refused %s, and the refusal is a fact", (_what, body, words) => {
    const { bench } = flying();
    expect(bench.act("fly", params, body).detail).toMatch(words);
    expect(bench.types().at(-1)).toBe("ActRefused");
    expect([...bench.ordersOf("goto"), ...bench.ordersOf("changeHeight")]).toEqual([]);
  });

  it("is refused to another pilot, on the ground, and without a link; stop and return are not", () => {
    const { bench } = flying();
    bench.signOn("p2", "Pilot Two");
    expect(bench.act("fly", params, { verb: "hold" }, two).detail).toMatch(/Pilot One has control/);
    expect(bench.act("fly", { uid: uids[1] }, { verb: "goto", point: at(0, 0) }).detail).toMatch(/do not have control/);
    const aircraft = bench.bridge.aircraft.get(osprey);
    if (aircraft !== undefined) aircraft.over = { link: "lost" };
    bench.bridge.tick();
    expect(bench.act("fly", params, { verb: "goto", point: at(-800, 300) }).detail).toMatch(/No contact/);
    expect(bench.act("fly", params, { verb: "return" }).status).toBe(202);
    bench.failStore = true;
    expect(bench.act("fly", params, { verb: "hold" }).status).toBe(202);
    expect(bench.ordersOf("hold")).toHaveLength(1);
  });

  it("by hand goes through only from who has control and took the sticks", () => {
    const { bench, tasking } = flying();
    const axes = { uid: osprey, forward: 1, right: 0, up: 0, yaw: 0 };
    tasking.sticks(pilotSession(), axes);
    expect(bench.bridge.others.filter((one) => one.kind === "sticks")).toEqual([]);
    bench.act("fly", params, { verb: "takeStick" });
    const order = bench.ordersOf("takeStick")[0];
    bench.bridge.fact("OrderDone", { orderId: order?.orderId ?? "", uid: osprey, verb: "takeStick", text: "" });
    tasking.sticks(pilotSession(), axes);
    tasking.sticks(two, axes);
    expect(bench.bridge.others.filter((one) => one.kind === "sticks")).toHaveLength(1);
  });

  it("brings everything down at one word", () => {
    const { bench } = flying();
    expect(bench.act("bringAllDown", {}, {}).status).toBe(202);
    expect(bench.ordersOf("return").map((order) => order.uid)).toEqual([osprey]);
    expect(bench.card().phase).toBe("returning");
  });

  it("ends the station's own flying: no circle is ordered after a person's hand", () => {
    const { bench } = flying();
    const orbits = bench.ordersOf("orbit").length;
    bench.act("fly", params, { verb: "hold" });
    bench.bridge.run(5);
    expect(bench.ordersOf("orbit")).toHaveLength(orbits);
  });
});

describe("control", () => {
  it("passes by offer and word, never by taking it from who is there", () => {
    const { bench, tasking } = flying();
    bench.signOn("p2", "Pilot Two");
    expect(bench.act("takeControl", params, {}, two).detail).toMatch(/Ask|has control/);
    expect(bench.act("acceptControl", params, {}, two).status).toBe(409);
    expect(bench.act("offerControl", params, { to: "p2", text: "watch the north side" }).status).toBe(200);
    expect(bench.act("acceptControl", params, {}, two).status).toBe(200);
    expect(tasking.picOf(osprey)?.personId).toBe("p2");
    expect(bench.card().picName).toBe("Pilot Two");
    expect(tasking.answersFor("p2")).toEqual(["OSPREY"]);
    expect(bench.act("fly", params, { verb: "hold" }).status).toBe(409);
  });

  it("is not accepted after the offer lapsed, and is taken from a pilot who is gone", () => {
    const { bench, tasking } = flying();
    bench.signOn("p2", "Pilot Two");
    bench.act("offerControl", params, { to: "p2", text: "" });
    bench.bridge.run(61);
    expect(bench.act("acceptControl", params, {}, two).detail).toMatch(/lapsed/);
    bench.presenceAgeMs.set("p1", 61_000);
    expect(bench.act("takeControl", params, {}, two).status).toBe(200);
    expect(tasking.picOf(osprey)?.personId).toBe("p2");
  });

  it("of the camera is apart: asked, granted with a word, given back", () => {
    const { bench, tasking } = flying();
    const look = { verb: "look", point: at(-880, 310) };
    expect(bench.act("camera", params, look, desk).status).toBe(409);
    expect(bench.act("ask", { incidentId: "i1" }, { kind: "camera", uid: osprey }, desk).status).toBe(200);
    const ask = bench.facts.find((fact) => fact.type === "AskMade");
    const askId = ask?.type === "AskMade" ? ask.data.askId : "";
    expect(bench.act("answerAsk", { askId }, { accepted: true, word: "yours" }).status).toBe(200);
    expect(tasking.cameraDelegated(osprey)).toBe(true);
    expect(bench.act("camera", params, look, desk).status).toBe(202);
    expect(bench.act("camera", params, look).detail).toMatch(/Operator holds/);
    expect(bench.act("returnCamera", params, {}).status).toBe(200);
    expect(bench.act("camera", params, look).status).toBe(202);
    expect(bench.act("answerAsk", { askId }, { accepted: false, word: "" }).detail).toMatch(/answered already/);
  });

  it("turns the camera when a look is accepted, and nothing when it is refused", () => {
    const { bench } = flying();
    const before = bench.ordersOf("pointCamera").length;
    for (const accepted of [false, true]) {
      bench.act("ask", { incidentId: "i1" }, { kind: "look", uid: osprey, point: at(-880, 310), label: "roof" }, desk);
      const ask = bench.facts.findLast((fact) => fact.type === "AskMade");
      bench.act("answerAsk", { askId: ask?.type === "AskMade" ? ask.data.askId : "" }, { accepted, word: "ok" });
    }
    expect(bench.ordersOf("pointCamera")).toHaveLength(before + 1);
    expect(bench.act("ask", { incidentId: "closed" }, { kind: "aircraft", reason: "x" }, desk).status).toBe(409);
  });
});

describe("a pilot who is gone", () => {
  it("is called at 60 s, and the aircraft comes home at 120 s", () => {
    const { bench } = flying();
    bench.presenceAgeMs.set("p1", 61_000);
    bench.bridge.run(2);
    expect(alarmTexts(bench).join()).toMatch(/caution: OSPREY has no eyes on it.*Turns for home at 120 s/);
    expect(bench.ordersOf("return")).toEqual([]);
    bench.presenceAgeMs.set("p1", 120_000);
    bench.bridge.run(2);
    expect(bench.types()).toContain("CalledHome");
    expect(bench.card()).toMatchObject({ phase: "returning", note: expect.stringContaining("not seen") });
    expect(bench.ordersOf("return")).toHaveLength(1);
    bench.bridge.run(5);
    expect(bench.ordersOf("return")).toHaveLength(1);
  });

  it("is called home even after flying over an earlier return by hand", () => {
    const { bench } = flying();
    expect(bench.act("fly", { uid: osprey }, { verb: "return" }).status).toBe(202);
    bench.bridge.run(1);
    expect(bench.act("fly", { uid: osprey }, { verb: "hold" }).status).toBe(202);
    bench.bridge.run(1);
    const before = bench.ordersOf("return").length;
    bench.presenceAgeMs.set("p1", 120_000);
    bench.bridge.run(3);
    expect(bench.types()).toContain("CalledHome");
    expect(bench.ordersOf("return")).toHaveLength(before + 1);
  });

  it("does not keep an aircraft in the air with a full disk", () => {
    const { bench } = flying();
    bench.failStore = true;
    bench.presenceAgeMs.set("p1", 120_000);
    bench.bridge.run(2);
    expect(bench.ordersOf("return")).toHaveLength(1);
  });
});

describe("alarms", () => {
  it("stand while their cause does, are quieted by a word, and end with the cause only", () => {
    const { bench } = flying();
    bench.bridge.fact("LinkLate", { uid: osprey, ageS: 2.6 });
    expect(alarmTexts(bench)).toEqual(["caution: OSPREY link late. Turns for home by itself at 12 s."]);
    const alarmId = openAlarms(bench)[0]?.alarmId ?? "";
    expect(bench.act("acknowledgeAlarm", { alarmId }, {}).status).toBe(200);
    bench.bridge.run(3);
    expect(openAlarms(bench)).toMatchObject([{ acknowledgedBy: "Pilot One" }]);
    bench.bridge.fact("LinkBack", { uid: osprey, lostS: 3 });
    expect(openAlarms(bench)).toEqual([]);
    expect(bench.types().filter((type) => type === "AlarmRaised")).toHaveLength(1);
  });

  it("are one for one cause: a lost link silences what follows from it, and the bridge's loss silences links", () => {
    const { bench } = flying();
    bench.bridge.fact("PositionDoubted", { uid: osprey, reason: "jump", measured: 30, limit: 5 });
    bench.bridge.fact("LinkLost", { uid: osprey, ageS: 3.6 });
    expect(alarmTexts(bench).join()).toMatch(/^warning: OSPREY link lost\. Turns for home by itself 12 s/);
    expect(openAlarms(bench)).toHaveLength(1);
    bench.bridge.drop();
    bench.clock.advance(1_000);
    expect(alarmTexts(bench).join()).toMatch(
      /^warning: No contact with the drone bridge; OSPREY in flight\. .* 12 to 32 s/,
    );
    expect(openAlarms(bench)).toHaveLength(1);
  });

  it.each<[string, (bench: Bench) => void, RegExp]>([
    [
      "a failsafe",
      (bench) => bench.bridge.fact("FailsafeSeen", { uid: osprey, text: "low battery" }),
      /warning: OSPREY failsafe: low battery/,
    ],
    [
      "a foreign station",
      (bench) => bench.bridge.fact("ForeignStationHeard", { uid: osprey, sysid: 77, endpoint: "x" }),
      /warning: OSPREY hears another ground station/,
    ],
    ["a cancelled call", (bench) => bench.cancel("i1"), /caution: OSPREY flies to a call that was cancelled/],
    [
      "a jammed dock that it wants to come home to",
      (bench) => jam(bench),
      /warning: The door of Dock 1 is jammed\. OSPREY needs another place/,
    ],
    ["energy", (bench) => charge(bench, 20), /caution: OSPREY must turn in about 2 minutes/],
  ])("are raised for %s", (_what, cause, words) => {
    const { bench } = flying();
    cause(bench);
    bench.bridge.run(2);
    expect(alarmTexts(bench).join("|")).toMatch(words);
  });

  it("tell that an order may have happened, and that an aborted aircraft may be armed", () => {
    const { bench } = rig();
    bench.bridge.silent.add("arm");
    bench.alert("i1");
    bench.approve();
    const { orderId, launchId } = bench.ordersOf("arm")[0] ?? { orderId: "", launchId: "" };
    bench.bridge.fact("OrderUnconfirmed", { orderId, uid: osprey, launchId, verb: "arm", text: "No answer in 1.5 s." });
    expect(alarmTexts(bench).join()).toMatch(/may have happened/);
    bench.bridge.run(17);
    expect(alarmTexts(bench).join()).toMatch(/may be armed although its launch was aborted/);
    bench.bridge.fact("Disarmed", { uid: osprey });
    bench.bridge.run(1);
    expect(alarmTexts(bench).join()).not.toMatch(/armed/);
  });
});

function jam(bench: Bench): void {
  const dock = bench.bridge.docks.get("dock-1");
  if (dock !== undefined) dock.door = "jammed";
}
function charge(bench: Bench, pct: number): void {
  const aircraft = bench.bridge.aircraft.get(osprey);
  const energy = (): number => bench.fleet.energyOf(osprey)?.turnInS ?? 0;
  for (let now = 60; aircraft !== undefined && now > pct; now -= 1) {
    aircraft.batteryPct = now;
    bench.bridge.run(1);
    if (energy() > 30 && energy() < 110) return;
  }
}

describe("views", () => {
  it("calls no aircraft ready that shares its system id", () => {
    const { bench, tasking } = flying();
    const kestrel = () => {
      const fleet = tasking.views?.fleet?.("", pilotSession());
      return fleet?.kind === "view" ? fleet.view.aircraft[1] : undefined;
    };
    bench.bridge.fact("DuplicateSysid", { sysid: 2, uids: [kestrel()?.uid ?? ""] });
    bench.bridge.run(2);
    expect(kestrel()).toMatchObject({ ready: false, notReady: "another aircraft has its system id" });
  });

  it("show the fleet with phases, pilots and reasons, and a pilot's day ahead", () => {
    const { bench, tasking } = flying();
    const fleet = tasking.views?.fleet?.("", pilotSession());
    if (fleet?.kind !== "view") throw new Error("no view");
    expect(fleet.view.aircraft[0]).toMatchObject({
      callSign: "OSPREY",
      phase: "onScene",
      picName: "Pilot One",
      ready: false,
      inAir: true,
    });
    expect(fleet.view.aircraft[1]).toMatchObject({ callSign: "KESTREL", phase: "inDock", ready: true, notReady: "" });
    expect(fleet.view.docks[0]).toMatchObject({ dockId: "dock-1", connected: true, groundAmslM: GROUND_M });
    expect(fleet.view.wind?.speedMps).toBeGreaterThan(0);
    const pilot = tasking.views?.pilot?.("p1", pilotSession());
    if (pilot?.kind !== "view") throw new Error("no view");
    expect(pilot.view.workload).toMatchObject({ used: 0.13, aircraft: 1 });
    expect(pilot.view.next[0]?.bars.map((bar) => bar.kind)).toContain("onScene");
    expect(pilot.view.pilotsOnWatch).toEqual([{ personId: "p1", name: "Pilot One", aircraft: 1 }]);
    bench.commit(newFact("IncidentClosed", { incidentId: "i1", real: "real", reason: "x" }, person()));
    expect(bench.card().phase).toBe("returning");
  });
});
