import type { AppendFile, BridgeFactName, Clock, Disk, FactData, Log } from "@outrider/contract";
import { type KnownRecording, learnRecording } from "./known-recordings.js";
import { type LastKnown, learn } from "./last-known.js";
import { encodeRecord, factsOf, type Intent, type JournalFact, type JournalRecord, readRecords } from "./record.js";

export type KnownOrder = Intent & { readonly outcome: JournalFact | undefined };

type Pending =
  | { readonly kind: "fact"; readonly tMs: number; readonly type: BridgeFactName; readonly data: unknown }
  | {
      readonly kind: "intent";
      readonly tMs: number;
      readonly intent: Intent;
      readonly sent: { readonly type: BridgeFactName; readonly data: unknown };
      readonly done: ((error?: Error) => void) | undefined;
    }
  | { readonly kind: "skip"; readonly seq: number };

const retryMs = 1_000;
/** Facts that close an order. */
const outcomes: ReadonlySet<string> = new Set([
  "OrderDone",
  "OrderRefused",
  "OrderSuperseded",
  "OrderUnconfirmed",
  "PlanReadBack",
]);
const aboutOrders: ReadonlySet<string> = new Set([...outcomes, "OrderSent", "OrderAcknowledged"]);

/**
 * The bridge's own durable memory: facts numbered without gap, and every order that was ever begun. Nothing is told to
 * the station before it is on disk, and nothing that moves leaves before its intent is.
 */
export class Journal {
  readonly #disk: Disk;
  readonly #name: string;
  readonly #run: Clock;
  readonly #wall: Clock;
  readonly #log: Log;
  readonly #orders = new Map<string, { intent: Intent; outcome: JournalFact | undefined }>();
  readonly #approvals = new Set<string>();
  readonly #lastKnown = new Map<string, LastKnown>();
  readonly #recordings = new Map<string, KnownRecording>();
  #facts: JournalFact[] = [];
  #queue: Pending[] = [];
  #file: AppendFile | undefined;
  #writing = false;
  #seq = 0;
  #seqAtOpen = 0;
  #failing = false;
  #closed = false;
  #onDurable: () => void = () => {};

  constructor(deps: { disk: Disk; name: string; run: Clock; wall: Clock; log: Log }) {
    this.#disk = deps.disk;
    this.#name = deps.name;
    this.#run = deps.run;
    this.#wall = deps.wall;
    this.#log = deps.log;
  }

  /** Last number that is on disk. */
  get lastSeq(): number {
    return this.#seq;
  }

  /** False while the disk refuses: nothing that moves is begun then. */
  get writable(): boolean {
    return this.#file !== undefined && !this.#failing;
  }

  onDurable(listener: () => void): void {
    this.#onDurable = listener;
  }

