import { message } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { OperatorBroadcast, RemoteIdWatch } from "./index.js";

function watched() {
  const told: unknown[] = [];
  const watch = new RemoteIdWatch("a", (_type, data) => told.push(data));
  return { watch, told };
}
const status = (good: boolean, error = "") => message("OPEN_DRONE_ID_ARM_STATUS", { status: good ? 0 : 1, error });

describe("the remote ID module", () => {
  it("is good, failed with its own words, or silent, and each change is told once", () => {
    const { watch, told } = watched();
    watch.update(0);
    expect(watch.state(0)).toBe("none");
    watch.hear(status(true), 1_000);
    watch.update(1_000);
    watch.hear(status(false, "operator location\u0007 missing"), 7_000);
    watch.update(7_000);
    watch.update(13_000);
    expect(told).toEqual([
      { uid: "a", state: "good", text: "the remote ID module is ready" },
      { uid: "a", state: "failed", text: "operator location missing" },
      { uid: "a", state: "silent", text: "nothing from the remote ID module for 5 s" },
    ]);
  });

  it("that flickers is not told a hundred times", () => {
    const { watch, told } = watched();
    for (let t = 0; t < 20_000; t += 200) {
      watch.hear(status(t % 400 === 0), t);
      watch.update(t);
    }
    expect(told.length).toBeLessThan(6);
  });
});

describe("what the ground tells it", () => {
  const who = { operatorId: "FA3XYZ0123456789ABCDEFGH", description: "First responder", altHaeM: undefined };
  const at = { ...who, point: { latDeg: 39.74, lonDeg: -104.99 } };

  it("is the operator's place every second and the rest every three, in true time", () => {
    const broadcast = new OperatorBroadcast(at);
    const counts: Record<string, number> = {};
    for (let t = 0; t < 9_000; t += 100)
      for (const sent of broadcast.due(1, t, 1_800_000_000_000 + t)) counts[sent.name] = (counts[sent.name] ?? 0) + 1;
    expect(counts).toEqual({ OPEN_DRONE_ID_SYSTEM: 9, OPEN_DRONE_ID_OPERATOR_ID: 3, OPEN_DRONE_ID_SELF_ID: 3 });
    const [system, operator] = new OperatorBroadcast(at).due(1, 0, 1_800_000_000_000);
    expect(system).toMatchObject({
      timestamp: 253_699_200,
      operatorLatitude: 397_400_000,
      operatorAltitudeGeo: -1_000,
    });
    expect(operator).toMatchObject({ operatorId: "FA3XYZ0123456789ABCD" });
  });
});
