import {
  type Order,
  type OrderProof,
  type OrderVerifier,
  orderSigningText,
  type StationSaid,
  saidSigningText,
} from "@outrider/contract";
import * as fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { OrderGuard, type OrderKeys } from "./order-guard.js";

/** Stands in for Ed25519: a signature is the text itself under a secret. */
const sign = (secret: string, text: string): string => `${secret}:${text}`;
const verifier: OrderVerifier = {
  keyIds: ["aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb"],
  verify: (keyId, text, signature) => signature === sign(keyId, text),
};
const keys: OrderKeys = { kind: "keys", stationId: "station-1", verifier };
const signs = { stationId: "station-1", keyId: "aaaaaaaaaaaaaaaa" };
const safe = ["hold", "return", "land", "releaseStick"] as const;
let nowMs = 1_000_000;
const clock = { nowMs: () => nowMs, after: () => () => undefined };

const order = (more: Partial<Order> = {}): Order => ({
  orderId: "o_1",
  uid: "4f535452",
  launchId: "l_1",
  approvalId: "a_1",
  act: { verb: "arm" },
  issuedBy: { kind: "person", personId: "pic-1", name: "PIC one", role: "pic" },
  issuedAtMs: 5,
  maxAgeMs: 2_000,
  ...more,
});

type Wish = {
  order?: Order;
  said?: StationSaid;
  seq?: number;
  keyId?: string;
  bridgeId?: string;
  challenge?: string;
  expiresMs?: number;
};
function proofOf(wish: Wish = {}): OrderProof {
  const unsigned = {
    stationId: "station-1",
    keyId: wish.keyId ?? "aaaaaaaaaaaaaaaa",
    seq: wish.seq ?? 1,
    expiresMs: wish.expiresMs ?? nowMs + 2_000,
  };
  const audience = { bridgeId: wish.bridgeId ?? "bridge-1", challenge: wish.challenge ?? "c_1" };
  const text =
    wish.said === undefined
      ? orderSigningText(wish.order ?? order(), unsigned, audience)
      : saidSigningText(wish.said, unsigned, audience);
  return { ...unsigned, signature: sign(unsigned.keyId, text) };
}

function guardWith(given: OrderKeys = keys, said: typeof signs | undefined = signs): OrderGuard {
  const guard = new OrderGuard({ keys: given, bridgeId: "bridge-1", clock });
  guard.opened("c_1");
  guard.welcomed(said);
  return guard;
}
const why = (guard: OrderGuard, proof: OrderProof | undefined, what = order()): string => {
  const answer = guard.check(what, proof);
  return answer.kind === "refused" ? answer.reason : "ok";
};

beforeEach(() => {
  nowMs = 1_000_000;
});

