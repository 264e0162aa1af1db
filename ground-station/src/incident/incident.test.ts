import { type Alert, type Fact, type NewFact, newFact } from "@outrider/contract";
import { geoDistanceM } from "@outrider/geo";
import { describe, expect, it } from "vitest";
import { at } from "../app/testing/test-config.js";
import { decideAlert, decideCancel, nextNumber, realOf100 } from "./decide-alert.js";
import { incidentRoom } from "./incident-room.js";
import type { IncidentState } from "./incident-state.js";
import { incidentView, sentenceOf } from "./incident-view.js";
import { clockStatistics } from "./statistics.js";
import { createSpeech } from "./words/index.js";

const nowMs = Date.UTC(2026, 5, 1, 12);
const by = { kind: "source", sourceId: "shots" } as const;
const system = { kind: "system", part: "ground-station" } as const;
const speech = createSpeech({ callSigns: new Map([["aa01", "OSPREY"]]), dockNames: new Map() }, "us");

const alert = (id: string, over: Partial<Alert> = {}, eastM = 0, radiusM = 25): Alert => ({
  alertId: `a_${id}`,
  kind: "gunshot",
  sourceId: "shots",
  sourceIncidentId: id,
  revision: 1,
  signed: true,
  callType: "SHOOT",
  title: "Possible gunfire",
  narrative: "",
  urgency: 9,
  place: {
    point: at(eastM, 0),
    error: { semiMajorM: radiusM, semiMinorM: radiusM, bearingDeg: 0 },
    label: "1 Example St",
  },
  occurredAtMs: nowMs,
  receivedAtMs: nowMs + 2_000,
  vehicles: [],
  ...over,
});

/** Given these facts, the state; then decide, then look at what came of it. */
class Story {
  readonly state: IncidentState = incidentRoom.initial();
  #seq = 0;
  #id = 0;

