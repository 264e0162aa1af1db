import type { AppendFile, Clock, Disk, Fact, Log } from "@outrider/contract";
import { chainLine, genesisHash } from "./line.js";
import { walkRecord } from "./verify.js";

export type RecordDeps = {
  readonly disk: Disk;
  readonly name: string;
  /** Wall time: paces attempts to write again after the disk refused. */
  readonly wall: Clock;
  readonly log: Log;
};

export type RecordOpened = { kind: "ok"; count: number } | { kind: "refused"; why: string };
export type RecordHead = { readonly seq: number; readonly headHash: string };

type Waiting = {
  readonly text: string;
  readonly lastSeq: number;
  readonly hash: string;
  readonly done: (e?: Error) => void;
  /** Told once when a write that was refused stands on the disk after all. */
  readonly late: () => void;
};

const retryMs = 1_000;
const encoder = new TextEncoder();

/**
 * The truth: an append-only, hash-chained file of facts. One append is in flight; everything that arrives meanwhile
 * goes with the next one (group commit). When the disk refuses, the writers are told so at once, because nothing may
 * act on what is not written; the lines are kept in memory and written when the disk takes them again, since their
 * sequence numbers are given and the record must have no gap.
 */
export class FactRecord {
  readonly #deps: RecordDeps;
  readonly #hashes: string[] = [];
  #file: AppendFile | undefined;
  #head: RecordHead = { seq: 0, headHash: genesisHash };
  #chainHash = genesisHash;
  #queue: Waiting[] = [];
  #inFlight = false;
  #unwritten: Waiting[] = [];
  #durableBytes = 0;
  #closed = false;
  #retrying = false;
  #onWritable: ((writable: boolean) => void) | undefined;

  constructor(deps: RecordDeps) {
    this.#deps = deps;
  }

