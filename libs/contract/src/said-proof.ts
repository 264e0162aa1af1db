import type { StationToBridge } from "./bridge-wire.js";
import { canonicalJson } from "./canonical.js";
import type { OrderAudience, OrderProof } from "./order-proof.js";

/**
 * What the station says to a bridge beside orders and is signed as they are, with one count for both. An `ack` is not:
 * it moves nothing, and the bridge believes none beyond what it has sent.
 */
export type StationSaid = Exclude<StationToBridge, { kind: "order" } | { kind: "ack" }>;

/**
 * What is signed of it, as text (RFC 8785). The purpose is another than that of an order, so that neither signature is
 * ever good for the other.
 */
export function saidSigningText(
  said: StationSaid,
  proof: Omit<OrderProof, "signature">,
  audience: OrderAudience,
): string {
  const { stationId, keyId, seq, expiresMs } = proof;
  return canonicalJson({
    purpose: "outrider/said/1",
    audience: { bridgeId: audience.bridgeId, challenge: audience.challenge },
    stationId,
    keyId,
    seq,
    expiresMs,
    said: { ...said, proof: undefined },
  });
}
