import {
  type Clock,
  type Order,
  type OrderAudience,
  type OrderProof,
  type OrderSigner,
  orderSigningText,
  type StationSaid,
  saidSigningText,
} from "@outrider/contract";

/** How many answers of the bridge its clock is judged by: drift of two good clocks within this is no millisecond. */
const heardKept = 30;

/** After this, by the bridge's own clock, what is said beside orders is void. */
const saidForMs: Readonly<Record<StationSaid["kind"], number>> = {
  welcome: 30_000,
  enrolled: 30_000,
  timing: 30_000,
  pilot: 30_000,
  // A feed says that somebody is in command now: one that lay on the way must not keep an aircraft from coming home.
  feed: 5_000,
  // There and back again counts: whoever sees what the aircraft did half a second ago cannot fly it by hand.
  sticks: 500,
};

/**
 * Signs orders, and what is said beside them, of one connection. Each says, by the bridge's own clock, when it is void: that clock is known from
 * what the bridge told, so an order that lies on the way for long is never carried out, whatever any clock shows.
 */
export class OrderSeal {
  readonly #signer: OrderSigner;
  readonly #stationId: string;
  readonly #clock: Clock;
  /** Bridge's clock less ours, never more than it is: what was told is older by its way here. */
  #offsets: number[] = [];
  #audience: { readonly bridgeId: string; readonly challenge: string } | undefined;
  #seq = 0;

  /** `clock`: one that never steps. */
  constructor(deps: { signer: OrderSigner; stationId: string; clock: Clock }) {
    this.#signer = deps.signer;
    this.#stationId = deps.stationId;
    this.#clock = deps.clock;
  }

  opened(hello: {
    readonly bridgeId: string;
    readonly challenge?: string | undefined;
    readonly tMs?: number | undefined;
  }): void {
    const { bridgeId, challenge } = hello;
    this.#audience = challenge === undefined ? undefined : { bridgeId, challenge };
    this.#seq = 0;
    this.#offsets = [];
    this.heard(hello.tMs);
  }

  /** The bridge told its clock. */
  heard(bridgeMs: number | undefined): void {
    if (bridgeMs === undefined) return;
    this.#offsets.push(bridgeMs - this.#clock.nowMs());
    if (this.#offsets.length > heardKept) this.#offsets.shift();
  }

  /** Undefined for a bridge that asks for no signature: it is an old one. */
  prove(order: Order): OrderProof | undefined {
    return this.#sign(order.maxAgeMs, (proof, audience) => orderSigningText(order, proof, audience));
  }

  /** As `prove`. Orders and the rest share one count, so that what was recorded of one is old for the other too. */
  proveSaid(said: StationSaid): OrderProof | undefined {
    return this.#sign(saidForMs[said.kind], (proof, audience) => saidSigningText(said, proof, audience));
  }

  #sign(
    validMs: number,
    textOf: (proof: Omit<OrderProof, "signature">, audience: OrderAudience) => string,
  ): OrderProof | undefined {
    if (this.#audience === undefined || this.#offsets.length === 0) return undefined;
    this.#seq += 1;
    const bridgeNowMs = this.#clock.nowMs() + Math.max(...this.#offsets);
    const unsigned = {
      stationId: this.#stationId,
      keyId: this.#signer.keyId,
      seq: this.#seq,
      expiresMs: bridgeNowMs + validMs,
    };
    const signature = this.#signer.sign(textOf(unsigned, this.#audience));
    return { ...unsigned, signature };
  }
}
