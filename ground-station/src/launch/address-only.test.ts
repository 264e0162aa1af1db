import { newFact } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { fleetRoom } from "../fleet/index.js";
import { launchRoom } from "./index.js";
import { at, Bench, person } from "./testing/index.js";

describe("a call with an address and no position", () => {
  it("given nobody has placed it, gets no aircraft and says what to do; once placed, is proposed at once", () => {
    const made = new Bench({}, [fleetRoom, launchRoom]);
    made.bridge.connect();
    made.signOn();
    const alert = made.alert("i1", { addressOnly: true });
    expect(made.types()).not.toContain("LaunchProposed");
    expect(made.facts.at(-1)).toMatchObject({
      type: "LaunchNotPossible",
      data: { reasons: [{ code: "no-position", doThis: expect.stringContaining("Set its place on the map") }] },
    });
    const place = { ...alert.place, point: at(300, 400) };
    made.commit(
      newFact("PlaceSet", { incidentId: "i1", alertId: alert.alertId, place, address: "x", text: "y" }, person()),
      newFact("AlertUpdated", { incidentId: "i1", alert: { ...alert, place, placedBy: "person" } }, person()),
    );
    expect(made.card()).toMatchObject({ phase: "proposed", version: 1 });
    expect(made.card().plan.scene.point).toEqual(at(300, 400));
  });
});
