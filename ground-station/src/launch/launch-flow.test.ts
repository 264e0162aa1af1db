import { type Config, newFact } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { fleetRoom } from "../fleet/index.js";
import { launchRoom } from "./launch-room.js";
import { alertForTests, Bench, type BenchOptions, GROUND_M, person, pilotSession } from "./testing/bench.js";
import { at, uids } from "./testing/config-for-tests.js";

const bench = (options: BenchOptions = {}): Bench => {
  const made = new Bench(options, [fleetRoom, launchRoom]);
  made.bridge.connect();
  made.signOn();
  return made;
};
const launching = ["openDock", "uploadPlan", "arm", "startMission"];
const launched = (made: Bench) => made.bridge.orders.filter((order) => launching.includes(order.act.verb));
const shots = { kind: "gunshot", callType: "SHOOT", sourceId: "shots", signed: true } as const;
const [osprey] = uids;

describe("a card", () => {
  it("names the nearest aircraft, why, and the losers", () => {
    const made = bench();
    made.alert("i1");
    const card = made.card();
    expect(card.choice.callSign).toBe("OSPREY");
    expect(card.losers.map((one) => one.callSign).sort()).toEqual(["HERON", "KESTREL"]);
    expect(card.losers.every((one) => (one.laterS ?? 0) > 0)).toBe(true);
    expect(card.choice.etaP90S).toBeGreaterThan(card.choice.etaS);
    expect(made.facts.find((fact) => fact.type === "LaunchProposed")?.prov).toBe("sim");
  });

  it.each([
    ["an older version", { version: 0 }],
    ["another nonce", { nonce: "n_other" }],
    ["another aircraft", { uid: uids[1] }],
  ])("is not approved with %s", (_what, over) => {
    const made = bench();
    made.alert("i1");
    const { launchId, version, nonce, choice } = made.card();
    const answer = made.act("approveLaunch", { launchId }, { version, nonce, uid: choice.uid, ...over });
    expect(answer.status).toBe(409);
    expect(launched(made)).toEqual([]);
  });

  it("is not approved by a pilot who is not on watch, nor a second time, nor after it lapsed", () => {
    const made = bench();
    made.alert("i1");
    expect(made.approve(-1, pilotSession("p9", "Nobody")).detail).toMatch(/watch/);
    made.bridge.silent.add("openDock");
    const { launchId, version, nonce, choice } = made.card();
    const body = { version, nonce, uid: choice.uid };
    expect(made.act("approveLaunch", { launchId }, body).status).toBe(200);
    expect(made.act("approveLaunch", { launchId }, body).detail).toMatch(/already/);
    const late = bench();
    late.alert("i1");
    late.bridge.run(61);
    expect(late.card().phase).toBe("expired");
    expect(late.approve().status).toBe(409);
    expect(launched(late)).toEqual([]);
  });

  it("needs a person's word for an unknown gate, and takes nobody's word for a block", () => {
    const config = (base: Config): Config => ({
      ...base,
      notConfigured: base.notConfigured.filter((one) => one.gate !== "lights"),
    });
    const made = bench({ config });
    made.alert("i1");
    expect(made.approve().detail).toMatch(/nothing here measures/);
    const { launchId, version } = made.card();
    expect(made.act("settleGate", { launchId }, { version, gate: "battery", text: "fine" }).status).toBe(409);
    expect(
      made.act("settleGate", { launchId }, { version, gate: "lights", text: "lit, seen from the roof" }).status,
    ).toBe(200);
    expect(made.card().gates.find((gate) => gate.gate === "lights")?.settledBy).toBe("Pilot One");
    expect(made.approve().status).toBe(200);
    expect(made.ordersOf("arm")).toHaveLength(1);
  });

  it("becomes a new version with another aircraft when the pilot chooses it, or its own cannot go any more", () => {
    const made = bench();
    made.alert("i1");
    const { launchId, version } = made.card();
    expect(made.act("chooseAircraft", { launchId }, { version, uid: uids[2] }).status).toBe(200);
    expect(made.card()).toMatchObject({ version: version + 1, choice: { callSign: "HERON" } });
    const heron = made.bridge.aircraft.get(uids[2]);
    if (heron !== undefined) heron.batteryPct = 20;
    made.bridge.run(2);
    expect(made.card()).toMatchObject({ version: version + 2, choice: { callSign: "OSPREY" } });
  });

  it("is declined with the pilot's words and not offered again by itself, but is when another report comes", () => {
    const made = bench();
    made.alert("i1");
    const { launchId, version } = made.card();
    expect(made.act("declineLaunch", { launchId }, { version, reason: "units are there" }).status).toBe(200);
    made.bridge.run(30);
    expect(made.card()).toMatchObject({ phase: "declined", note: "units are there" });
    made.merge("i1");
    expect(made.card().phase).toBe("proposed");
  });

  it("goes to the least loaded pilot, and any pilot on watch may act on it first", () => {
    const made = bench();
    made.signOn("p2", "Pilot Two");
    made.alert("i1");
    expect(made.card().picName).toBe("Pilot One");
    made.approve(-1, pilotSession("p2", "Pilot Two"));
    expect(made.card().picName).toBe("Pilot Two");
    made.alert("i2", {
      place: alertForTests({
        place: { point: at(300, 400), error: { semiMajorM: 9, semiMinorM: 9, bearingDeg: 0 }, label: "x" },
      }).place,
    });
    expect(made.card().picName).toBe("Pilot One");
  });
});