  given(news: readonly NewFact[], tMs = nowMs): this {
    for (const one of news) {
      this.#seq += 1;
      const fact: Fact = { ...one, seq: this.#seq, id: `f_${this.#seq}`, tMs, prov: "sim" };
      incidentRoom.evolve(this.state, fact);
    }
    return this;
  }

  receive(one: Alert) {
    this.#id += 1;
    const decision = decideAlert(
      {
        alert: one,
        by,
        incidentId: `i_${this.#id}`,
        nowMs,
        limits: { mergeWithinM: 150, mergeWithinS: 120 },
        distanceM: geoDistanceM,
      },
      this.state,
    );
    if (decision.kind === "new") this.given(decision.facts);
    return decision;
  }
}

const types = (decision: { kind: string; facts?: readonly NewFact[] }): string[] =>
  (decision.facts ?? []).map((fact) => fact.type);

describe("an alert", () => {
  it("opens an incident with the next number of its year", () => {
    const story = new Story();
    expect(types(story.receive(alert("1")))).toEqual(["AlertReceived", "IncidentOpened"]);
    expect(story.state.byId.get("i_1")?.number).toBe("26-00001");
    expect(nextNumber(story.state, nowMs)).toBe("26-00002");
    expect(nextNumber(story.state, Date.UTC(2027, 0, 1))).toBe("27-00001");
  });

  it.each([
    [149, 119, "AlertMerged"],
    [151, 119, "IncidentOpened"],
    [149, 121, "IncidentOpened"],
  ])("%i m and %i s from an open incident leads to %s", (eastM, gapS, type) => {
    const story = new Story();
    story.receive(alert("1"));
    expect(types(story.receive(alert("2", { occurredAtMs: nowMs + gapS * 1000 }, eastM)))).toContain(type);
  });

  it("does not merge into what is closed or was taken back", () => {
    const story = new Story();
    story.receive(alert("1"));
    const cancel = decideCancel({ sourceId: "shots", sourceIncidentId: "1", reason: "fireworks", by }, story.state);
    if (cancel.kind === "cancelled") story.given(cancel.facts);
    expect(types(story.receive(alert("2")))).toContain("IncidentOpened");
    story.given([newFact("IncidentClosed", { incidentId: "i_2", real: "real", reason: "done" }, system)]);
    expect(types(story.receive(alert("3")))).toContain("IncidentOpened");
  });

  it("that merges makes the better place the incident's and keeps both", () => {
    const story = new Story();
    story.receive(alert("1", {}, 0, 50));
    story.receive(alert("2", {}, 40, 10));
    const incident = story.state.byId.get("i_1");
    expect(incident?.place.error.semiMajorM).toBe(10);
    expect(incident?.alerts).toHaveLength(2);
  });

  it("tells how often its source was right only from ten closed incidents on", () => {
    const story = new Story();
    for (let n = 0; n < 10; n++) {
      expect(realOf100(story.state, "shots")).toBeUndefined();
      story.receive(alert(`${n}`, {}, n * 500));
      story.given([
        newFact("IncidentClosed", { incidentId: `i_${n + 1}`, real: n < 3 ? "real" : "not-real", reason: "x" }, system),
      ]);
    }
    expect(realOf100(story.state, "shots")).toBe(30);
    const decision = story.receive(alert("next", {}, 9_000));
    expect(decision.kind === "new" && decision.facts[0]).toMatchObject({ data: { alert: { realOf100: 30 } } });
  });
});

const base = { launchId: "l_1", incidentId: "i_1" };
const airborne = newFact("Airborne", { uid: "aa01", launchId: "l_1", altAmslM: 1650 }, system);
const onTarget = newFact("CameraOnTarget", { ...base, uid: "aa01", slantM: 90 }, system);
const approval = { version: 1, uid: "aa01", approvalId: "ap", validUntilMs: nowMs + 1 };
const approved = newFact("LaunchApproved", { ...base, ...approval }, system);
/** Of a proposal the incident keeps who was chosen for which launch. */
const proposed = (launchId: string): NewFact =>
  ({ type: "LaunchProposed", data: { ...base, launchId, choice: { uid: "aa01" } }, by: system }) as unknown as NewFact;
const declined = newFact(
  "LaunchDeclined",
  { ...base, version: 1, reason: "no need" },
  { kind: "person", personId: "p", name: "Pilot", role: "pic" },
);

describe("the incident clock", () => {
  it("counts calls that no camera reached as never, so that a bad month looks bad", () => {
    const story = new Story();
    for (let n = 1; n <= 4; n++) {
      story.receive(alert(`${n}`, {}, n * 500));
      const ids = { launchId: `l_${n}`, incidentId: `i_${n}` };
      story.given([
        newFact(
          "LaunchNotPossible",
          { incidentId: ids.incidentId, reasons: [{ code: "x", text: "No aircraft.", doThis: "" }] },
          system,
        ),
      ]);
      if (n <= 2)
        story.given([newFact("CameraOnTarget", { ...ids, uid: "aa01", slantM: 5 }, system)], nowMs + n * 30_000);
    }
    expect(clockStatistics(story.state.byId.values())).toEqual({ count: 4, medianS: 58, p90S: undefined });
  });
});

describe("what is told of an incident", () => {
  it("is one sentence for the radio that never says more than is known", () => {
    const story = new Story();
    story.receive(alert("1"));
    const incident = story.state.byId.get("i_1");
    if (incident === undefined) throw new Error("no incident");
    expect(sentenceOf(incident, nowMs + 52_000, speech)).toBe("Possible gunfire, 1 Example St, 52 s ago, unconfirmed.");
    const ended: NewFact[] = [
      declined,
      newFact("LaunchExpired", { ...base, version: 1 }, system),
      newFact("LaunchRefused", { ...base, version: 1, reasons: [{ code: "x", text: "No.", doThis: "" }] }, system),
      newFact("LaunchAborted", { ...base, uid: "aa01", reason: "jammed", safe: true }, system),
    ];
    for (const one of ended) {
      story.given([proposed("l_1"), one]);
      const after = story.state.byId.get("i_1");
      if (after === undefined) throw new Error("no incident");
      expect(sentenceOf(after, nowMs, speech), one.type).toMatch(/No aircraft is on the way\.$/);
    }
  });

  it("takes back what is no longer true: a camera turned away, an aircraft gone home or not heard", () => {
    const story = new Story();
    story.receive(alert("1"));
    const told = (...news: NewFact[]): string => {
      story.given(news);
      const incident = story.state.byId.get("i_1");
      if (incident === undefined) throw new Error("no incident");
      return sentenceOf(incident, nowMs + 106_000, speech).split("2 min ago, unconfirmed. ")[1] ?? "";
    };
    const uid = "aa01";
    const order = (act: { verb: "hold" } | { verb: "levelCamera" }): NewFact =>
      newFact("OrderIssued", { orderId: "o", uid, launchId: "l_1", act }, system);
    expect(told(proposed("l_1"))).toBe("OSPREY is proposed.");
    expect(told(approved)).toBe("OSPREY gets ready.");
    expect(told(airborne)).toBe("OSPREY is on the way.");
    expect(told(newFact("OnScene", { ...base, uid, distanceM: 3 }, system))).toBe("OSPREY is overhead.");
    expect(told(onTarget)).toBe("OSPREY has its camera on it.");
    expect(told(order({ verb: "hold" })), "a circle that stops looks on").toBe("OSPREY has its camera on it.");
    expect(told(newFact("LinkLost", { uid, ageS: 4 }, system))).toBe("No contact with OSPREY.");
    expect(told(newFact("LinkBack", { uid, lostS: 4 }, system))).toBe("OSPREY has its camera on it.");
    expect(told(order({ verb: "levelCamera" }))).toBe("OSPREY is overhead.");
    expect(told(newFact("Returning", { ...base, uid, why: "energy", dockId: "d" }, system))).toBe(
      "OSPREY is not there any more.",
    );
    expect(told(newFact("BridgeLost", { bridgeId: "b" }, system))).toBe("No contact with OSPREY.");
    expect(told(newFact("BridgeBack", { bridgeId: "b" }, system))).toBe("OSPREY is not there any more.");
    expect(told(order({ verb: "hold" }))).toBe("OSPREY is in the air.");
    expect(told(newFact("Docked", { ...base, uid, dockId: "d" }, system))).toBe("No aircraft is there now.");
    expect(told(proposed("l_2"))).toBe("OSPREY is proposed.");
  });

  it("has a line for each thing a person would tell, with who did it", () => {
    const story = new Story();
    story.receive(alert("1"));
    story.given([
      declined,
      airborne,
      onTarget,
      newFact("IncidentNoteAdded", { incidentId: "i_1", text: "Two casings" }, declined.by),
    ]);
    const incident = story.state.byId.get("i_1");
    if (incident === undefined) throw new Error("no incident");
    const { timeline } = incidentView(incident, nowMs, speech);
    expect(timeline.map((line) => [line.kind, line.title])).toEqual([
      ["measured", "Possible gunfire heard: Possible gunfire"],
      ["computed", "Incident 26-00001 opened"],
      ["person", "Pilot declined the launch"],
      ["measured", "OSPREY camera on target"],
      ["person", "Note by Pilot"],
    ]);
    expect(timeline[0]?.detail).toContain("within 80 ft of 1 Example St");
  });
});
