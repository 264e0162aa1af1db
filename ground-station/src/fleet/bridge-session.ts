import {
  type BridgeToStation,
  bridgeFactNames,
  bridgeToStation,
  type Connection,
  decodeSamples,
  type Fact,
  newFact,
  type OrderProof,
  parseFact,
  type SampleFrame,
  type StationToBridge,
  type TrafficSeen,
  type WireData,
} from "@outrider/contract";
import { type StationContext, systemActor } from "../kernel/index.js";
import { fleetRoom } from "./fleet-room.js";
import type { OrderSeal } from "./order-seal.js";

/** What one bridge connection hands on. */
export type SessionEvents = {
  onReady(hello: Extract<BridgeToStation, { kind: "hello" }>): void;
  onSamples(frame: SampleFrame, uidOf: (handle: number) => string | undefined): void;
  onDocks(docks: Extract<BridgeToStation, { kind: "docks" }>["docks"]): void;
  onHealth(health: Extract<BridgeToStation, { kind: "health" }>): void;
  /** Other aircraft, heard by the receivers of ours. */
  onTraffic(seen: readonly TrafficSeen[]): void;
  /** All facts that the bridge had when it said hello are durable here. */
  onCaughtUp(): void;
};

/**
 * One connection of the bridge. Facts arrive in the order of the bridge's journal and are committed exactly once, by
 * that number; they are acknowledged only when they are durable here, so that neither side can lose one.
 */
export class BridgeSession {
  readonly #context: StationContext;
  readonly #connection: Connection;
  readonly #events: SessionEvents;
  readonly #uids = new Map<number, string>();
  #hello: Extract<BridgeToStation, { kind: "hello" }> | undefined;
  #part = "";
  #nextSeq = 0;
  #caughtUp = false;
  #feeds = 0;
  readonly #seal: OrderSeal | undefined;
  lastHeardMs: number;

  /** `seal`: with what all but acknowledgements is signed on this connection; without it nothing is. */
  constructor(context: StationContext, connection: Connection, events: SessionEvents, seal?: OrderSeal) {
    this.#seal = seal;
    this.#context = context;
    this.#connection = connection;
    this.#events = events;
    this.lastHeardMs = context.clocks.run.nowMs();
  }

  get ready(): boolean {
    return this.#hello !== undefined;
  }

  get provenance(): "live" | "sim" | undefined {
    return this.#hello?.provenance;
  }

  send(message: StationToBridge): void {
    const proof = this.#proofOf(message);
    this.#connection.send(JSON.stringify(proof === undefined ? message : { ...message, proof }));
  }

