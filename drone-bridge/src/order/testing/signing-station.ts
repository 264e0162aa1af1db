import {
  type Order,
  type OrderAudience,
  type OrderProof,
  type OrderVerb,
  type OrderVerifier,
  orderSigningText,
  type StationSaid,
  saidSigningText,
} from "@outrider/contract";
import { type Bench, type BenchOptions, bench, uidA } from "../../testing/index.js";

export const keyId = "aaaaaaaaaaaaaaaa";
export const signs = { stationId: "station-1", keyId };

/** Stands in for Ed25519, whose own test is beside its adapter. */
export const mark = (text: string): string => {
  let hash = 5381;
  for (const letter of text) hash = (Math.imul(hash, 33) ^ (letter.codePointAt(0) ?? 0)) >>> 0;
  return `signed:${hash}:${text.length}`;
};
const verifier: OrderVerifier = { keyIds: [keyId], verify: (_key, text, signature) => signature === mark(text) };
export const orderKeys = { kind: "keys", stationId: "station-1", verifier } as const;

/** A bridge that knows its station's key. */
export const known = (options: BenchOptions = {}): Bench => bench({ orderKeys, signs, ...options });

const audienceOf = (b: Bench): OrderAudience => {
  const hello = b.station.texts.filter((text) => text["kind"] === "hello").at(-1);
  return { bridgeId: "bridge-1", challenge: String(hello?.["challenge"]) };
};

export function orderOf(b: Bench, orderId: string, act: OrderVerb, more: Partial<Order> = {}): Order {
  const issuedBy = { kind: "person", personId: "pic-1", name: "PIC one", role: "pic" } as const;
  return {
    orderId,
    uid: uidA,
    launchId: "launch-1",
    act,
    issuedBy,
    issuedAtMs: b.clock.nowMs(),
    maxAgeMs: 5_000,
    ...more,
  };
}

const proved = (
  b: Bench,
  seq: number,
  validMs: number,
  textOf: (proof: Omit<OrderProof, "signature">, audience: OrderAudience) => string,
): OrderProof => {
  const unsigned = { stationId: "station-1", keyId, seq, expiresMs: b.clock.nowMs() + validMs };
  return { ...unsigned, signature: mark(textOf(unsigned, audienceOf(b))) };
};

export function signed(b: Bench, order: Order, seq: number): { kind: "order"; order: Order; proof: OrderProof } {
  const proof = proved(b, seq, order.maxAgeMs, (unsigned, audience) => orderSigningText(order, unsigned, audience));
  return { kind: "order", order, proof };
}

export function signedSaid<S extends StationSaid>(
  b: Bench,
  said: S,
  seq: number,
  validMs = 500,
): S & { proof: OrderProof } {
  return { ...said, proof: proved(b, seq, validMs, (unsigned, audience) => saidSigningText(said, unsigned, audience)) };
}
