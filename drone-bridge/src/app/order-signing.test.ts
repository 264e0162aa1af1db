import type { OrderVerb } from "@outrider/contract";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyId, known, orderOf, signed, signs } from "../order/testing/signing-station.js";
import { type Bench, bench, flying, lastWords, say, standing, testPlan } from "../testing/index.js";

const bytes = (b: Bench): number => b.radio.bytesTo("127.0.0.1:18570");

describe("a bridge that knows its station's key", () => {
  it("carries out what is signed, once, and answers a recording of it with what became of it", () => {
    const b = known();
    const aircraft = standing(b);
    const plan = signed(b, orderOf(b, "plan", { verb: "uploadPlan", plan: testPlan }), 1);
    b.station.say(plan);
    b.clock.run(3_000);
    const arm = signed(b, orderOf(b, "arm", { verb: "arm" }, { approvalId: "approval-1" }), 2);
    b.station.say(arm);
    b.clock.run(2_000);
    expect(aircraft.commands(400)).toBe(1);
    const before = b.station.facts("OrderDone").length;
    b.station.say(arm);
    b.clock.run(2_000);
    expect(aircraft.commands(400)).toBe(1);
    expect(b.station.facts("OrderDone").length).toBe(before + 1);
    expect(b.station.facts("OrderNotVerified")[0]?.data).toMatchObject({ orderId: "arm", count: 1 });
    expect(b.problems.some((text) => text.includes("not the station's own"))).toBe(true);
  });

  it("sends no byte for what is not signed, and says why", () => {
    const b = known();
    const aircraft = standing(b);
    const before = bytes(b);
    for (const verb of ["arm", "startMission", "emergencyStop", "hold", "return", "land"] as const)
      say(b, `x-${verb}`, { verb }, { approvalId: "a" });
    expect(bytes(b)).toBe(before);
    expect(lastWords(b, "x-hold")).toContain("not signed");
    expect(aircraft.commands(400)).toBe(0);
  });

  it("is not filled up by a flood of forgeries, and takes a real order in the middle of it", () => {
    const b = known();
    standing(b);
    for (let n = 0; n < 2_000; n++) say(b, `forged-${n}`, { verb: "return" });
    b.station.say(signed(b, orderOf(b, "real", { verb: "return" }), 1));
    b.clock.run(2_000);
    expect(b.station.facts("OrderSent").map((fact) => fact.data["orderId"])).toEqual(["real"]);
    expect(b.station.facts("OrderRefused").length).toBeLessThanOrEqual(20);
    expect(b.station.facts("OrderNotVerified").length).toBeLessThanOrEqual(2);
    const health = b.station.texts.filter((text) => text["kind"] === "health").at(-1);
    expect(health).toMatchObject({ orders: { signed: "yes", notVerified: 2_000, limits: "builtIn" } });
  });

  it("sends nothing for whatever a forger says on the wire (fuzz)", () => {
    const b = known();
    standing(b);
    const verbs = fc.constantFrom<OrderVerb>(
      { verb: "arm" },
      { verb: "startMission" },
      { verb: "emergencyStop" },
      { verb: "takeStick" },
      { verb: "hold" },
      { verb: "return" },
      { verb: "land" },
      { verb: "levelCamera" },
      { verb: "refreshParameters" },
      { verb: "uploadPlan", plan: testPlan },
    );
    const proofs = fc.option(
      fc.record({
        stationId: fc.constantFrom("station-1", "x"),
        keyId: fc.constantFrom(keyId, "0".repeat(16)),
        seq: fc.integer({ min: 1 }),
        expiresMs: fc.constantFrom(0, b.clock.nowMs() + 5_000, 1e18),
        signature: fc.base64String({ maxLength: 88 }),
      }),
      { nil: undefined },
    );
    fc.assert(
      fc.property(verbs, fc.string(), proofs, fc.anything(), (act, orderId, proof, junk) => {
        const before = bytes(b);
        b.station.say({ kind: "order", order: orderOf(b, orderId, act, { approvalId: "a" }), proof });
        b.station.say({ kind: "order", order: junk, proof });
        expect(bytes(b)).toBe(before);
      }),
    );
    expect(b.station.facts("OrderSent")).toEqual([]);
  });

  it("takes nothing from one connection to the next", () => {
    const b = known();
    standing(b);
    const hold = signed(b, orderOf(b, "hold", { verb: "hold" }), 1);
    b.station.hangUp();
    b.clock.run(2_000);
    b.station.say({ kind: "welcome", version: 1, haveSeq: 0, signs });
    b.station.say(hold);
    expect(lastWords(b, "hold")).toContain("another connection");
  });
});

describe("a bridge in trouble with keys", () => {
  it("still brings an aircraft to rest, and says so in its health", () => {
    const b = bench();
    const options = { orderKeys: { kind: "trouble", why: "no key" } as const, signs };
    const t = bench(options);
    const aircraft = standing(t);
    say(t, "plan", { verb: "uploadPlan", plan: testPlan });
    expect(lastWords(t, "plan")).toContain("cannot be verified: no key");
    say(t, "home", { verb: "return" });
    t.clock.run(1_500);
    expect(aircraft.commands(20)).toBe(1);
    expect(t.station.texts.filter((text) => text["kind"] === "health").at(-1)).toMatchObject({
      orders: { signed: "keyTrouble", text: expect.stringContaining("no key") },
    });
    flying(b);
    expect(b.station.texts.filter((text) => text["kind"] === "health").at(-1)).toMatchObject({
      orders: { signed: "no" },
    });
  });
});
