import {
  type BridgeToStation,
  type Cancel,
  type Chance,
  type Clocks,
  type Connection,
  type Dialer,
  type Log,
  type Order,
  type OrderProof,
  type StationSaid,
  type StationToBridge,
  stationToBridge,
  type WireData,
} from "@outrider/contract";
import type { Journal, JournalFact } from "../journal/index.js";
import { backoffMs } from "../link/index.js";
import { uplinkTiming } from "./timing.js";

export type UplinkDeps = {
  readonly url: string;
  readonly token: string;
  readonly bridgeId: string;
  readonly bootId: string;
  readonly provenance: "live" | "sim";
  readonly clocks: Clocks;
  readonly chance: Chance;
  readonly dialer: Dialer;
  readonly journal: Journal;
  readonly log: Log;
  /** Asked anew for each connection: what orders on it must be signed for. */
  readonly challenge: () => { readonly challenge: string; readonly tMs: number };
  /** Whether something beside orders is the station's own; asked once for each. */
  readonly judge: (said: StationSaid) => Standing;
  /** What is `foreign` comes too, since there is an answer to some of it; it may change nothing. */
  readonly onSaid: (said: StationSaid, standing: Standing) => void;
  readonly onOrder: (order: Order, proof: OrderProof | undefined) => void;
  /** Welcomed: now is the time to say handles, docks and health. */
  readonly onWelcome: () => void;
};

export type Standing = "own" | "unverifiable" | "foreign";

type Welcome = Extract<StationToBridge, { kind: "welcome" }>;

/** The wire to the station: facts in order and exactly once by number, samples only while they are fresh. */
export class Uplink {
  readonly #deps: UplinkDeps;
  #connection: Connection | undefined;
  #welcomed = false;
  /** The connection on which facts may go: not before those that the station lacks are at hand. */
  #telling: Connection | undefined;
  #pumping = false;
  #sentSeq = 0;
  #attempt = 0;
  #heardMs = 0;
  #hangUp: Cancel | undefined;
  #redial: Cancel | undefined;
  #closed = false;
  #badMessages = 0;
  #skippedSamples = 0;

  constructor(deps: UplinkDeps) {
    this.#deps = deps;
    deps.journal.onDurable(() => this.pump());
  }

