import { describe, expect, it } from "vitest";
import { GROUND_M } from "../app/testing/flat-world.js";
import { fleetRoom } from "../fleet/index.js";
import { launchRoom } from "./launch-room.js";
import { Bench } from "./testing/bench.js";
import { at } from "./testing/config-for-tests.js";

const ready = (): Bench => {
  const bench = new Bench({}, [fleetRoom, launchRoom]);
  bench.bridge.connect();
  bench.signOn();
  return bench;
};

describe("from an alert to a closed flight", () => {
  it("goes through every phase by what the bridge saw, and ends published", () => {
    const bench = ready();
    bench.alert("i1");
    expect(bench.card().phase).toBe("proposed");
    expect(bench.card().choice.callSign).toBe("OSPREY");
    expect(bench.card().gates.filter((gate) => gate.state === "block" || gate.state === "unknown")).toEqual([]);
    expect(bench.approveAndStart().status).toBe(200);
    const verbs = bench.bridge.orders.map((order) => order.act.verb).filter((verb) => verb !== "refreshParameters");
    expect(verbs).toEqual(["openDock", "uploadPlan", "arm", "startMission", "levelCamera"]);
    expect(bench.card().phase).toBe("climbing");
    const uid = bench.card().choice.uid;
    const osprey = bench.bridge.aircraft.get(uid);
    const dock = bench.bridge.docks.get("dock-1");
    if (osprey === undefined || dock === undefined) throw new Error("no aircraft");
    dock.occupied = false;
    osprey.altAmslM = GROUND_M + 60;
    bench.bridge.run(1);
    expect(bench.card().phase).toBe("enRoute");
    osprey.point = at(-900, 250);
    bench.bridge.run(1.2);
    expect(bench.card().phase).toBe("onScene");
    expect(bench.ordersOf("orbit")).toHaveLength(1);
    expect(bench.ordersOf("pointCamera")).toHaveLength(1);
    osprey.over = { gimbalPitchDeg: -50, gimbalYawDeg: 0 };
    bench.bridge.run(1);
    expect(bench.types()).toContain("CameraOnTarget");
    bench.act("abortLaunch", { launchId: bench.card().launchId }, { reason: "enough seen" });
    expect(bench.card().phase).toBe("returning");
    expect(bench.ordersOf("return")).toHaveLength(1);
    bench.bridge.land(uid, "dock-1");
    expect(bench.card().phase).toBe("landed");
    bench.bridge.run(1);
    expect(bench.types()).toContain("Docked");
    expect(bench.ordersOf("closeDock")).toHaveLength(1);
    bench.bridge.run(95);
    expect(bench.card().phase).toBe("closed");
    expect(bench.types().slice(-2)).toEqual(["FlightClosed", "FlightPublished"]);
    expect(bench.ordersOf("arm")).toHaveLength(1);
  });
});
