import { bridgeToStation, type OrderProof, type StationSaid } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { known, orderKeys, orderOf, signed, signedSaid, signs } from "../order/testing/signing-station.js";
import { type Bench, type FakeAutopilot, lastWords, standing, testPlan, uidA } from "../testing/index.js";

/** A station that signs all that it says, as one does. */
type Signing = {
  readonly b: Bench;
  readonly a: FakeAutopilot;
  order(orderId: string, verb: "arm" | "startMission" | "takeStick" | "hold" | "refreshParameters"): void;
  /** Signed here and now, and not said yet. */
  seal<S extends StationSaid>(said: S, validMs?: number): S & { proof: OrderProof };
};

function aloft(given: Bench = known()): Signing {
  let seq = 0;
  const a = standing(given);
  const self: Signing = {
    b: given,
    a,
    order: (orderId, verb) => {
      seq += 1;
      given.station.say(signed(given, orderOf(given, orderId, { verb }, { approvalId: "approval-1" }), seq));
    },
    seal: (said, validMs) => {
      seq += 1;
      return signedSaid(given, said, seq, validMs);
    },
  };
  seq += 1;
  given.station.say(signed(given, orderOf(given, "plan", { verb: "uploadPlan", plan: testPlan }), seq));
  given.clock.run(3_000);
  self.order("arm", "arm");
  given.clock.run(2_000);
  self.order("start", "startMission");
  given.clock.run(3_000);
  return self;
}

const forward = (grantId: string | undefined = "take") => ({
  kind: "sticks" as const,
  uid: uidA,
  forward: 1,
  right: 0,
  up: 0,
  yaw: 0,
  ...(grantId === undefined ? {} : { grantId }),
});
const axis = (a: FakeAutopilot): number | undefined => {
  const last = a.heard.filter((message) => message.name === "MANUAL_CONTROL").at(-1);
  return last?.name === "MANUAL_CONTROL" ? last.x : undefined;
};
const refused = ({ b }: { b: Bench }) => {
  b.clock.run(1_000);
  const health = b.station.texts.filter((text) => text["kind"] === "health").at(-1);
  const heard = bridgeToStation.parse(health);
  return heard.kind === "health" ? heard.orders?.refused : undefined;
};

