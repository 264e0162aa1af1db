import { type Order, type OrderProof, type OrderVerifier, orderSigningText } from "@outrider/contract";
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

type Wish = { order?: Order; seq?: number; keyId?: string; bridgeId?: string; challenge?: string; expiresMs?: number };
function proofOf(wish: Wish = {}): OrderProof {
  const unsigned = {
    stationId: "station-1",
    keyId: wish.keyId ?? "aaaaaaaaaaaaaaaa",
    seq: wish.seq ?? 1,
    expiresMs: wish.expiresMs ?? nowMs + 2_000,
  };
  const audience = { bridgeId: wish.bridgeId ?? "bridge-1", challenge: wish.challenge ?? "c_1" };
  const text = orderSigningText(wish.order ?? order(), unsigned, audience);
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
