import { z } from "zod";
import { canonicalJson } from "./canonical.js";
import type { Order } from "./order.js";

const keyId = z.string().regex(/^[0-9a-f]{16}$/);

/** What makes an order the station's own: an Ed25519 signature (RFC 8032) over the UTF-8 bytes of `orderSigningText`. */
export const orderProof = z.strictObject({
  stationId: z.string().max(40),
  /** First 16 hexadecimal digits of the SHA-256 of the raw public key. */
  keyId,
  /** Counts up from 1 on one connection; never the same or a smaller one again. */
  seq: z.int().positive(),
  /** By the clock of the bridge, as its `pong` last told it: after this the order is void. */
  expiresMs: z.number(),
  /** 64 bytes in base64. */
  signature: z.string().max(100),
});
export type OrderProof = z.infer<typeof orderProof>;

/** Which bridge an order is for, and on which of its connections: `challenge` comes from that bridge's hello. */
export type OrderAudience = { readonly bridgeId: string; readonly challenge: string };

/** What is signed, as text: everything that the bridge will act on, and whom and when it is for. */
export function orderSigningText(order: Order, proof: Omit<OrderProof, "signature">, audience: OrderAudience): string {
  const { stationId, seq, expiresMs } = proof;
  return canonicalJson({
    purpose: "outrider/order/1",
    audience: { bridgeId: audience.bridgeId, challenge: audience.challenge },
    stationId,
    keyId: proof.keyId,
    seq,
    expiresMs,
    order,
  });
}

/** The station's private key, wherever it is kept. */
export type OrderSigner = {
  readonly keyId: string;
  /** Signature over the UTF-8 bytes, in base64. */
  sign(text: string): string;
};

/** The public keys of one station: two while it changes its key. */
export type OrderVerifier = {
  readonly keyIds: readonly string[];
  /** False for a key that is not known, and for anything that this key did not sign. */
  verify(keyId: string, text: string, signature: string): boolean;
};