  /** Reads what is there and cuts off a torn last line. Facts said meanwhile wait and follow. */
  open(ready: (error?: Error) => void): void {
    this.#disk.open(this.#name, (opened) => {
      if (opened.kind === "error") return ready(opened.error);
      const { records, wholeBytes, badLines } = readRecords(opened.content);
      if (badLines > 0) this.#log("error", "journal has unreadable lines", { badLines });
      for (const record of records) this.#replay(record);
      this.#seqAtOpen = this.#seq;
      const go = (error?: Error): void => {
        if (error) return ready(error);
        this.#file = opened.file;
        ready();
        this.#write();
      };
      if (wholeBytes === opened.content.byteLength) go();
      else this.#disk.truncate(this.#name, wholeBytes, go);
    });
  }

  close(): void {
    this.#closed = true;
    this.#file?.close();
    this.#file = undefined;
  }

  fact<N extends BridgeFactName>(type: N, data: FactData<N>): void {
    this.#queue.push({ kind: "fact", tMs: this.#run.nowMs(), type, data });
    this.#write();
  }

  /**
   * Writes that an order is begun, together with its `OrderSent`. With `done`, the order waits for it, and an error
   * means that it must not be sent; without, it was sent already (Hold, return, land never wait for a disk).
   */
  intend(intent: Intent, sent: FactData<"OrderSent">, done?: (error?: Error) => void): void {
    if (done !== undefined && !this.writable) return done(new Error("the journal cannot be written"));
    this.#orders.set(intent.orderId, { intent, outcome: undefined });
    if (intent.approvalId !== undefined) this.#approvals.add(intent.approvalId);
    this.#queue.push({ kind: "intent", tMs: this.#run.nowMs(), intent, sent: { type: "OrderSent", data: sent }, done });
    this.#write();
  }

  /** Notes an order that is refused before anything was begun, so that its id is taken for good. */
  remember(intent: Intent): void {
    this.#orders.set(intent.orderId, { intent, outcome: undefined });
  }

  /** An order that was seen before, with its last outcome. */
  knownOrder(orderId: string): KnownOrder | undefined {
    const known = this.#orders.get(orderId);
    return known === undefined ? undefined : { ...known.intent, outcome: known.outcome };
  }

  approvalUsed(approvalId: string): boolean {
    return this.#approvals.has(approvalId);
  }

  /** What was last said of an aircraft, before a restart too. */
  lastKnown(uid: string): Readonly<LastKnown> | undefined {
    return this.#lastKnown.get(uid);
  }

  /** The recordings on the disk, oldest first. */
  recordings(): readonly KnownRecording[] {
    return [...this.#recordings.values()];
  }

  /** Orders begun before and never closed. */
  openOrders(): Intent[] {
    return [...this.#orders.values()].filter((order) => order.outcome === undefined).map((order) => order.intent);
  }

  /** Durable facts behind `seq`, in order. */
  factsAfter(seq: number): readonly JournalFact[] {
    const from = this.#facts.findIndex((fact) => fact.seq > seq);
    return from < 0 ? [] : this.#facts.slice(from);
  }

  /**
   * A station asks for what it had acknowledged before: restored from a copy, it stands further back than it did. Those
   * facts are on the disk alone and are read back; afterwards `factsAfter(seq)` is whole again.
   */
  recall(seq: number, done: () => void): void {
    if (this.#firstHeld() <= seq + 1) return done();
    this.#disk.read(this.#name, (content) => {
      const first = this.#firstHeld();
      if (content === undefined) this.#log("error", "facts that the station asks for again cannot be read", { seq });
      const facts = content === undefined ? [] : factsOf(readRecords(content).records);
      this.#facts = [...facts.filter((fact) => fact.seq > seq && fact.seq < first), ...this.#facts];
      done();
    });
  }

  #firstHeld(): number {
    return this.#facts[0]?.seq ?? this.#seq + 1;
  }

  /** The station has these on its own disk: they need not be kept in memory. */
  acknowledged(seq: number): void {
    const keep = this.#facts.findIndex((fact) => fact.seq > seq);
    this.#facts = keep < 0 ? [] : this.#facts.slice(keep);
  }

  /** The station knows more facts than this journal holds (it was lost or replaced): number on behind them. */
  skipTo(seq: number): void {
    if (seq <= this.#seq) return;
    const again = this.#facts.filter((fact) => fact.seq > this.#seqAtOpen);
    this.#log("error", "the station holds facts that this journal lacks; numbering skips", {
      ours: this.#seqAtOpen,
      theirs: seq,
    });
    this.#facts = this.#facts.filter((fact) => fact.seq <= this.#seqAtOpen);
    this.#seqAtOpen = seq;
    const waiting = this.#queue;
    this.#queue = [
      { kind: "skip", seq },
      ...again.map(({ tMs, type, data }) => ({ kind: "fact" as const, tMs, type, data })),
      ...waiting,
    ];
    this.#write();
  }

  #write(): void {
    const file = this.#file;
    if (file === undefined || this.#writing || this.#failing || this.#queue.length === 0) return;
    const batch = this.#queue;
    this.#queue = [];
    const { records, lastSeq } = this.#number(batch);
    this.#writing = true;
    file.append(new TextEncoder().encode(records.map(encodeRecord).join("")), (error) => {
      this.#writing = false;
      if (this.#closed) return;
      if (error) return this.#failed(batch, error);
      this.#seq = lastSeq;
      for (const record of records) if (record.kind === "fact") this.#keep(record);
      for (const pending of batch) if (pending.kind === "intent") pending.done?.();
      this.#onDurable();
      this.#write();
    });
  }

  /** Numbers are given when written, so that what could not be written leaves no gap. */
  #number(batch: readonly Pending[]): { records: JournalRecord[]; lastSeq: number } {
    let lastSeq = this.#seq;
    const records: JournalRecord[] = [];
    for (const pending of batch) {
      switch (pending.kind) {
        case "fact":
          records.push({ kind: "fact", seq: ++lastSeq, tMs: pending.tMs, type: pending.type, data: pending.data });
          break;
        case "intent":
          records.push({ kind: "intent", tMs: pending.tMs, ...pending.intent });
          records.push({ kind: "fact", seq: ++lastSeq, tMs: pending.tMs, ...pending.sent });
          break;
        case "skip":
          lastSeq = Math.max(lastSeq, pending.seq);
          records.push(pending);
          break;
      }
    }
    return { records, lastSeq };
  }

  /** Orders that waited for the disk are refused; facts stay and are tried again. */
  #failed(batch: readonly Pending[], error: Error): void {
    this.#failing = true;
    this.#log("error", "journal write failed", { error: error.message });
    this.#queue = [
      ...batch.filter((pending) => pending.kind !== "intent" || pending.done === undefined),
      ...this.#queue,
    ];
    for (const pending of batch) {
      if (pending.kind !== "intent" || pending.done === undefined) continue;
      this.#orders.delete(pending.intent.orderId);
      pending.done(error);
    }
    this.#wall.after(retryMs, () => {
      this.#failing = false;
      this.#write();
    });
  }

  #replay(record: JournalRecord): void {
    switch (record.kind) {
      case "fact":
        this.#seq = Math.max(this.#seq, record.seq);
        // A batch whose sync failed may stand there twice: the later writing is the one that was told.
        if (record.seq <= (this.#facts.at(-1)?.seq ?? 0))
          this.#facts = this.#facts.filter((fact) => fact.seq < record.seq);
        this.#keep(record);
        return;
      case "intent":
        this.#orders.set(record.orderId, { intent: record, outcome: undefined });
        if (record.approvalId !== undefined) this.#approvals.add(record.approvalId);
        return;
      case "skip":
        this.#seq = Math.max(this.#seq, record.seq);
        return;
    }
  }

  #keep({ seq, tMs, type, data }: JournalFact): void {
    const fact = { seq, tMs, type, data };
    this.#facts.push(fact);
    learn(this.#lastKnown, fact);
    learnRecording(this.#recordings, fact);
    if (!aboutOrders.has(type)) return;
    // Every fact about an order carries its id (contract, flight-facts).
    const about = data as { orderId: string; uid: string; verb?: string };
    let order = this.#orders.get(about.orderId);
    if (order === undefined) {
      // Refused before it was begun: only its outcome was written.
      order = { intent: { orderId: about.orderId, uid: about.uid, verb: about.verb ?? "" }, outcome: undefined };
      this.#orders.set(about.orderId, order);
    }
    if (outcomes.has(type)) order.outcome = fact;
  }
}
