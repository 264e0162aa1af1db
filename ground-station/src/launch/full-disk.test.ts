import { newFact } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { fleetRoom } from "../fleet/index.js";
import { launchRoom } from "./launch-room.js";
import { Bench } from "./testing/bench.js";
import { uids } from "./testing/config-for-tests.js";

const [osprey] = uids;
const shots = { kind: "gunshot", callType: "SHOOT", sourceId: "shots", signed: true } as const;

function bench(): Bench {
  const made = new Bench({}, [fleetRoom, launchRoom]);
  made.bridge.connect();
  made.signOn();
  return made;
}
const armed = (made: Bench) => made.ordersOf("arm");
const launched = (made: Bench) =>
  made.bridge.orders.filter((order) => ["openDock", "uploadPlan", "arm", "startMission"].includes(order.act.verb));

describe("given a full disk", () => {
  it.each([0, 100, 400, 900])(
    "an approval that was answered with 503 launches nothing when room is back after %i ms",
    (afterMs) => {
      const made = bench();
      made.alert("i1");
      const first = made.card();
      made.failStore = true;
      expect(made.approve().status).toBe(503);
      made.clock.advance(afterMs);
      made.diskBack();
      made.bridge.run(60);
      expect(launched(made)).toEqual([]);
      const said = made.facts.find((fact) => fact.type === "LaunchAborted");
      expect(said?.data).toMatchObject({ launchId: first.launchId, reason: expect.stringContaining("does not count") });
    },
  );

  it("the pilot is asked anew as soon as there is room, and that approval counts", () => {
    const made = bench();
    made.alert("i1");
    const first = made.card();
    made.failStore = true;
    made.approve();
    made.diskBack();
    expect(made.card()).toMatchObject({ phase: "proposed", choice: { uid: osprey } });
    expect(made.card().launchId).not.toBe(first.launchId);
    expect(made.approve().status).toBe(200);
    expect(armed(made)).toHaveLength(1);
  });

  it("an approval while the record is known to refuse facts changes nothing at all", () => {
    const made = bench();
    made.alert("i1");
    made.failStore = true;
    made.commit(newFact("IncidentNoteAdded", { incidentId: "i1", text: "x" }, { kind: "system", part: "sim" }));
    expect(made.approve().status).toBe(503);
    expect(made.card().phase).toBe("proposed");
    made.diskBack();
    expect(made.types()).not.toContain("LaunchApproved");
    expect(made.approve().status).toBe(200);
    expect(armed(made)).toHaveLength(1);
  });

  it("an order that was not sent is refused with the reason, and never sent when the disk takes it after all", () => {
    const made = bench();
    made.failStore = true;
    const by = { kind: "system", part: "ground-station" } as const;
    const orderId = made.fleet.orders.issue({ uid: osprey, act: { verb: "levelCamera" }, by });
    const home = made.fleet.orders.issue({ uid: osprey, act: { verb: "return" }, by });
    made.diskBack();
    made.bridge.run(5);
    expect(made.ordersOf("levelCamera")).toEqual([]);
    expect(made.facts.filter((fact) => fact.type === "OrderRefused").map((fact) => fact.data)).toEqual([
      expect.objectContaining({ orderId, reason: expect.stringContaining("not sent") }),
    ]);
    expect(made.ordersOf("return").map((order) => order.orderId)).toEqual([home]);
  });

  it("a countdown that nobody could stop meanwhile falls to the pilot", () => {
    const made = bench();
    made.alert("i1", shots);
    expect(made.card().policy.kind).toBe("veto");
    made.failStore = true;
    const { launchId, version } = made.card();
    expect(made.act("declineLaunch", { launchId }, { version, reason: "no" }).status).toBe(503);
    made.diskBack();
    made.bridge.run(5);
    expect(made.card()).toMatchObject({ phase: "proposed", policy: { kind: "approve" } });
    made.bridge.run(40);
    expect(launched(made)).toEqual([]);
  });

  it("a countdown that ends meanwhile launches nothing, whenever room is back", () => {
    for (const seconds of [1, 5, 20, 60]) {
      const made = bench();
      made.alert("i1", shots);
      made.failStore = true;
      made.commit(newFact("IncidentNoteAdded", { incidentId: "i1", text: "x" }, { kind: "system", part: "sim" }));
      made.clock.advance(seconds * 1000);
      made.diskBack();
      made.bridge.run(40);
      expect(launched(made)).toEqual([]);
    }
  });

  it("a pilot's abort stands although it is not on record yet", () => {
    const made = bench();
    made.bridge.silent.add("uploadPlan");
    made.alert("i1");
    made.approve();
    made.failStore = true;
    const { launchId } = made.card();
    expect(made.act("abortLaunch", { launchId }, { reason: "no" }).detail).toMatch(/it is done/);
    made.diskBack();
    made.bridge.run(20);
    expect(armed(made)).toEqual([]);
  });
});