describe("sticks", () => {
  it("given a signed order took them, move the aircraft by signed samples, and the last of these counts", () => {
    const s = aloft();
    s.order("take", "takeStick");
    for (let n = 0; n < 30; n++) {
      s.b.station.say(s.seal(forward()));
      s.b.clock.run(50);
    }
    expect(axis(s.a)).toBe(1000);
    s.b.station.say(s.seal({ ...forward(), forward: -0.5 }));
    s.b.clock.run(100);
    expect(axis(s.a)).toBe(-500);
    expect(refused(s)).toEqual({ sticks: {}, others: { unsigned: expect.any(Number) } });
  });

  it("given they are held, no other sample moves them; they centre and end in Hold as if nothing came (INV-11)", () => {
    const s = aloft();
    s.order("take", "takeStick");
    const replayed = s.seal({ ...forward(), forward: 0 });
    s.b.station.say(replayed);
    const late = s.seal(forward());
    const holds = s.a.commands(192);
    for (let n = 0; n < 60; n++) {
      const real = s.seal(forward("before"));
      for (const forged of [
        forward(),
        { ...real, forward: -1 },
        { ...real, proof: { ...real.proof, keyId: "0".repeat(16) } },
        replayed,
        real,
        s.seal(forward(), 5_000),
      ])
        s.b.station.say(forged);
      if (n === 50) s.b.station.say(late);
      s.b.clock.run(50);
      expect(axis(s.a) ?? 0).toBe(0);
    }
    expect(s.a.commands(192)).toBe(holds + 1);
    expect(refused(s)?.sticks).toEqual({
      unsigned: 60,
      badSignature: 60,
      wrongKey: 60,
      // The real one that came beside them is of an earlier hand; after Hold nobody has the sticks.
      replayed: 61,
      otherGrant: expect.any(Number),
      tooLong: 60,
      notHeld: expect.any(Number),
    });
    const [told] = s.b.station.facts("OrderNotVerified");
    expect(told?.data).toMatchObject({ uid: uidA, verb: "sticks", reason: expect.stringContaining("not signed") });
    expect(s.b.station.facts("OrderNotVerified").length).toBeLessThanOrEqual(4);
  });

  it("given a sample that lay on the way, by the bridge's own clock, it is too late and told to nobody as forged", () => {
    const s = aloft();
    s.order("take", "takeStick");
    const slow = s.seal(forward());
    s.b.clock.run(501);
    s.b.station.say(slow);
    s.b.clock.run(50);
    expect(axis(s.a)).toBe(0);
    expect(refused(s)?.sticks).toEqual({ late: 1 });
    expect(s.b.station.facts("OrderNotVerified")).toEqual([]);
  });

  it("given the bridge started anew, samples of before fit no connection of it, and nobody holds", () => {
    const s = aloft();
    s.order("take", "takeStick");
    const recorded = s.seal(forward());
    s.b.restart();
    s.b.clock.run(1_000);
    s.b.station.say(recorded);
    expect(refused(s)?.sticks).toEqual({ badSignature: 1 });
  });

  it("given control has passed to another pilot, the hand before moves nothing from that moment: it holds (INV-11)", () => {
    const s = aloft();
    s.order("take", "takeStick");
    for (let n = 0; n < 30; n++) {
      s.b.station.say(s.seal(forward()));
      s.b.clock.run(50);
    }
    expect(axis(s.a)).toBe(1000);
    const holds = s.a.commands(192);
    s.b.station.say({ kind: "pilot", uid: uidA, personId: "pic-2" });
    s.b.station.say(s.seal(forward()));
    s.b.clock.run(60);
    expect(axis(s.a), "a stranger takes nobody's hand away").toBe(1000);
    s.b.station.say(s.seal({ kind: "pilot", uid: uidA, personId: "pic-2" }));
    for (let n = 0; n < 20; n++) {
      s.b.station.say(s.seal(forward()));
      s.b.clock.run(50);
      expect(axis(s.a)).toBe(0);
    }
    expect(s.a.commands(192)).toBe(holds + 1);
    expect(s.b.station.facts("SticksEnded")[0]?.data).toEqual({ uid: uidA, text: "another pilot has control now" });
    expect(refused(s)?.sticks).toEqual({ notHeld: 20 });
    s.order("again", "takeStick");
    expect(lastWords(s.b, "again")).toContain("another pilot answers for it now");
  });

  it("given the sticks were on their way to a pilot when control passed, they come to nobody", () => {
    const s = aloft();
    s.order("take", "takeStick");
    s.b.clock.run(500);
    s.b.station.say(s.seal({ kind: "pilot", uid: uidA, personId: "pic-2" }));
    s.b.clock.run(3_000);
    expect(lastWords(s.b, "take")).toContain("given up before");
    expect(s.b.station.facts("ModeChanged").some(({ data }) => data["mode"] === "position")).toBe(false);
  });

  it("given a sample of another person's hand under the same grant, neither moves it", () => {
    const s = aloft();
    s.order("take", "takeStick");
    s.b.station.say(s.seal({ ...forward(), personId: "pic-1" }));
    s.b.clock.run(60);
    expect(axis(s.a)).toBe(1000);
    s.b.station.say(s.seal({ ...forward(), personId: "pic-2" }));
    s.b.station.say(s.seal({ ...forward(), personId: "pic-1" }));
    s.b.clock.run(60);
    expect(axis(s.a)).toBe(0);
    expect(refused(s)?.sticks).toEqual({ otherPilot: 1, notHeld: 1 });
  });

  it("given a signed sample for an aircraft whose sticks nobody took, it stays where it is", () => {
    const s = aloft();
    s.b.station.say(s.seal(forward()));
    s.b.clock.run(100);
    expect(axis(s.a)).toBeUndefined();
    expect(refused(s)?.sticks).toEqual({ notHeld: 1 });
  });
});

