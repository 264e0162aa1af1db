import {
  type Clock,
  type Order,
  type OrderAudience,
  type OrderProof,
  type OrderVerifier,
  orderSigningText,
  type StationSaid,
  safeVerbs,
  saidSigningText,
} from "@outrider/contract";
import { orderTiming } from "./timing.js";

/** What the bridge was given to tell its station's orders from others'. */
export type OrderKeys =
  /** Not configured: whoever holds the bridge's token orders. */
  | { readonly kind: "unsigned" }
  /** Configured and not usable: nothing but what brings an aircraft to rest is carried out, and it is not flown by hand. */
  | { readonly kind: "trouble"; readonly why: string }
  | { readonly kind: "keys"; readonly stationId: string; readonly verifier: OrderVerifier };

/** `unverifiable`: this bridge's own key cannot be used. */
export type WhyRefused = "unsigned" | "wrongKey" | "badSignature" | "replayed" | "late" | "tooLong" | "unverifiable";

type Refused = { readonly kind: "refused"; readonly why: WhyRefused; readonly reason: string };

export type GuardAnswer = { readonly kind: "ok" } | Refused;

/**
 * What a message beside orders is worth. `own`: believed whole. `unverifiable`: this bridge cannot tell; it goes on with
 * its heartbeats, since a key that is broken here must not turn aircraft home. `foreign`: it changes nothing.
 */
export type SaidAnswer =
  | { readonly kind: "own" | "unverifiable" }
  | { readonly kind: "foreign"; readonly why: WhyRefused; readonly reason: string };

type Signs = { readonly stationId: string; readonly keyId: string };

const ok: GuardAnswer = { kind: "ok" };
const refused = (why: WhyRefused, reason: string): Refused => ({ kind: "refused", why, reason });

/**
 * Whether an order, or anything else that is said, is the station's own, for this bridge, on this connection, once, and not late. It never looks at
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
      return safeVerbs.has(order.act.verb) ? ok : refused("unverifiable", `orders cannot be verified: ${trouble}`);
    if (this.#keys.kind !== "keys") return ok;
    return this.#verify(proof, this.#keys, orderTiming.longestValidMs, (signed, audience) =>
      orderSigningText(order, signed, audience),
    );
  }

  /**
   * What is no order. The welcome's word on keys plays no part: whoever says that he does not sign is a stranger, and
   * his feed does not keep heartbeats going.
   */
  judge(said: StationSaid): SaidAnswer {
    if (this.#keys.kind === "unsigned") return { kind: "own" };
    const answer = this.#judged(said, this.#keys);
    if (answer.kind === "ok") return { kind: this.#keys.kind === "keys" ? "own" : "unverifiable" };
    return { ...answer, kind: "foreign" };
  }

  #judged(said: StationSaid, keys: Exclude<OrderKeys, { kind: "unsigned" }>): GuardAnswer {
    const sticks = said.kind === "sticks";
    if (keys.kind === "trouble") return sticks ? refused("unverifiable", keys.why) : ok;
    if (sticks && said.grantId === undefined) return refused("unsigned", "it names no order that took the sticks");
    const longestMs = sticks ? orderTiming.longestSticksMs : orderTiming.longestValidMs;
    return this.#verify(said.proof, keys, longestMs, (signed, audience) => saidSigningText(said, signed, audience));
  }

  #verify(
    proof: OrderProof | undefined,
    { stationId, verifier }: Extract<OrderKeys, { kind: "keys" }>,
    longestMs: number,
    textOf: (proof: OrderProof, audience: OrderAudience) => string,
  ): GuardAnswer {
    if (proof === undefined) return refused("unsigned", "it is not signed");
    if (proof.stationId !== stationId) return refused("wrongKey", "it is signed for another station");
    if (!verifier.keyIds.includes(proof.keyId))
      return refused("wrongKey", "it is signed with a key that is not trusted here");
    const text = textOf(proof, { bridgeId: this.#bridgeId, challenge: this.#challenge });
    if (!verifier.verify(proof.keyId, text, proof.signature))
      return refused(
        "badSignature",
        "its signature does not fit: changed, for another bridge, or from another connection",
      );
    // Only what was really signed may move the count, or a forger could shut the station out.
    if (proof.seq <= this.#seq) return refused("replayed", "it came before: its number was used on this connection");
    this.#seq = proof.seq;
    const nowMs = this.#clock.nowMs();
    if (nowMs > proof.expiresMs) return refused("late", "it came too late: it had expired by this bridge's clock");
    if (proof.expiresMs - nowMs > longestMs) return refused("tooLong", "it would be valid for too long");
    return ok;
  }
}
