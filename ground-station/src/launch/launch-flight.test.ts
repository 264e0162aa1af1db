import { type Config, newFact } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { GROUND_M } from "../app/testing/flat-world.js";
import { fleetRoom } from "../fleet/index.js";
import { launchRoom } from "./launch-room.js";
import { Bench, type BenchOptions, person } from "./testing/bench.js";
import { at, uids } from "./testing/config-for-tests.js";

const bench = (options: BenchOptions = {}): Bench => {
  const made = new Bench(options, [fleetRoom, launchRoom]);
  made.bridge.connect();
  made.signOn();
  return made;
};
const launching = ["openDock", "uploadPlan", "arm", "startMission"];
const launched = (made: Bench) => made.bridge.orders.filter((order) => launching.includes(order.act.verb));
const [osprey] = uids;

describe("what goes wrong on the way to the air", () => {
  const upTo = (verb: string, reason?: string): Bench => {
    const made = bench();
    if (reason === undefined) made.bridge.silent.add(verb);
    else made.bridge.refuse.set(verb, reason);
    made.alert("i1");
    made.approveAndStart();
    return made;
  };

  it("a jammed dock aborts, and the next best aircraft is offered", () => {
    const made = upTo("openDock");
    const dock = made.bridge.docks.get("dock-1");
    if (dock !== undefined) dock.door = "jammed";
    made.bridge.fact("DockDoorChanged", { dockId: "dock-1", door: "jammed", padClear: true, occupied: true });
    expect(made.card()).toMatchObject({ phase: "aborted", note: expect.stringContaining("jammed") });
    made.bridge.run(6);
    expect(made.card()).toMatchObject({ phase: "proposed", choice: { callSign: "KESTREL" } });
  });

  it.each([
    ["openDock", "dock door blocked"],
    ["uploadPlan", "mission refused"],
    ["arm", "Arming denied: resolve system health failures first"],
  ])("a refused %s aborts with the aircraft's own words", (verb, reason) => {
    const made = upTo(verb, reason);
    expect(made.card()).toMatchObject({ phase: "aborted", note: expect.stringContaining(reason) });
    expect(made.ordersOf("startMission")).toEqual([]);
    if (verb !== "openDock") expect(made.ordersOf("closeDock")).toHaveLength(1);
  });

  it("a plan that reads back differently is not flown", () => {
    const made = upTo("uploadPlan");
    const { orderId, uid, launchId } = made.ordersOf("uploadPlan")[0] ?? { orderId: "", uid: "", launchId: "" };
    made.bridge.fact("PlanReadBack", { orderId, uid, launchId, planId: "another", items: 3, fenceHash: "h" });
    expect(made.card().phase).toBe("aborted");
    expect(made.ordersOf("arm")).toEqual([]);
  });

  it("an arm order without an answer is told to the pilot and never sent again; no dock shuts over it", () => {
    const made = upTo("arm");
    const { orderId, uid, launchId } = made.ordersOf("arm")[0] ?? { orderId: "", uid: "", launchId: "" };
    made.bridge.fact("OrderUnconfirmed", {
      orderId,
      uid,
      launchId,
      verb: "arm",
      text: "No answer in 1.5 s. OSPREY may have armed.",
    });
    expect(made.card()).toMatchObject({ phase: "arming", unconfirmed: expect.stringContaining("may have armed") });
    made.bridge.run(16);
    expect(made.launch.cardViews()[0]?.phase).toBe("aborted");
    expect(made.ordersOf("arm")).toHaveLength(1);
    expect(made.ordersOf("closeDock")).toEqual([]);
    expect(made.facts.findLast((fact) => fact.type === "LaunchAborted")?.data).toMatchObject({ safe: false });
    made.bridge.fact("Armed", { uid });
    expect(made.ordersOf("startMission")).toEqual([]);
    made.bridge.fact("Disarmed", { uid });
    made.bridge.run(1);
    expect(made.ordersOf("closeDock")).toHaveLength(1);
  });

  it("progress comes from what the aircraft shows, not from an answer", () => {
    const made = upTo("arm");
    const { orderId, uid, launchId } = made.ordersOf("arm")[0] ?? { orderId: "", uid: "", launchId: "" };
    made.bridge.fact("OrderAcknowledged", {
      orderId,
      uid,
      ...(launchId === undefined ? {} : { launchId }),
      verb: "arm",
    });
    made.bridge.fact("OrderDone", {
      orderId,
      uid,
      ...(launchId === undefined ? {} : { launchId }),
      verb: "arm",
      text: "done",
    });
    expect(made.ordersOf("startMission")).toEqual([]);
    made.bridge.fact("Armed", { uid });
    made.bridge.run(0.4);
    expect(made.ordersOf("startMission"), "PX4 still judges its plan").toEqual([]);
    made.bridge.run(0.8);
    expect(made.ordersOf("startMission")).toHaveLength(1);
  });

  it("an order for one aircraft is not moved on by another one's facts", () => {
    const made = upTo("arm");
    made.bridge.fact("Armed", { uid: uids[1] });
    made.bridge.fact("Airborne", { uid: uids[1], altAmslM: 10 });
    expect(made.card().phase).toBe("arming");
  });

  it.each([
    ["openDock", 41, "openingDock"],
    ["uploadPlan", 31, "uploading"],
    ["startMission", 46, "climbing"],
  ])("%s that never happens ends the launch", (verb, seconds, phase) => {
    const made = upTo(verb);
    expect(made.card().phase).toBe(phase);
    made.bridge.run(seconds);
    expect(made.launch.cardViews()[0]?.phase).toBe("aborted");
  });

  it("a gate that blocks before arming ends it at the next step", () => {
    const made = upTo("openDock");
    made.bridge.fact("ForeignStationHeard", { uid: osprey, sysid: 77, endpoint: "x" });
    made.bridge.run(1);
    expect(made.launch.cardViews()[0]).toMatchObject({
      phase: "aborted",
      note: expect.stringContaining("Another ground station"),
    });
    expect(made.ordersOf("arm")).toEqual([]);
  });

  it("an approval lapses before a slow dock has opened", () => {
    const config = (base: Config): Config => ({ ...base, launch: { ...base.launch, approvalValidS: 5 } });
    const made = bench({ config });
    made.bridge.silent.add("openDock");
    made.alert("i1");
    made.approveAndStart();
    made.bridge.run(7);
    expect(made.launch.cardViews()[0]).toMatchObject({ phase: "aborted", note: expect.stringContaining("lapsed") });
  });

  it("a restart of the station before arming asks the pilot again; after arming it goes on with what is seen", () => {
    const restart = (verb: string): Bench => {
      const first = upTo(verb);
      const again = new Bench({ replay: [...first.facts], clock: first.clock }, [fleetRoom, launchRoom]);
      again.bridge.seq = first.bridge.seq;
      again.pilots.push(...first.pilots);
      return again;
    };
    expect(restart("uploadPlan").card()).toMatchObject({
      phase: "aborted",
      note: expect.stringContaining("restarted"),
    });
    const armed = restart("arm");
    expect(armed.card().phase).toBe("arming");
    armed.bridge.connect(false);
    armed.bridge.fact("Armed", { uid: osprey });
    armed.bridge.run(1);
    expect(armed.ordersOf("arm")).toEqual([]);
    expect(armed.ordersOf("startMission")).toHaveLength(1);
  });

  it("nothing is sent when the record cannot be written", () => {
    const made = bench();
    made.alert("i1");
    made.failStore = true;
    expect(made.approve().status).toBe(503);
    made.bridge.run(2);
    expect(launched(made)).toEqual([]);
  });
});

