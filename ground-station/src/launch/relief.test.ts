import { newFact } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { GROUND_M } from "../app/testing/flat-world.js";
import { fleetRoom } from "../fleet/index.js";
import { launchRoom } from "./launch-room.js";
import { Bench, person } from "./testing/bench.js";
import { at, uids } from "./testing/config-for-tests.js";

const [osprey] = uids;

/** OSPREY circles over the scene of i1. */
function onScene(): Bench {
  const made = new Bench({}, [fleetRoom, launchRoom]);
  made.bridge.connect();
  made.signOn();
  made.alert("i1");
  made.approve();
  fliesTo(made, osprey, "dock-1", GROUND_M + 60);
  expect(made.card().phase).toBe("onScene");
  return made;
}

function fliesTo(made: Bench, uid: string, dockId: string, altAmslM: number): void {
  const aircraft = made.bridge.aircraft.get(uid);
  const dock = made.bridge.docks.get(dockId);
  if (aircraft === undefined || dock === undefined) throw new Error("no aircraft");
  Object.assign(aircraft, { altAmslM, point: at(-900, 240) });
  dock.occupied = false;
  made.bridge.fact("DockDoorChanged", { dockId, door: "open", padClear: true, occupied: false });
  made.bridge.run(2);
}

function ask(made: Bench, accepted: boolean): void {
  const asked = { kind: "aircraft", reason: "it will take long" } as const;
  made.commit(newFact("AskMade", { incidentId: "i1", askId: "k1", ask: asked }, person("r1", "Operator")));
  made.commit(newFact("AskAnswered", { incidentId: "i1", askId: "k1", accepted, word: "" }, person()));
}

describe("a relief", () => {
  it("is proposed when the pilot says yes to another aircraft, above the one that is there, and never by itself", () => {
    const made = onScene();
    const first = made.card();
    ask(made, true);
    const relief = made.card();
    expect(relief).toMatchObject({ phase: "proposed", policy: { kind: "approve" }, incidentId: "i1" });
    expect(relief.ruleText).toContain("OSPREY stays until");
    expect(relief.choice.uid).not.toBe(osprey);
    expect(relief.plan.scene.altAmslM).toBeGreaterThanOrEqual(first.plan.scene.altAmslM + 15);
    expect(relief.plan.scene.altAmslM).toBeGreaterThanOrEqual(first.plan.returnAltAmslM + 15);
    expect(made.facts.at(-1)?.data).toMatchObject({ reliefFor: first.launchId });
  });

  it("is not proposed when the pilot says no, nor twice for two answers", () => {
    const made = onScene();
    ask(made, false);
    expect(made.types().filter((type) => type === "LaunchProposed")).toHaveLength(1);
    ask(made, true);
    ask(made, true);
    expect(made.types().filter((type) => type === "LaunchProposed")).toHaveLength(2);
  });

  it("lets the first stay until it is on scene itself, and then sends it home", () => {
    const made = onScene();
    ask(made, true);
    made.approve();
    const { choice, plan } = made.card();
    expect(made.card(0).phase).toBe("onScene");
    expect(made.ordersOf("return")).toEqual([]);
    fliesTo(made, choice.uid, choice.dockId, plan.scene.altAmslM);
    expect(made.card().phase).toBe("onScene");
    expect(made.card(0)).toMatchObject({ phase: "returning", note: expect.stringContaining("in its place") });
    expect(made.ordersOf("return").map((order) => order.uid)).toEqual([osprey]);
  });

  it("leaves the first where it is when it is declined, and no third aircraft is offered for the same scene", () => {
    const made = onScene();
    ask(made, true);
    const { launchId, version } = made.card();
    expect(made.act("declineLaunch", { launchId }, { version, reason: "not yet" }).status).toBe(200);
    made.bridge.run(30);
    expect(made.types().filter((type) => type === "LaunchProposed")).toHaveLength(2);
    expect(made.card(0).phase).toBe("onScene");
  });

  it("is called off with its call", () => {
    const made = onScene();
    ask(made, true);
    made.cancel("i1");
    expect(made.card().phase).toBe("refused");
    expect(made.card(0).phase).toBe("onScene");
  });

  it("is proposed by itself before the first must turn, early enough for the pilot and the way", () => {
    const made = onScene();
    const aircraft = made.bridge.aircraft.get(osprey);
    if (aircraft === undefined) throw new Error("no aircraft");
    const turnInS = () => made.fleet.energyOf(osprey)?.turnInS ?? 0;
    let atS: number | undefined;
    for (let step = 0; step < 200 && atS === undefined && turnInS() > 0; step++) {
      aircraft.batteryPct -= 0.4;
      made.bridge.run(5);
      if (made.types().filter((type) => type === "LaunchProposed").length > 1) atS = turnInS();
    }
    const { choice, policy } = made.card();
    expect(made.card().ruleText).toContain("Relief:");
    expect(atS).toBeGreaterThan(choice.etaP90S + ("seconds" in policy ? policy.seconds : 0));
  });
});