  #proofOf(message: StationToBridge): OrderProof | undefined {
    if (message.kind === "ack") return undefined;
    return message.kind === "order" ? this.#seal?.prove(message.order) : this.#seal?.proveSaid(message);
  }

  feed(): void {
    this.#feeds += 1;
    this.send({ kind: "feed", n: this.#feeds });
  }

  close(reason: string): void {
    this.#connection.close(1008, reason);
  }

  onMessage(data: WireData): void {
    this.lastHeardMs = this.#context.clocks.run.nowMs();
    if (typeof data !== "string") {
      this.#onBinary(data);
      return;
    }
    const message = parseMessage(data);
    if (message === undefined) {
      this.#context.count("bridge_bad_messages");
      return;
    }
    if (message.kind === "hello") this.#onHello(message);
    else if (this.#hello !== undefined) this.#onMessage(message);
  }

  #onBinary(data: Uint8Array): void {
    const frame = this.#hello === undefined ? undefined : decodeSamples(data);
    if (frame === undefined) this.#context.count("bridge_bad_messages");
    else this.#events.onSamples(frame, (handle) => this.#uids.get(handle));
  }

  #onHello(hello: Extract<BridgeToStation, { kind: "hello" }>): void {
    if (this.#hello !== undefined) return;
    const { config } = this.#context;
    if (hello.bridgeId !== config.bridge.id || hello.provenance !== config.site.provenance) {
      this.#context.log("error", "bridge refused", { bridgeId: hello.bridgeId, provenance: hello.provenance });
      this.close(`this station expects bridge ${config.bridge.id}, ${config.site.provenance}`);
      return;
    }
    this.#hello = hello;
    this.#seal?.opened(hello);
    const { journal } = this.#context.kernel.state(fleetRoom);
    const lost = hello.lastSeq < journal.seq;
    if (lost)
      this.#context.log("error", "the bridge's journal is shorter than what is recorded here: it was lost", {
        lastSeq: hello.lastSeq,
        have: journal.seq,
      });
    this.#part = lost || journal.part === "" ? `${hello.bridgeId}:${hello.bootId}` : journal.part;
    this.#nextSeq = lost ? 1 : journal.seq + 1;
    this.#events.onReady(hello);
    this.#checkCaughtUp(this.#nextSeq - 1);
  }

  get haveSeq(): number {
    return this.#nextSeq - 1;
  }

  #onMessage(message: Exclude<BridgeToStation, { kind: "hello" }>): void {
    switch (message.kind) {
      case "fact":
        this.#onFact(message);
        return;
      case "handles":
        this.#uids.clear();
        for (const { handle, uid } of message.handles) this.#uids.set(handle, uid);
        return;
      case "docks":
        this.#events.onDocks(message.docks);
        return;
      case "health":
        this.#events.onHealth(message);
        return;
      case "traffic":
        this.#events.onTraffic(message.seen);
        return;
      case "pong":
        this.#seal?.heard(message.tMs);
        return;
    }
  }

  #onFact(message: Extract<BridgeToStation, { kind: "fact" }>): void {
    const { seq } = message;
    if (seq < this.#nextSeq) {
      this.#context.count("bridge_fact_repeats");
      return;
    }
    if (seq > this.#nextSeq) {
      this.#context.log("error", "gap in the bridge's facts", { expected: this.#nextSeq, got: seq });
      this.close(`gap: expected fact ${this.#nextSeq}, got ${seq}; resume from there`);
      return;
    }
    this.#nextSeq = seq + 1;
    const fact = readFact(message);
    if (fact === undefined) {
      this.#context.count("bridge_bad_facts");
      this.#context.log("error", "a fact of the bridge is not known here: passed over", { type: message.type, seq });
      this.#checkCaughtUp(seq);
      return;
    }
    const options = { origin: { part: this.#part, seq }, tMs: message.tMs };
    const news = [{ type: fact.type, data: fact.data, by: fact.by } as Fact];
    this.#context.kernel.commit(news, (result) => this.#afterCommit(seq, result.kind === "ok"), options);
  }

  #afterCommit(seq: number, ok: boolean): void {
    if (!ok) return;
    this.send({ kind: "ack", seq });
    this.#checkCaughtUp(seq);
  }

  #checkCaughtUp(seq: number): void {
    if (this.#caughtUp || this.#hello === undefined || seq < this.#hello.lastSeq) return;
    this.#caughtUp = true;
    this.#events.onCaughtUp();
  }
}

function parseMessage(data: string): BridgeToStation | undefined {
  try {
    const parsed = bridgeToStation.safeParse(JSON.parse(data));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** A fact of the bridge as the record will hold it: only those that a bridge may state. */
function readFact(message: { seq: number; tMs: number; type: string; data?: unknown }): Fact | undefined {
  if (!bridgeFactNames.has(message.type)) return undefined;
  const parsed = parseFact({
    seq: 0,
    id: "from-bridge",
    type: message.type,
    tMs: message.tMs,
    by: { kind: "system", part: "drone-bridge" },
    prov: "sim",
    data: message.data,
  });
  return parsed.kind === "ok" ? parsed.fact : undefined;
}

export const bridgeLost = (bridgeId: string) => newFact("BridgeLost", { bridgeId }, systemActor);
export const bridgeBack = (bridgeId: string) => newFact("BridgeBack", { bridgeId }, systemActor);