describe("in the air", () => {
  const flying = (): Bench => {
    const made = bench();
    made.alert("i1");
    made.approveAndStart();
    const aircraft = made.bridge.aircraft.get(osprey);
    const dock = made.bridge.docks.get("dock-1");
    if (aircraft === undefined || dock === undefined) throw new Error("no aircraft");
    aircraft.altAmslM = GROUND_M + 60;
    dock.occupied = false;
    made.bridge.fact("DockDoorChanged", { dockId: "dock-1", door: "open", padClear: true, occupied: false });
    made.bridge.run(1);
    expect(made.card().phase).toBe("enRoute");
    return made;
  };

  it("comes home when its energy says it must", () => {
    const made = flying();
    const aircraft = made.bridge.aircraft.get(osprey);
    if (aircraft !== undefined) aircraft.batteryPct = 22;
    made.bridge.run(3);
    expect(made.card()).toMatchObject({ phase: "returning", note: expect.stringContaining("energy") });
    expect(made.ordersOf("return")).toHaveLength(1);
  });

  it("comes home when the incident is closed", () => {
    const made = flying();
    made.commit(newFact("IncidentClosed", { incidentId: "i1", real: "real", reason: "done" }, person()));
    expect(made.card().phase).toBe("returning");
  });

  it("chooses another dock before it needs one, and lands there", () => {
    const made = flying();
    const own = made.bridge.docks.get("dock-1");
    const other = made.bridge.docks.get("dock-2");
    if (own === undefined || other === undefined) throw new Error("no dock");
    own.door = "jammed";
    other.occupied = false;
    made.bridge.tick();
    made.bridge.run(1);
    expect(made.types()).toContain("AlternateChosen");
    made.act("abortLaunch", { launchId: made.card().launchId }, { reason: "home" });
    expect(made.ordersOf("openDock").at(-1)?.act).toMatchObject({ dockId: "dock-2" });
    expect(made.ordersOf("goto")).toHaveLength(1);
    const aircraft = made.bridge.aircraft.get(osprey);
    if (aircraft !== undefined) aircraft.point = at(0, 1);
    made.bridge.run(1);
    expect(made.ordersOf("land")).toHaveLength(1);
    made.bridge.land(osprey, "dock-2");
    made.bridge.run(1);
    expect(made.facts.find((fact) => fact.type === "Docked")?.data).toMatchObject({ dockId: "dock-2" });
  });

  it("lands on the other dock too when it was the pilot who sent it home, once or twice", () => {
    for (const presses of [1, 2]) {
      const made = flying();
      const own = made.bridge.docks.get("dock-1");
      const other = made.bridge.docks.get("dock-2");
      if (own === undefined || other === undefined) throw new Error("no dock");
      own.door = "jammed";
      other.occupied = false;
      made.bridge.tick();
      made.bridge.run(1);
      for (let i = 0; i < presses; i++) {
        made.fleet.orders.issue({ uid: osprey, act: { verb: "return" }, by: person() });
        made.bridge.run(1);
      }
      expect(made.ordersOf("goto")).toHaveLength(presses);
      const aircraft = made.bridge.aircraft.get(osprey);
      if (aircraft !== undefined) aircraft.point = at(0, 1);
      made.bridge.run(3);
      expect(made.ordersOf("land")).toHaveLength(1);
    }
  });

  it("never chooses the dock that another aircraft in the air comes home to", () => {
    const made = flying();
    made.alert("i2");
    made.approveAndStart();
    const second = made.card().choice;
    const aircraft = made.bridge.aircraft.get(second.uid);
    const [own, away] = [made.bridge.docks.get("dock-1"), made.bridge.docks.get(second.dockId)];
    if (aircraft === undefined || own === undefined || away === undefined) throw new Error("no second aircraft");
    aircraft.altAmslM = GROUND_M + 90;
    away.occupied = false;
    made.bridge.fact("DockDoorChanged", { dockId: second.dockId, door: "open", padClear: true, occupied: false });
    made.bridge.run(1);
    expect(made.card()).toMatchObject({ phase: "enRoute", choice: { uid: second.uid } });
    own.door = "jammed";
    made.bridge.tick();
    made.bridge.run(2);
    expect(made.types()).not.toContain("AlternateChosen");
    const third = [...made.bridge.docks].find(([dockId]) => dockId !== "dock-1" && dockId !== second.dockId);
    if (third === undefined) throw new Error("no third dock");
    third[1].occupied = false;
    made.bridge.tick();
    made.bridge.run(2);
    const chosen = made.facts.filter((fact) => fact.type === "AlternateChosen").map((fact) => fact.data);
    expect(chosen).toMatchObject([{ uid: osprey, dockId: third[0] }]);
  });

  it("keeps its own dock where that feels it before it says that it landed, and not for another in its place", () => {
    const made = flying();
    const [own, other] = [made.bridge.docks.get("dock-1"), made.bridge.docks.get("dock-2")];
    const aircraft = made.bridge.aircraft.get(osprey);
    if (own === undefined || other === undefined || aircraft === undefined) throw new Error("no dock");
    made.act("abortLaunch", { launchId: made.card().launchId }, { reason: "home" });
    other.occupied = false;
    aircraft.point = at(-1500, 0);
    aircraft.altAmslM = GROUND_M + 1;
    own.occupied = true;
    made.bridge.tick();
    made.bridge.run(2);
    expect(made.types()).not.toContain("AlternateChosen");
    aircraft.altAmslM = GROUND_M + 40;
    made.bridge.tick();
    made.bridge.run(2);
    expect(made.types()).toContain("AlternateChosen");
  });

  it("is brought home by its own failsafe, as a fact", () => {
    const made = flying();
    made.bridge.fact("ModeChanged", { uid: osprey, mode: "return", by: "failsafe" });
    made.bridge.run(3);
    expect(made.card()).toMatchObject({ phase: "returning", note: expect.stringContaining("failsafe") });
    expect(made.ordersOf("return")).toHaveLength(0);
  });

  it("is closed by the pilot's words and withheld with a reason and a date", () => {
    const made = flying();
    const { launchId } = made.card();
    expect(made.act("closeFlight", { launchId }, { purpose: "x", category: "y" }).status).toBe(409);
    made.bridge.land(osprey, "dock-1");
    const withhold = { reason: "open investigation", days: 30 };
    expect(made.act("closeFlight", { launchId }, { purpose: "Search", category: "search", withhold }).status).toBe(200);
    expect(made.types()).toContain("FlightWithheld");
    expect(made.facts.find((fact) => fact.type === "FlightClosed")?.data).toMatchObject({
      purpose: "Search",
      uid: osprey,
    });
  });

  it("is sent home again when it takes off once more after landing", () => {
    const made = flying();
    made.act("abortLaunch", { launchId: made.card().launchId }, { reason: "home" });
    made.bridge.run(1);
    const before = made.ordersOf("return").length;
    made.bridge.fact("Landed", { uid: osprey, latDeg: 39.74, lonDeg: -104.99 });
    made.bridge.fact("Airborne", { uid: osprey, altAmslM: GROUND_M + 5 });
    made.bridge.run(1);
    expect(made.card().phase).toBe("returning");
    expect(made.ordersOf("return")).toHaveLength(before + 1);
  });

  it("an aborted launch that flies all the same is sent home", () => {
    const made = bench();
    made.bridge.silent.add("arm");
    made.alert("i1");
    made.approveAndStart();
    made.bridge.run(16);
    expect(made.launch.cardViews()[0]?.phase).toBe("aborted");
    made.bridge.fact("Airborne", { uid: osprey, altAmslM: GROUND_M + 5 });
    expect(made.launch.cardViews()[0]?.phase).toBe("returning");
    expect(made.ordersOf("return")).toHaveLength(1);
  });
});