describe("an order (security tests 4, 7)", () => {
  it("of the station goes, with either of its two keys while it changes them", () => {
    const guard = guardWith();
    expect(why(guard, proofOf())).toBe("ok");
    expect(why(guard, proofOf({ seq: 2, keyId: "bbbbbbbbbbbbbbbb" }))).toBe("ok");
  });

  it("that is unsigned, of another key, station, bridge or connection is refused and says so", () => {
    const guard = guardWith();
    expect(why(guard, undefined)).toContain("not signed");
    expect(why(guard, proofOf({ keyId: "cccccccccccccccc" }))).toContain("not trusted");
    expect(why(guard, { ...proofOf(), stationId: "station-2" })).toContain("another station");
    expect(why(guard, proofOf({ bridgeId: "bridge-2" }))).toContain("signature does not fit");
    expect(why(guard, proofOf({ challenge: "c_0" }))).toContain("signature does not fit");
    expect(why(guard, proofOf())).toBe("ok");
  });

  it("comes once: the same number again, or a smaller one, is refused", () => {
    const guard = guardWith();
    expect(why(guard, proofOf({ seq: 5 }))).toBe("ok");
    expect(why(guard, proofOf({ seq: 5 }))).toContain("came before");
    expect(why(guard, proofOf({ seq: 4 }))).toContain("came before");
    expect(why(guard, proofOf({ seq: 6 }))).toBe("ok");
  });

  it("recorded on one connection is worth nothing on the next, whatever its number", () => {
    const guard = guardWith();
    const recorded = proofOf({ seq: 9 });
    guard.opened("c_2");
    guard.welcomed(signs);
    expect(why(guard, recorded)).toContain("signature does not fit");
  });

  it("that is late by the bridge's own clock is void, and so is one that would be valid for ever", () => {
    const guard = guardWith();
    const proof = proofOf();
    nowMs += 2_001;
    expect(why(guard, proof)).toContain("too late");
    expect(why(guard, proofOf({ seq: 2, expiresMs: nowMs + 61_000 }))).toContain("too long");
  });

  it("for another aircraft than was signed is refused", () => {
    expect(why(guardWith(), proofOf(), order({ uid: "4f535453" }))).toContain("signature does not fit");
  });

  it("to hold, return or land must be the station's own too, while keys are in order", () => {
    const guard = guardWith();
    for (const verb of safe) expect(why(guard, undefined, order({ act: { verb } }))).toContain("not signed");
  });

  it.each([
    ["the bridge has no usable key", { kind: "trouble", why: "key cannot be read" } as OrderKeys, signs],
    ["the station has none", keys, undefined],
    ["the station has one that is not trusted", keys, { ...signs, keyId: "dddddddddddddddd" }],
    ["the station is another one", keys, { ...signs, stationId: "station-9" }],
  ])("brings an aircraft to rest, and does nothing else, where %s", (_, given, said) => {
    const guard = new OrderGuard({ keys: given, bridgeId: "bridge-1", clock });
    guard.opened("c_1");
    guard.welcomed(said);
    expect(guard.signed).toBe("keyTrouble");
    for (const verb of safe) expect(why(guard, undefined, order({ act: { verb } }))).toBe("ok");
    for (const verb of ["arm", "startMission", "emergencyStop", "takeStick"] as const)
      expect(why(guard, proofOf(), order({ act: { verb } }))).toContain("cannot be verified");
  });

  it("needs no signature where none is configured", () => {
    const guard = guardWith({ kind: "unsigned" });
    expect([guard.signed, why(guard, undefined)]).toEqual(["no", "ok"]);
  });
});

const sticks = { kind: "sticks", uid: "4f535452", forward: 0.5, right: 0, up: 0, yaw: 0, grantId: "o_1" } as const;
const feed = { kind: "feed", n: 1 } as const;
const worth = (guard: OrderGuard, said: StationSaid): string => {
  const answer = guard.judge(said);
  return answer.kind === "foreign" ? answer.why : answer.kind;
};
const signedSticks = (wish: Wish = {}): StationSaid => ({
  ...sticks,
  proof: proofOf({ expiresMs: nowMs + 500, ...wish, said: sticks }),
});

describe("a sample of sticks (INV-11)", () => {
  it.each<[string, () => StationSaid, string]>([
    ["signed by the station for this connection", () => signedSticks(), "own"],
    ["without a signature", () => sticks, "unsigned"],
    ["without the order that took the sticks", () => ({ ...signedSticks(), grantId: undefined }), "unsigned"],
    ["of another key", () => signedSticks({ keyId: "cccccccccccccccc" }), "wrongKey"],
    ["for another bridge", () => signedSticks({ bridgeId: "bridge-2" }), "badSignature"],
    ["from a connection of an earlier start", () => signedSticks({ challenge: "c_0" }), "badSignature"],
    ["for another aircraft than was signed", () => ({ ...signedSticks(), uid: "4f535453" }), "badSignature"],
    ["of another hand than was signed", () => ({ ...signedSticks(), grantId: "o_2" }), "badSignature"],
    ["with any other deflection", () => ({ ...signedSticks(), forward: 0.50001 }), "badSignature"],
    ["with the signature of an order", () => ({ ...sticks, proof: proofOf() }), "badSignature"],
    ["that is late by the bridge's clock", () => signedSticks({ expiresMs: nowMs - 1 }), "late"],
    ["that would be good for longer than a hand is", () => signedSticks({ expiresMs: nowMs + 1_001 }), "tooLong"],
  ])("given it is %s, then it is judged so", (_, said, answer) => {
    expect(worth(guardWith(), said())).toBe(answer);
  });

  it("given its number, or a later one, was used by a sample or by an order, then it is a replay", () => {
    const guard = guardWith();
    expect(worth(guard, signedSticks({ seq: 4 }))).toBe("own");
    for (const seq of [4, 3]) expect(worth(guard, signedSticks({ seq }))).toBe("replayed");
    expect(why(guard, proofOf({ seq: 5 }))).toBe("ok");
    expect(worth(guard, signedSticks({ seq: 5 }))).toBe("replayed");
    expect(why(guard, proofOf({ seq: 4 }))).toContain("came before");
  });

  it("given this bridge has no usable key, then it moves nothing, while a feed still says that somebody is there", () => {
    const guard = guardWith({ kind: "trouble", why: "no key" });
    expect([worth(guard, signedSticks()), worth(guard, feed)]).toEqual(["unverifiable", "unverifiable"]);
    expect(guard.judge(feed).kind).toBe("unverifiable");
    expect(guard.judge(sticks).kind).toBe("foreign");
  });

  it("given the site signs nothing, then the token is all that is asked for", () => {
    expect([sticks, feed].map((said) => worth(guardWith({ kind: "unsigned" }), said))).toEqual(["own", "own"]);
  });
});

