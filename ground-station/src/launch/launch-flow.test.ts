import { type Config, newFact } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { fleetRoom } from "../fleet/index.js";
import { launchRoom } from "./launch-room.js";
import { alertForTests, Bench, type BenchOptions, pilotSession } from "./testing/bench.js";
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

  it("of a source that floods takes half of the aircraft at most, and a call of somebody else gets one", () => {
    const made = bench();
    const place = (eastM: number) => ({
      place: { point: at(eastM, 400), error: { semiMajorM: 9, semiMinorM: 9, bearingDeg: 0 }, label: "x" },
    });
    made.commit(
      newFact("SourceFlooding", { sourceId: "shots", perMinute: 60 }, { kind: "system", part: "ground-station" }),
    );
    for (const [n, eastM] of [-900, -300, 300].entries()) made.alert(`f${n}`, { ...shots, ...place(eastM) });
    const cards = () => made.launch.cardViews().filter((one) => one.phase === "proposed").length;
    expect(cards()).toBe(1);
    expect(made.facts.filter((fact) => fact.type === "LaunchNotPossible").at(-1)?.data).toMatchObject({
      reasons: [{ code: "source-share" }],
    });
    made.alert("call", { sourceId: "cad", ...place(600) });
    expect(cards()).toBe(2);
  });

  it("goes to a pilot who is at the screen, and on to one who is when he leaves it", () => {
    const made = bench();
    made.signOn("p2", "Pilot Two");
    made.presenceAgeMs.set("p1", 61_000);
    made.alert("i1");
    expect(made.card()).toMatchObject({ picName: "Pilot Two", version: 1 });
    made.presenceAgeMs.set("p1", 0).set("p2", 61_000);
    made.bridge.run(2);
    expect(made.card()).toMatchObject({ picName: "Pilot One", version: 2, phase: "proposed" });
    made.presenceAgeMs.set("p1", 61_000);
    made.bridge.run(20);
    expect(made.card()).toMatchObject({ picName: "Pilot One", version: 2 });
  });

  it("takes a countdown to the word of a pilot who is there, when the one it was for leaves the screen", () => {
    const made = bench();
    made.signOn("p2", "Pilot Two");
    made.alert("i1", shots);
    expect(made.card()).toMatchObject({ picName: "Pilot One", policy: { kind: "veto" } });
    made.presenceAgeMs.set("p1", 61_000);
    made.bridge.run(9);
    expect(made.card()).toMatchObject({ picName: "Pilot Two", policy: { kind: "approve" }, phase: "proposed" });
    expect(launched(made)).toEqual([]);
  });

  it("counts the pilot who decides as there, whatever his page has told", () => {
    const made = bench();
    made.alert("i1");
    made.presenceAgeMs.set("p1", 300_000);
    expect(made.approve().status).toBe(200);
    made.bridge.run(3);
    expect(launched(made).map((order) => order.act.verb)).toContain("openDock");
    expect(made.card().phase).not.toBe("aborted");
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

describe("a new simulated run", () => {
  it("ends flights and calls of the old one, and goes on although its time is earlier", () => {
    const made = bench();
    made.alert("i1");
    made.approve();
    expect(made.card().phase).toBe("climbing");
    made.commit(newFact("RunStarted", { runId: "r2", scenario: "x", seed: 1 }, { kind: "system", part: "sim" }));
    expect(made.card()).toMatchObject({ phase: "aborted", note: "A new run began." });
    for (const one of made.bridge.aircraft.values()) Object.assign(one, { armed: false, inAir: false });
    for (const dock of made.bridge.docks.values()) dock.door = "closed";
    made.bridge.tick();
    made.alert("i2");
    expect(made.card()).toMatchObject({ incidentId: "i2", phase: "proposed", choice: { callSign: "OSPREY" } });
  });
});
