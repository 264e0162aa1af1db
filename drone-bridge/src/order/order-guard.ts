import {
  type Clock,
  type Order,
  type OrderProof,
  type OrderVerifier,
  orderSigningText,
  safeVerbs,
} from "@outrider/contract";
import { orderTiming } from "./timing.js";

/** What the bridge was given to tell its station's orders from others'. */
export type OrderKeys =
  /** Not configured: whoever holds the bridge's token orders. */
  | { readonly kind: "unsigned" }
  /** Configured and not usable: nothing but what brings an aircraft to rest is carried out. */
  | { readonly kind: "trouble"; readonly why: string }
  | { readonly kind: "keys"; readonly stationId: string; readonly verifier: OrderVerifier };

export type GuardAnswer = { readonly kind: "ok" } | { readonly kind: "refused"; readonly reason: string };

type Signs = { readonly stationId: string; readonly keyId: string };

const ok: GuardAnswer = { kind: "ok" };
const refused = (reason: string): GuardAnswer => ({ kind: "refused", reason });

/**
 * Whether an order is the station's own, for this bridge, on this connection, once, and not late. It never looks at
 * what the order says: that is the limits' business.
 */
export class OrderGuard {
  readonly #keys: OrderKeys;
  readonly #bridgeId: string;
  readonly #clock: Clock;
  #challenge = "";
  #seq = 0;
  #signs: Signs | undefined;

  /** `clock`: one that never steps; it is what `pong` tells the station. */
  constructor(deps: { keys: OrderKeys; bridgeId: string; clock: Clock }) {
    this.#keys = deps.keys;
    this.#bridgeId = deps.bridgeId;
    this.#clock = deps.clock;
  }

  /** A new connection: what was signed for the last one is worth nothing on it. */
  opened(challenge: string): void {
    this.#challenge = challenge;
    this.#seq = 0;
    this.#signs = undefined;
  }

  /** What the station says of its key in its welcome. */
  welcomed(signs: Signs | undefined): void {
    this.#signs = signs;
  }

  /**
   * Why bridge and station cannot have one key now; undefined while they have, or while none is configured. Hold,
   * return and land go all the same then, since an aircraft in the air must be stoppable whatever became of a key.
   */
  get keyTrouble(): string | undefined {
    if (this.#keys.kind === "unsigned") return undefined;
    if (this.#keys.kind === "trouble") return this.#keys.why;
    const { stationId, verifier } = this.#keys;
    if (this.#signs === undefined) return "the station does not sign its orders";
    if (this.#signs.stationId !== stationId)
      return `station ${this.#signs.stationId} signs, and only ${stationId} is trusted`;
    return verifier.keyIds.includes(this.#signs.keyId)
      ? undefined
      : `the station signs with key ${this.#signs.keyId}, which is not among bridge.orders.trusted`;
  }

  get signed(): "yes" | "no" | "keyTrouble" {
    if (this.#keys.kind === "unsigned") return "no";
    return this.keyTrouble === undefined ? "yes" : "keyTrouble";
  }

  check(order: Order, proof: OrderProof | undefined): GuardAnswer {
    if (this.#keys.kind === "unsigned") return ok;
    const trouble = this.keyTrouble;
    if (trouble !== undefined)
      return safeVerbs.has(order.act.verb) ? ok : refused(`orders cannot be verified: ${trouble}`);
    return this.#keys.kind === "keys" ? this.#verify(order, proof, this.#keys) : ok;
  }

  #verify(order: Order, proof: OrderProof | undefined, keys: Extract<OrderKeys, { kind: "keys" }>): GuardAnswer {
    if (proof === undefined) return refused("it is not signed");
    if (proof.stationId !== keys.stationId) return refused("it is signed for another station");
    const { verifier } = keys;
    if (!verifier.keyIds.includes(proof.keyId)) return refused("it is signed with a key that is not trusted here");
    const text = orderSigningText(order, proof, { bridgeId: this.#bridgeId, challenge: this.#challenge });
    if (!verifier.verify(proof.keyId, text, proof.signature))
      return refused("its signature does not fit: changed, for another bridge, or from another connection");
    // Only what was really signed may move the count, or a forger could shut the station out.
    if (proof.seq <= this.#seq) return refused("it came before: its number was used on this connection");
    this.#seq = proof.seq;
    const nowMs = this.#clock.nowMs();
    if (nowMs > proof.expiresMs) return refused("it came too late: it had expired by this bridge's clock");
    if (proof.expiresMs - nowMs > orderTiming.longestValidMs) return refused("it would be valid for too long");
    return ok;
  }
}