describe("what is said beside orders", () => {
  it("is the station's own only where it signed it, whatever the welcome says of keys (INV-11)", () => {
    const all: StationSaid[] = [
      feed,
      { kind: "welcome", version: 1, haveSeq: 3 },
      { kind: "enrolled", aircraft: [] },
      { kind: "timing", timing: { runId: "r", epochMs: 1, rate: 1, paused: true } },
    ];
    for (const said of all) {
      const guard = guardWith(keys, undefined);
      expect(worth(guard, said)).toBe("unsigned");
      expect(worth(guard, { ...said, proof: proofOf({ said }) })).toBe("own");
      const other = said.kind === "feed" ? sticks : feed;
      expect(worth(guardWith(), { ...said, proof: proofOf({ said: other }) })).toBe("badSignature");
    }
  });
});

/** Every single field of order and proof, changed to anything else. */
const forgery = fc.oneof(
  fc.record({ field: fc.constant("orderId"), value: fc.string() }),
  fc.record({ field: fc.constant("uid"), value: fc.string() }),
  fc.record({ field: fc.constant("launchId"), value: fc.option(fc.string(), { nil: undefined }) }),
  fc.record({ field: fc.constant("approvalId"), value: fc.option(fc.string(), { nil: undefined }) }),
  fc.record({
    field: fc.constant("act"),
    value: fc.constantFrom(...safe, "emergencyStop", "startMission").map((verb) => ({ verb })),
  }),
  fc.record({ field: fc.constant("issuedAtMs"), value: fc.double({ noNaN: true }) }),
  fc.record({ field: fc.constant("maxAgeMs"), value: fc.double({ noNaN: true }) }),
);
const proofForgery = fc.oneof(
  fc.record({ seq: fc.integer() }),
  fc.record({ expiresMs: fc.double({ noNaN: true }) }),
  fc.record({ keyId: fc.string() }),
  fc.record({ stationId: fc.string() }),
  fc.record({ signature: fc.string() }),
);

describe("a forger", () => {
  it("gets nothing through by changing any field of an order that he recorded, and shuts nobody out", () => {
    fc.assert(
      fc.property(forgery, ({ field, value }) => {
        const real = order();
        fc.pre(JSON.stringify((real as Record<string, unknown>)[field]) !== JSON.stringify(value));
        const guard = guardWith();
        // A forger is not held to our types.
        const forged = { ...real, [field]: value } as Order;
        expect(guard.check(forged, proofOf()).kind).toBe("refused");
        expect(why(guard, proofOf())).toBe("ok");
      }),
    );
  });

  it("gets nothing through by changing the proof, and shuts nobody out", () => {
    fc.assert(
      fc.property(proofForgery, (change) => {
        const real = proofOf();
        const forged = { ...real, ...change };
        fc.pre(JSON.stringify(forged) !== JSON.stringify(real));
        const guard = guardWith();
        expect(guard.check(order(), forged).kind).toBe("refused");
        expect(why(guard, proofOf())).toBe("ok");
      }),
    );
  });
});