describe("a cancelled or changed alert", () => {
  it("stops a card, and a launch that is being prepared, and shuts the dock again", () => {
    const made = bench();
    made.alert("i1");
    made.cancel("i1");
    expect(made.card().phase).toBe("refused");
    made.bridge.silent.add("uploadPlan");
    made.alert("i2");
    made.approve();
    expect(made.card().phase).toBe("uploading");
    made.cancel("i2");
    expect(made.card()).toMatchObject({ phase: "aborted", note: expect.stringContaining("cancelled") });
    expect(made.ordersOf("closeDock")).toHaveLength(1);
    expect(made.ordersOf("arm")).toEqual([]);
  });

  it("leaves an aircraft in the air to its pilot", () => {
    const made = bench();
    made.alert("i1");
    made.approve();
    made.cancel("i1");
    made.bridge.run(2);
    expect(made.card().phase).toBe("climbing");
    expect(made.ordersOf("return")).toEqual([]);
  });

  it("voids what was approved when reports merge: new version, nothing arms on the old word", () => {
    const made = bench();
    made.bridge.silent.add("uploadPlan");
    made.alert("i1");
    made.approve();
    const upload = made.ordersOf("uploadPlan")[0];
    const plan = upload?.act.verb === "uploadPlan" ? upload.act.plan : undefined;
    if (upload === undefined || plan === undefined) throw new Error("no upload");
    made.merge("i1");
    expect(made.card()).toMatchObject({ phase: "proposed", version: 2 });
    const ids = { orderId: upload.orderId, uid: upload.uid, launchId: made.card().launchId };
    made.bridge.fact("PlanReadBack", { ...ids, planId: plan.planId, items: 3, fenceHash: "h" });
    made.bridge.run(2);
    expect(made.ordersOf("arm")).toEqual([]);
    made.bridge.silent.clear();
    expect(made.approve().status).toBe(200);
    expect(made.ordersOf("arm")).toHaveLength(1);
  });

  it("that becomes a kind of call which gets no aircraft is not possible any more", () => {
    const made = bench();
    const alert = made.alert("i1");
    made.commit(
      newFact(
        "AlertUpdated",
        { incidentId: "i1", alert: { ...alert, callType: "CANINE" } },
        { kind: "source", sourceId: "calls" },
      ),
    );
    expect(made.card().phase).toBe("refused");
    expect(made.types().at(-1)).toBe("LaunchNotPossible");
  });
});

describe("a veto countdown", () => {
  it("launches by itself for a signed source with the named pilot there", () => {
    const made = bench();
    made.alert("i1", shots);
    expect(made.card().policy.kind).toBe("veto");
    made.bridge.run(9);
    expect(launched(made)).toEqual([]);
    made.bridge.run(2);
    expect(made.types()).toContain("VetoWindowElapsed");
    expect(made.ordersOf("arm")).toHaveLength(1);
    expect(made.card()).toMatchObject({ picName: "Pilot One", phase: "climbing" });
  });

  it("is not offered for a source that does not sign, or an old alert", () => {
    const made = bench();
    made.alert("i1", { ...shots, signed: false });
    expect(made.card()).toMatchObject({
      policy: { kind: "approve" },
      ruleText: expect.stringContaining("does not sign"),
    });
    made.alert("i2", { ...shots, occurredAtMs: made.clock.nowMs() - 121_000 });
    expect(made.card().policy.kind).toBe("approve");
    made.bridge.run(60);
    expect(launched(made)).toEqual([]);
  });

  it("stops when the pilot's presence goes stale, and falls to the pilot", () => {
    const made = bench();
    made.alert("i1", shots);
    made.bridge.run(3);
    made.presenceAgeMs.set("p1", 61_000);
    made.bridge.run(9);
    expect(made.card()).toMatchObject({ version: 2, policy: { kind: "approve" }, phase: "proposed" });
    expect(launched(made)).toEqual([]);
  });

  it("stops when a gate turns unknown", () => {
    const made = bench();
    made.alert("i1", shots);
    made.bridge.fact("PositionDoubted", { uid: osprey, reason: "jump", measured: 30, limit: 5 });
    made.bridge.run(12);
    expect(made.card()).toMatchObject({ policy: { kind: "approve" }, phase: "proposed" });
    expect(launched(made)).toEqual([]);
  });

  it("is never resumed after a restart of the station", () => {
    const first = bench();
    first.alert("i1", shots);
    const again = new Bench({ replay: [...first.facts], clock: first.clock }, [fleetRoom, launchRoom]);
    again.bridge.seq = first.bridge.seq;
    again.pilots.push(...first.pilots);
    again.bridge.connect(false);
    again.bridge.run(15);
    expect(again.card()).toMatchObject({ policy: { kind: "approve" }, phase: "proposed" });
    expect(launched(again)).toEqual([]);
  });
});

describe("what goes wrong on the way to the air", () => {
  const upTo = (verb: string, reason?: string): Bench => {
    const made = bench();
    if (reason === undefined) made.bridge.silent.add(verb);
    else made.bridge.refuse.set(verb, reason);
    made.alert("i1");
    made.approve();
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
    made.approve();
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
    made.approve();
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

  it("is brought home by its own failsafe, as a fact", () => {
    const made = flying();
    made.bridge.fact("ModeChanged", { uid: osprey, mode: "return", by: "failsafe" });
    expect(made.card()).toMatchObject({ phase: "returning", note: expect.stringContaining("failsafe") });
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

  it("an aborted launch that flies all the same is sent home", () => {
    const made = bench();
    made.bridge.silent.add("arm");
    made.alert("i1");
    made.approve();
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
