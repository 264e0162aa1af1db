import type { OrderVerb } from "@outrider/contract";
import { px4Mode } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { type Bench, badAir, fakeGroundAmslM, fate, type PipeFaults, say, testPlan } from "../testing/index.js";

/** As a PIC does: what is over and has had no effect is ordered again, as another order. */
function order(b: Bench, name: string, act: OrderVerb, done: (orderId: string) => boolean): void {
  for (let n = 0; n < 8; n++) {
    const id = `${name}-${n}`;
    say(b, id, act, { approvalId: `${id}-approval` });
    for (let waitedMs = 0; waitedMs < 60_000 && !over(b, id); waitedMs += 250) {
      b.clock.run(250);
      if (done(id)) return;
    }
    b.clock.run(3_000);
  }
  throw new Error(`${name} never came about: ${b.station.types().join(" ")}`);
}

const over = (b: Bench, orderId: string): boolean =>
  ["OrderRefused", "OrderUnconfirmed"].includes(fate(b, orderId).at(-1) ?? "");

const told = new Set(
  "AircraftIdentified FailsafeParametersRead Armed Airborne Landed Disarmed ModeChanged RecordingBegan RecordingSealed AircraftRebooted DuplicateSysid AircraftReplaced PositionDoubted FailsafeSeen LinkLost".split(
    " ",
  ),
);

/** Everything that was told of one flight from power-up to the shelf, in order. */
function flight(ways: readonly PipeFaults[], seed = 10): string[] {
  const { b, a, leave } = badAir(ways, seed);
  for (let n = 0; n < 12 && b.station.facts("FailsafeParametersRead").length === 0; n++) b.clock.run(5_000);
  order(b, "plan", { verb: "uploadPlan", plan: testPlan }, (id) => fate(b, id).includes("PlanReadBack"));
  leave();
  order(b, "arm", { verb: "arm" }, () => a.armed);
  b.clock.run(4_500);
  order(b, "start", { verb: "startMission" }, () => a.landedState === 2);
  b.clock.run(6_000);
  order(b, "home", { verb: "return" }, () => a.customMode === px4Mode(4, 5));
  b.clock.run(5_000);
  a.landedState = 1;
  a.altAmslM = fakeGroundAmslM;
  b.clock.run(6_000);
  a.armed = false;
  b.clock.run(8_000);
  return b.station
    .facts()
    .filter(({ type }) => told.has(type))
    .map(({ type, data }) => (type === "ModeChanged" ? `${type} ${data["mode"]} ${data["by"]}` : type));
}

const clean = { loss: 0, duplicate: 0, delayMs: 1 };
const slow = { loss: 0.05, duplicate: 0.1, delayMs: 2_000 };

describe("a flight over bad links", () => {
  const expected = flight([clean]);

  it("is told from its identity to its recording, over a good one", () => {
    expect(expected).toEqual([
      "AircraftIdentified",
      "FailsafeParametersRead",
      "Armed",
      "RecordingBegan",
      "ModeChanged mission ours",
      "Airborne",
      "ModeChanged return ours",
      "Landed",
      "Disarmed",
      "RecordingSealed",
    ]);
  });

  it.each<[string, readonly PipeFaults[]]>([
    ["5 % loss, doubled", [{ loss: 0.05, duplicate: 0.1, delayMs: 50 }]],
    ["20 % loss, doubled, reordered", [{ loss: 0.2, duplicate: 0.2, delayMs: 150 }]],
    ["one byte in two hundred turned", [{ loss: 0, duplicate: 0.1, delayMs: 20, noise: 0.005 }]],
    ["2 to 4 s on the way, reordered", [slow]],
    ["two ways, one of them 2 to 4 s behind", [{ loss: 0.1, duplicate: 0, delayMs: 20 }, slow]],
  ])("is told just so with %s", (_name, ways) => {
    const facts = flight(ways);
    // What was said at one moment may come either way round.
    expect(facts.toSorted()).toEqual(expected.toSorted());
    const inTurn = (types: string[]) => types.filter((type) => /^(Armed|Airborne|Landed|Disarmed)$/.test(type));
    expect(inTurn(facts)).toEqual(inTurn(expected));
  });
});
