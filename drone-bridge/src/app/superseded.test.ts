import type { OrderVerb } from "@outrider/contract";
import { MavResult } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import {
  type Bench,
  bench,
  fakeGroundAmslM,
  fakeHome,
  fate,
  flying,
  gotoAct,
  lastWords,
  say,
  standing,
  testPlan,
} from "../testing/index.js";

const orbit: OrderVerb = {
  verb: "orbit",
  point: fakeHome,
  altAmslM: fakeGroundAmslM + 60,
  groundAmslM: fakeGroundAmslM,
  radiusM: 40,
  speedMps: 8,
};
const there = gotoAct(fakeGroundAmslM + 60);
const superseded = (b: Bench, orderId: string) =>
  b.station.facts("OrderSuperseded").find((fact) => fact.data["orderId"] === orderId)?.data;

describe("an order replaced by a later one", () => {
  it("given a circle, when a goto follows at once and takes effect, then the circle is superseded and not unconfirmed", () => {
    const b = bench();
    const a = flying(b);
    say(b, "circle", orbit, { issuedBy: { kind: "system", part: "ground-station" } });
    b.clock.run(10);
    say(b, "there", there);
    a.velNorthMps = 10;
    b.clock.run(4_000);
    expect(fate(b, "there")).toEqual(["OrderSent", "OrderAcknowledged", "OrderDone"]);
    expect(fate(b, "circle")).toEqual(["OrderSent", "OrderAcknowledged", "OrderSuperseded"]);
    expect(superseded(b, "circle")).toMatchObject({
      verb: "orbit",
      byOrderId: "there",
      byVerb: "goto",
      text: "replaced by goto of PIC one before it was seen",
    });
    expect(b.station.facts("OrderUnconfirmed")).toEqual([]);
  });

  it.each<[string, OrderVerb]>([
    ["hold", { verb: "hold" }],
    ["return", { verb: "return" }],
    ["land", { verb: "land" }],
    ["orbit", orbit],
  ])("given a goto, when %s follows and takes effect, then the goto is superseded", (_, act) => {
    const b = bench();
    flying(b);
    say(b, "there", there);
    b.clock.run(20);
    say(b, "later", act);
    b.clock.run(4_000);
    expect(fate(b, "later").at(-1)).toBe("OrderDone");
    expect(fate(b, "there").at(-1)).toBe("OrderSuperseded");
  });

  it("given a goto, when the circle that follows is refused, then the goto still counts and is seen", () => {
    const b = bench();
    const a = flying(b);
    a.results.set(34, 2);
    say(b, "there", there);
    b.clock.run(20);
    say(b, "circle", orbit);
    b.clock.run(2_000);
    expect(fate(b, "circle").at(-1)).toBe("OrderRefused");
    a.velNorthMps = 10;
    b.clock.run(2_000);
    expect(fate(b, "there").at(-1)).toBe("OrderDone");
  });

  it("given a goto, when the circle that follows is not seen either, then both are unconfirmed", () => {
    const b = bench();
    const a = flying(b);
    a.deaf = true;
    say(b, "there", there);
    b.clock.run(20);
    say(b, "circle", orbit);
    b.clock.run(22_000);
    expect(fate(b, "circle")).toEqual(["OrderSent", "OrderUnconfirmed"]);
    expect(fate(b, "there")).toEqual(["OrderSent", "OrderUnconfirmed"]);
    expect(lastWords(b, "there")).toContain("either may have happened");
  });

  it("given a circle that it is still at, when a goto or a return follows, then it is told to stop it once, after that one has left", () => {
    for (const later of [there, { verb: "return" } as const]) {
      const b = bench();
      const a = flying(b);
      a.results.set(34, MavResult.IN_PROGRESS);
      say(b, "circle", orbit);
      b.clock.run(50);
      const taken = a.took.length;
      say(b, "later", later);
      a.velNorthMps = 10;
      b.clock.run(4_000);
      expect(a.cancels).toEqual([{ command: 34, afterTaken: taken + 1 }]);
      expect(fate(b, "circle").at(-1)).toBe("OrderSuperseded");
      expect(fate(b, "later").at(-1)).toBe("OrderDone");
    }
  });

  it("given a circle that it has only accepted, when a goto follows, then there is nothing to stop", () => {
    const b = bench();
    const a = flying(b);
    say(b, "circle", orbit);
    b.clock.run(50);
    say(b, "later", there);
    b.clock.run(4_000);
    expect(a.cancels).toEqual([]);
  });

  it("given three in a row, then the last one's effect closes those before it", () => {
    const b = bench();
    const a = flying(b);
    say(b, "one", orbit);
    say(b, "two", there);
    say(b, "three", orbit);
    b.clock.run(4_000);
    expect(["one", "two", "three"].map((id) => fate(b, id).at(-1))).toEqual([
      "OrderSuperseded",
      "OrderSuperseded",
      "OrderDone",
    ]);
    expect(a.commands(34)).toBeGreaterThan(0);
  });
});

describe("an order that has not left yet", () => {
  it("given a goto that waits for the disk, when a return comes, then the goto never leaves", () => {
    const b = bench();
    const a = flying(b);
    b.disk.held = [];
    say(b, "there", there);
    say(b, "home", { verb: "return" });
    b.clock.run(100);
    b.disk.settle();
    b.clock.run(5_000);
    expect([a.commands(192), a.commands(20)]).toEqual([0, 1]);
    expect(lastWords(b, "there")).toBe("replaced by return of PIC one before it could be sent: nothing was sent");
    expect(fate(b, "there").at(-1)).toBe("OrderSuperseded");
    expect(fate(b, "home").at(-1)).toBe("OrderDone");
  });

  it("given an arming that waits for the disk, when a hold comes, then nothing is armed and the launch reads a refusal", () => {
    const b = bench();
    const a = standing(b);
    say(b, "plan", { verb: "uploadPlan", plan: testPlan });
    b.clock.run(3_000);
    b.disk.held = [];
    say(b, "arm", { verb: "arm" }, { approvalId: "approval-1" });
    say(b, "stop", { verb: "hold" });
    b.disk.settle();
    b.clock.run(5_000);
    expect(a.commands(400)).toBe(0);
    expect(fate(b, "arm").at(-1)).toBe("OrderRefused");
    expect(lastWords(b, "arm")).toContain("nothing was sent");
  });

  it("given two gotos that wait for the disk, then the older one does not end the newer one", () => {
    const b = bench();
    const a = flying(b);
    b.disk.held = [];
    say(b, "first", there);
    say(b, "second", there);
    b.disk.settle();
    a.velNorthMps = 10;
    b.clock.run(5_000);
    expect(fate(b, "first").at(-1)).toBe("OrderSuperseded");
    expect(fate(b, "second").at(-1)).toBe("OrderDone");
  });
});
