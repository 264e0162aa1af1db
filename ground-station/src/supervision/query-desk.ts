import { type Clock, type Disk, type Fact, type Log, parseFact } from "@outrider/contract";
import type { FactRecord } from "../record/index.js";
import { MemoryQueries } from "./memory-queries.js";
import { type Asked, type QueryStore, type StoredFact, stored } from "./query-store.js";

/** Opens a database for queries; not called before somebody asks. */
export type OpenQueries = (done: (opened: Asked<QueryStore>) => void) => void;

export type QueryDeskDeps = {
  readonly record: FactRecord;
  readonly disk: Disk;
  readonly wall: Clock;
  readonly log: Log;
  readonly timeZone: string;
  /** Absent where there is no database: questions are then answered from memory. */
  readonly open: OpenQueries | undefined;
};

const factsAtOnce = 1_000;
/** A database that nobody asks holds some hundred MiB for nothing. */
const idleMs = 15 * 60_000;
const decoder = new TextDecoder();
const newline = 10;
const factStart = '{"fact":';
const factEnd = ',"hash":"';

type Asker = (answer: Asked<QueryStore>) => void;
type State =
  | { readonly kind: "closed" }
  | { readonly kind: "filling"; readonly askers: Asker[] }
  | { readonly kind: "ready"; readonly store: QueryStore };

/**
 * The cache over the record for a supervisor's questions: opened and filled from the record's file when somebody first
 * asks, kept up with what happens, given up after a quarter of an hour without a question. Nothing waits for it.
 */
export class QueryDesk {
  readonly #deps: QueryDeskDeps;
  readonly #stored: (fact: Fact) => StoredFact;
  #state: State = { kind: "closed" };
  #fresh: StoredFact[] = [];
  #adding = false;
  #stopIdle: (() => void) | undefined;

  constructor(deps: QueryDeskDeps) {
    this.#deps = deps;
    this.#stored = stored(deps.timeZone);
  }

  onFact(fact: Fact): void {
    if (this.#state.kind === "closed") return;
    this.#fresh.push(this.#stored(fact));
    if (this.#state.kind === "ready") this.#follow(this.#state.store, () => undefined);
  }

  /** The cache with everything that was on disk when it was asked for. */
  ask(asker: Asker): void {
    const state = this.#state;
    switch (state.kind) {
      case "ready":
        this.#used();
        return this.#follow(state.store, (error) =>
          asker(error === undefined ? { kind: "ok", value: state.store } : { kind: "error", error }),
        );
      case "filling":
        state.askers.push(asker);
        return;
      case "closed":
        this.#state = { kind: "filling", askers: [asker] };
        return this.#open();
    }
  }

  #open(): void {
    const { open, log } = this.#deps;
    if (open === undefined) return this.#fill(new MemoryQueries());
    open((opened) => {
      if (this.#state.kind !== "filling") {
        if (opened.kind === "ok") opened.value.close();
        return;
      }
      if (opened.kind === "error")
        log("warn", "no database for queries: they are answered from memory", { error: opened.error.message });
      this.#fill(opened.kind === "ok" ? opened.value : new MemoryQueries());
    });
  }

  #fill(store: QueryStore): void {
    const { disk, record } = this.#deps;
    disk.read(record.name, (bytes) => {
      if (bytes === undefined) return this.#end(store, new Error("the record's file cannot be read"));
      this.#fillFrom(store, bytes, 0);
    });
  }

  /** Some lines at a time: a long record must not hold up those who fly. The chain was proven when the station started. */
  #fillFrom(store: QueryStore, bytes: Uint8Array, from: number): void {
    if (this.#state.kind !== "filling") return store.close();
    const rows: StoredFact[] = [];
    let at = from;
    for (let end = bytes.indexOf(newline, at); end !== -1; end = bytes.indexOf(newline, at)) {
      const fact = factOf(decoder.decode(bytes.subarray(at, end)));
      if (fact !== undefined) rows.push(this.#stored(fact));
      at = end + 1;
      if (rows.length >= factsAtOnce) break;
    }
    if (rows.length === 0) return this.#follow(store, (error) => this.#end(store, error));
    store.add(rows, (error) => {
      if (error) return this.#end(store, error);
      this.#deps.wall.after(0, () => this.#fillFrom(store, bytes, at));
    });
  }

  #end(store: QueryStore, error: Error | undefined): void {
    const state = this.#state;
    if (state.kind !== "filling") return store.close();
    if (error !== undefined) {
      this.#deps.log("error", "the cache for queries could not be filled", { error: error.message });
      this.close();
      store.close();
      for (const asker of state.askers) asker({ kind: "error", error });
      return;
    }
    this.#state = { kind: "ready", store };
    this.#used();
    for (const asker of state.askers) asker({ kind: "ok", value: store });
  }

  /** Adds what has happened since; one batch at a time, in order. */
  #follow(store: QueryStore, done: (error?: Error) => void): void {
    if (this.#fresh.length === 0 && !this.#adding) return done();
    if (this.#adding) return void this.#deps.wall.after(5, () => this.#follow(store, done));
    const rows = this.#fresh;
    this.#fresh = [];
    this.#adding = true;
    store.add(rows, (error) => {
      this.#adding = false;
      if (error) return done(error);
      this.#follow(store, done);
    });
  }

  #used(): void {
    this.#stopIdle?.();
    this.#stopIdle = this.#deps.wall.after(idleMs, () => this.close());
  }

  close(): void {
    this.#stopIdle?.();
    if (this.#state.kind === "ready") this.#state.store.close();
    this.#state = { kind: "closed" };
    this.#fresh = [];
    this.#adding = false;
  }
}

/** The fact of a line of the record; undefined for what is none, which the record itself would not have taken. */
function factOf(line: string): Fact | undefined {
  const end = line.lastIndexOf(factEnd);
  if (!line.startsWith(factStart) || end < 0) return undefined;
  try {
    const parsed = parseFact(JSON.parse(line.slice(factStart.length, end)));
    return parsed.kind === "ok" ? parsed.fact : undefined;
  } catch {
    return undefined;
  }
}