  /** Replays the file, cuts a torn last line, and refuses a broken chain: a station must not go on on a changed past. */
  open(replay: (fact: Fact) => void, ready: (opened: RecordOpened) => void): void {
    this.#deps.disk.open(this.#deps.name, (opened) => {
      if (opened.kind === "error") {
        ready({ kind: "refused", why: `record ${this.#deps.name} cannot be opened: ${opened.error.message}` });
        return;
      }
      this.#file = opened.file;
      const walked = walkRecord(opened.content, (fact, hash, endByte) => {
        this.#hashes.push(hash);
        this.#durableBytes = endByte;
        replay(fact);
      });
      if (walked.kind === "broken") {
        opened.file.close();
        ready({
          kind: "refused",
          why: `record ${this.#deps.name} is broken at fact ${walked.badSeq}: the line ${walked.why}. Keep the file as it is, restore a copy whose head you hold, and start again.`,
        });
        return;
      }
      this.#head = { seq: walked.count, headHash: walked.headHash };
      this.#chainHash = walked.headHash;
      this.#cutTorn(walked.tornBytes, () => ready({ kind: "ok", count: walked.count }));
    });
  }

  #cutTorn(tornBytes: number, done: () => void): void {
    if (tornBytes === 0) {
      done();
      return;
    }
    this.#deps.log("warn", "record ended in a torn line: cut, it was never acknowledged", { tornBytes });
    this.#deps.disk.truncate(this.#deps.name, this.#durableBytes, (error) => {
      if (error) this.#deps.log("error", "torn tail could not be cut yet", { error: error.message });
      if (error) this.#fail([]);
      done();
    });
  }

  /** Calls when the disk stops taking facts and when it takes them again (by then everything kept back is written). */
  onWritable(listener: (writable: boolean) => void): void {
    this.#onWritable = listener;
  }

  get writable(): boolean {
    return this.#unwritten.length === 0 && !this.#retrying;
  }

  /** Last fact that is on disk. */
  get head(): RecordHead {
    return this.#head;
  }

  get name(): string {
    return this.#deps.name;
  }

  /** RFC 6962 leaf hashes of the facts 1…head, in hex. */
  get leafHashes(): readonly string[] {
    return this.#hashes;
  }

  /**
   * `done` is called once: when the facts are on disk, or at once with why they are not. Refused facts are kept, since
   * their numbers are given; `late` is called once, in order, when they have been written after all.
   */
  append(facts: readonly Fact[], done: (error?: Error) => void, late: () => void = () => undefined): void {
    let text = "";
    let hash = this.#chainHash;
    let lastSeq = this.#head.seq;
    const hashes: string[] = [];
    try {
      for (const fact of facts) {
        const chained = chainLine(fact, hash);
        text += chained.line;
        hash = chained.hash;
        hashes.push(hash);
        lastSeq = fact.seq;
      }
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    this.#chainHash = hash;
    this.#hashes.push(...hashes);
    const waiting: Waiting = { text, lastSeq, hash, done, late };
    if (!this.writable) {
      this.#unwritten.push(waiting);
      done(new Error("the record cannot be written now: nothing may act on this before it can"));
      return;
    }
    this.#queue.push(waiting);
    this.#flush();
  }

  #flush(): void {
    const file = this.#file;
    if (this.#inFlight || this.#queue.length === 0 || file === undefined || this.#closed) return;
    this.#inFlight = true;
    const batch = this.#queue;
    this.#queue = [];
    const bytes = encoder.encode(batch.map((one) => one.text).join(""));
    file.append(bytes, (error) => {
      if (this.#closed) return;
      if (error) {
        this.#inFlight = false;
        this.#deps.log("error", "record append failed", { error: error.message, facts: batch.length });
        this.#fail(batch, error);
        return;
      }
      this.#settle(batch, bytes.byteLength);
      this.#tell(batch, "done");
    });
  }

  /** What is committed while writers are told goes after what they are told of: a disk that answers at once must not overtake. */
  #tell(batch: readonly Waiting[], what: "done" | "late"): void {
    this.#inFlight = true;
    try {
      for (const one of batch) one[what]();
    } finally {
      this.#inFlight = false;
      this.#flush();
    }
  }

  #settle(batch: readonly Waiting[], bytes: number): void {
    this.#durableBytes += bytes;
    const last = batch.at(-1);
    if (last) this.#head = { seq: last.lastSeq, headHash: last.hash };
  }

  #fail(batch: readonly Waiting[], error?: Error): void {
    const refused = [...batch, ...this.#queue];
    this.#queue = [];
    this.#unwritten.push(...refused);
    if (!this.#retrying) {
      this.#retrying = true;
      this.#onWritable?.(false);
      this.#deps.wall.after(retryMs, () => this.#retry());
    }
    const why = error ?? new Error("the record cannot be written now");
    for (const one of refused) one.done(why);
  }

  /** A failed append may have left part of itself: cut back to what is known to be whole, then write all that was kept. */
  #retry(): void {
    const file = this.#file;
    if (this.#closed || file === undefined) return;
    this.#deps.disk.truncate(this.#deps.name, this.#durableBytes, (cutError) => {
      if (this.#closed) return;
      if (cutError) {
        this.#deps.wall.after(retryMs, () => this.#retry());
        return;
      }
      // A copy: what is refused while these are being written is not among them, and must not count as written.
      const batch = [...this.#unwritten];
      const bytes = encoder.encode(batch.map((one) => one.text).join(""));
      file.append(bytes, (error) => {
        if (this.#closed) return;
        if (error) {
          this.#deps.wall.after(retryMs, () => this.#retry());
          return;
        }
        this.#settle(batch, bytes.byteLength);
        this.#unwritten = this.#unwritten.slice(batch.length);
        if (this.#unwritten.length > 0) {
          for (const one of batch) one.late();
          this.#retry();
          return;
        }
        this.#retrying = false;
        this.#deps.log("info", "record is written again", { facts: batch.length });
        this.#tell(batch, "late");
        if (this.writable) this.#onWritable?.(true);
      });
    });
  }

  close(): void {
    this.#closed = true;
    this.#file?.close();
  }
}

export const createRecord = (deps: RecordDeps): FactRecord => new FactRecord(deps);
