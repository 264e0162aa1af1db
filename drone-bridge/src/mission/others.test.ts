import type { AnyMessageInit, MavMessage } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { FakeClock } from "../testing/index.js";
import { MissionDesk, type PlanOutcome } from "./index.js";

/** A desk that puts an empty list, and everything that it sent. */
function desk() {
  const sent: AnyMessageInit[] = [];
  const outcomes: PlanOutcome[] = [];
  const clock = new FakeClock();
  const one = new MissionDesk({ clock, homeFirst: false, sysid: () => 1, send: (message) => sent.push(message) > 0 });
  one.put([{ type: 0, items: [{ command: 16, frame: 5, params: [0, 0, 0, 0], x: 1, y: 2, z: 3 }] }], (outcome) =>
    outcomes.push(outcome),
  );
  // Of a vehicle; only what the desk reads of it is here.
  const hear = (message: object) => one.onMessage(message as MavMessage);
  return { sent, outcomes, hear, clock };
}
const ours = { targetSystem: 255, targetComponent: 190, missionType: 0 };

describe("a plan beside another station's", () => {
  it.each([
    ["another system", { targetSystem: 254 }],
    ["another component", { targetComponent: 1 }],
  ])("hears no answer and no question that is for %s", (_what, other) => {
    const { sent, outcomes, hear } = desk();
    hear({ name: "MISSION_ACK", ...ours, ...other, type: 1 });
    hear({ name: "MISSION_REQUEST_INT", ...ours, ...other, seq: 0 });
    expect(outcomes).toEqual([]);
    expect(sent.map((message) => message.name)).toEqual(["MISSION_COUNT"]);
    hear({ name: "MISSION_REQUEST_INT", ...ours, seq: 0 });
    expect(sent.at(-1)?.name).toBe("MISSION_ITEM_INT");
  });

  it("hears what is for everybody", () => {
    const { sent, hear } = desk();
    hear({ name: "MISSION_REQUEST_INT", ...ours, targetSystem: 0, targetComponent: 0, seq: 0 });
    expect(sent.at(-1)?.name).toBe("MISSION_ITEM_INT");
  });

  it("is not the same as a list of an absurd length, even where ours is empty", () => {
    const { outcomes, hear } = desk();
    hear({ name: "MISSION_REQUEST_INT", ...ours, seq: 0 });
    hear({ name: "MISSION_ACK", ...ours, type: 0 });
    hear({ name: "MISSION_COUNT", ...ours, count: 3_000 });
    expect(outcomes).toEqual([
      { kind: "failed", reason: "the mission on the aircraft is not what was sent: it tells of 3000 items" },
    ]);
  });
});