describe("when nothing can go", () => {
  it("says what to do, and proposes as soon as a pilot signs on", () => {
    const made = new Bench({}, [fleetRoom, launchRoom]);
    made.bridge.connect();
    made.alert("i1");
    const fact = made.facts.find((one) => one.type === "LaunchNotPossible");
    expect(fact?.data).toMatchObject({ reasons: [{ code: "no-pilot", doThis: expect.stringContaining("watch") }] });
    made.bridge.run(20);
    expect(made.types().filter((type) => type === "LaunchNotPossible")).toHaveLength(1);
    made.signOn();
    expect(made.card().phase).toBe("proposed");
  });

  it("names each aircraft's reason, and proposes when one comes free", () => {
    const made = bench();
    for (const dock of made.bridge.docks.values()) dock.padClear = false;
    made.bridge.tick();
    made.alert("i1");
    const fact = made.facts.find((one) => one.type === "LaunchNotPossible");
    expect(JSON.stringify(fact?.data)).toMatch(/OSPREY.*Something lies on the pad/);
    const dock = made.bridge.docks.get("dock-3");
    if (dock !== undefined) dock.padClear = true;
    made.bridge.run(6);
    expect(made.card().choice.callSign).toBe("HERON");
  });

  it("gives two calls two aircraft, and one of them up where that helps both", () => {
    const made = bench();
    made.alert("i1", {
      place: { point: at(-700, 0), error: { semiMajorM: 5, semiMinorM: 5, bearingDeg: 0 }, label: "between" },
    });
    made.alert("i2", {
      place: { point: at(-1600, 100), error: { semiMajorM: 5, semiMinorM: 5, bearingDeg: 0 }, label: "west" },
    });
    const cards = made.launch.cardViews().map((card) => [card.incidentId, card.choice.callSign]);
    expect(cards).toContainEqual(["i2", "OSPREY"]);
    expect(cards).toContainEqual(["i1", "KESTREL"]);
  });
});