  get stats(): { connected: boolean; badMessages: number; skippedSamples: number } {
    return { connected: this.#welcomed, badMessages: this.#badMessages, skippedSamples: this.#skippedSamples };
  }

  dial(): void {
    if (this.#closed) return;
    this.#redial = undefined;
    let over = false;
    const end = (reason: string): void => {
      if (over) return;
      over = true;
      this.#lost(reason);
    };
    this.#hangUp = this.#deps.dialer.dial(
      this.#deps.url,
      { authorization: `Bearer ${this.#deps.token}` },
      {
        onOpen: (connection) => {
          if (!over) this.#opened(connection);
        },
        onMessage: (data) => {
          if (!over) this.#hear(data);
        },
        onClose: end,
      },
    );
  }

  close(): void {
    this.#closed = true;
    this.#redial?.();
    this.#connection?.close(1001, "the bridge is closing");
    this.#hangUp?.();
    this.#connection = undefined;
    this.#welcomed = false;
  }

  /** Notices a connection that is open and dead. */
  update(): void {
    const tMs = this.#deps.clocks.run.nowMs();
    if (this.#connection === undefined || tMs - this.#heardMs < uplinkTiming.silentMs) return;
    const connection = this.#connection;
    this.#heardMs = tMs;
    connection.close(1001, "the station is silent");
  }

  /** Run time was set to that of another run. */
  shift(byMs: number): void {
    this.#heardMs += byMs;
  }

  tell(message: BridgeToStation): void {
    if (this.#welcomed) this.#connection?.send(JSON.stringify(message));
  }

  /** False when the samples were dropped because the station does not keep up. */
  samples(bytes: Uint8Array): boolean {
    const connection = this.#connection;
    if (connection === undefined || !this.#welcomed) return false;
    if (connection.bufferedBytes() > uplinkTiming.samplesUnderBytes) {
      this.#skippedSamples++;
      return false;
    }
    connection.send(bytes);
    return true;
  }

  /** Sends what is durable and not sent yet, in order. */
  pump(): void {
    const connection = this.#connection;
    if (connection === undefined || this.#telling !== connection) return;
    // An acknowledgement can come while a fact is being sent; two rounds at once would send the rest twice.
    if (this.#pumping) return;
    this.#pumping = true;
    try {
      for (const fact of this.#deps.journal.factsAfter(this.#sentSeq)) {
        if (this.#telling !== connection || connection.bufferedBytes() > uplinkTiming.factsUnderBytes) return;
        this.#sentSeq = fact.seq;
        this.#sendFact(connection, fact);
      }
    } finally {
      this.#pumping = false;
    }
  }

  /** Says one fact again under its old number: the answer to an order that was seen before. */
  again(fact: JournalFact): void {
    const connection = this.#connection;
    if (connection !== undefined && this.#telling === connection && fact.seq <= this.#sentSeq)
      this.#sendFact(connection, fact);
  }

  #sendFact(connection: Connection, { seq, tMs, type, data }: JournalFact): void {
    connection.send(JSON.stringify({ kind: "fact", seq, tMs, type, data } satisfies BridgeToStation));
  }

  #opened(connection: Connection): void {
    this.#connection = connection;
    this.#heardMs = this.#deps.clocks.run.nowMs();
    const { bridgeId, bootId, provenance, journal } = this.#deps;
    const hello: BridgeToStation = {
      kind: "hello",
      version: 1,
      bridgeId,
      bootId,
      lastSeq: journal.lastSeq,
      provenance,
      ...this.#deps.challenge(),
    };
    connection.send(JSON.stringify(hello));
  }

  #hear(data: WireData): void {
    const message = read(data);
    if (message === undefined) {
      this.#badMessages++;
      return;
    }
    this.#heardMs = this.#deps.clocks.run.nowMs();
    switch (message.kind) {
      case "welcome":
        // A second one could take back which key orders on this connection must be signed with.
        if (this.#welcomed) this.#badMessages++;
        else this.#onWelcome(message);
        return;
      case "ack":
        // Beyond what was sent it would hide facts that the station never had.
        if (message.seq > this.#sentSeq) this.#badMessages++;
        else this.#deps.journal.acknowledged(message.seq);
        this.pump();
        return;
      default:
        // Orders before the welcome come from a peer that does not follow the protocol.
        if (!this.#welcomed) this.#badMessages++;
        else if (message.kind === "order") this.#deps.onOrder(message.order, message.proof);
        else this.#deps.onSaid(message, this.#deps.judge(message));
    }
  }

  #onWelcome(message: Welcome): void {
    const { journal, judge, onSaid, onWelcome } = this.#deps;
    const standing = judge(message);
    // Numbers that are skipped stay skipped on the disk: a stranger's word would part bridge and station for good.
    const haveSeq = standing === "own" ? message.haveSeq : Math.min(message.haveSeq, journal.lastSeq);
    this.#attempt = 0;
    this.#welcomed = true;
    this.#sentSeq = haveSeq;
    journal.skipTo(haveSeq);
    onSaid(message, standing);
    onWelcome();
    this.#goOnFrom(haveSeq);
  }

  #goOnFrom(haveSeq: number): void {
    const connection = this.#connection;
    this.#deps.journal.recall(haveSeq, () => {
      if (this.#connection !== connection) return;
      this.#telling = connection;
      this.pump();
    });
  }

  #lost(reason: string): void {
    this.#connection = undefined;
    this.#telling = undefined;
    this.#welcomed = false;
    if (this.#closed || this.#redial !== undefined) return;
    this.#deps.log("warn", "the station is not connected", { reason });
    const delayMs = backoffMs(
      this.#attempt++,
      uplinkTiming.redialFirstMs,
      uplinkTiming.redialMaxMs,
      this.#deps.chance.unit(),
    );
    this.#redial = this.#deps.clocks.wall.after(delayMs, () => this.dial());
  }
}

function read(data: WireData): StationToBridge | undefined {
  if (typeof data !== "string") return undefined;
  try {
    const parsed = stationToBridge.safeParse(JSON.parse(data));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