describe("what else a stranger on the wire says", () => {
  it("takes no aircraft off the list (INV-11)", () => {
    const s = aloft();
    s.b.station.say({ kind: "enrolled", aircraft: [] });
    s.order("asked", "refreshParameters");
    expect(s.b.station.facts("OrderRefused")).toEqual([]);
    s.b.station.say(s.seal({ kind: "enrolled", aircraft: [] }));
    s.order("again", "refreshParameters");
    expect(s.b.station.facts("OrderRefused").at(-1)?.data).toMatchObject({
      reason: expect.stringContaining("no longer lists"),
    });
  });

  it("does not keep heartbeats going: without its own station's feed the aircraft comes home after the grace (INV-11)", () => {
    const s = aloft();
    // The bench's own feed is not signed.
    const beats = (): boolean => s.b.bridge.stats().heartbeatsOut;
    for (let n = 0; n < 15; n++) {
      s.b.station.say(s.seal({ kind: "feed", n }));
      s.b.clock.run(2_000);
      expect(beats()).toBe(true);
    }
    for (const forged of [{ kind: "welcome", version: 1, haveSeq: 0, signs }, s.seal({ kind: "feed", n: 1 }, -1)])
      s.b.station.say(forged);
    s.b.clock.run(20_000);
    expect(beats()).toBe(false);
    s.b.station.say(s.seal({ kind: "feed", n: 99 }));
    s.b.clock.run(1_000);
    expect(beats()).toBe(true);
  });

  it("keeps heartbeats going where it is this bridge whose key is broken: that must turn nobody home", () => {
    const s = aloft();
    const broken = aloft(known({ orderKeys: { kind: "trouble", why: "no key" } }));
    broken.b.clock.run(25_000);
    expect(broken.b.bridge.stats().heartbeatsOut).toBe(true);
    broken.b.station.say(s.seal(forward()));
    expect(refused(broken)).toEqual({ sticks: { unverifiable: 1 }, others: {} });
  });

  it("neither skips numbers of the journal, nor takes back which key signs, nor hides a fact", () => {
    const b = known({ haveSeq: 4_000 });
    expect(b.station.facts().map(({ seq }) => seq)).toEqual([]);
    b.clock.run(1_000);
    standing(b);
    expect(Math.min(...b.station.facts().map(({ seq }) => seq))).toBeLessThan(10);
    b.station.say({ kind: "welcome", version: 1, haveSeq: 0 });
    b.station.say({ kind: "order", order: orderOf(b, "home", { verb: "return" }) });
    expect(b.station.facts("OrderRefused").at(-1)?.data).toMatchObject({
      reason: expect.stringContaining("not signed"),
    });
    b.station.say({ kind: "ack", seq: 5_000 });
    expect(b.bridge.stats().station.badMessages).toBe(2);
    const before = b.station.facts().length;
    b.station.say(signed(b, orderOf(b, "hold", { verb: "hold" }), 1));
    b.clock.run(100);
    const seqs = b.station.facts().map(({ seq }) => seq);
    expect(seqs.length).toBeGreaterThan(before);
    expect(seqs.at(-1)).toBe((seqs.at(-2) ?? 0) + 1);
  });

  it("still gets what the station needs to sign at all: the bridge's clock", () => {
    const b = known({ orderKeys });
    b.station.say({ kind: "feed", n: 7 });
    expect(b.station.texts.filter((text) => text["kind"] === "pong").at(-1)).toMatchObject({
      n: 7,
      tMs: b.clock.nowMs(),
    });
  });
});
