import type { Chance, Clock, Fact, NewFact, Provenance } from "@outrider/contract";
import type { Room } from "./room.js";

export type Durable = { kind: "ok"; facts: readonly Fact[] } | { kind: "error"; error: Error };

/**
 * Where facts become durable. Calls back in order of the calls. Facts that were refused with an error stay in the
 * store's hands: `late` is called, in the same order and after nothing later, once they are durable after all.
 */
export type FactStore = {
  /** False from the first refused write until everything that was refused is written; undefined: always true. */
  readonly writable?: boolean;
  append(facts: readonly Fact[], done: (error?: Error) => void, late: () => void): void;
};

/** Told of each durable fact. `late`: whoever committed it was told that it could not be written. */
export type FactListener = (fact: Fact, late: boolean) => void;

export type KernelDeps = {
  readonly run: Clock;
  readonly chance: Chance;
  readonly store: FactStore;
  readonly prov: Provenance;
  readonly runId: () => string | undefined;
};

export type CommitOptions = {
  readonly origin?: { readonly part: string; readonly seq: number };
  readonly tMs?: number;
  /**
   * For what a person decides: while the record is known to refuse facts, nothing is made and no state moves. Whoever is
   * then told that nothing was done is told the truth.
   */
  readonly orNothing?: boolean;
};

const mostBehindMs = 60_000;

/**
 * The one place where facts are made. State moves on at once, so that the next decision sees them; everything that
 * others can notice (orders, answers, screens) waits until the facts are on disk: write before act.
 */
export class Kernel {
  readonly #deps: KernelDeps;
  readonly #states = new Map<Room<unknown>, unknown>();
  readonly #listeners: FactListener[] = [];
  readonly #toTell: (() => void)[] = [];
  #telling = false;
  #seq = 0;
  #lastMs = 0;

  constructor(deps: KernelDeps, rooms: readonly Room<unknown>[]) {
    this.#deps = deps;
    for (const room of rooms) this.#states.set(room, room.initial());
  }

  /** Adds rooms of parts that could only be made once the kernel existed; before anything is replayed. */
  add(rooms: readonly Room<unknown>[]): void {
    if (this.#seq > 0) throw new Error("rooms must be added before the first fact: a late room would miss facts");
    for (const room of rooms) if (!this.#states.has(room)) this.#states.set(room, room.initial());
  }

  get seq(): number {
    return this.#seq;
  }

  /** Time of the last fact that the station stamped itself. */
  get lastMs(): number {
    return this.#lastMs;
  }

  nowMs(): number {
    return this.#deps.run.nowMs();
  }

  /** Whether facts reach the disk now. */
  get writable(): boolean {
    return this.#deps.store.writable ?? true;
  }

  newId(prefix: string): string {
    return this.#deps.chance.id(prefix);
  }

  after(delayMs: number, run: () => void): () => void {
    return this.#deps.run.after(delayMs, run);
  }

  state<S>(room: Room<S>): S {
    if (!this.#states.has(room as Room<unknown>))
      throw new Error(`room ${room.name} is not part of this kernel: add it to the list it is made with`);
    // The map is only ever filled with what the same room's initial and evolve returned.
    return this.#states.get(room as Room<unknown>) as S;
  }

  /** Feeds one recorded fact while starting: nobody is told. */
  replay(fact: Fact): void {
    this.#seq = Math.max(this.#seq, fact.seq);
    if (fact.origin === undefined) this.#lastMs = fact.tMs;
    this.#evolve(fact);
  }

  /**
   * Called for each fact, once, in order, when it is durable. Facts that the disk refused are told when it has taken
   * them: they are in the record, and whoever follows it must not miss what happened while the disk was full.
   */
  onDurable(listener: FactListener): void {
    this.#listeners.push(listener);
  }

  commit(news: readonly NewFact[], durable?: (result: Durable) => void, options: CommitOptions = {}): void {
    if (news.length === 0) {
      durable?.({ kind: "ok", facts: [] });
      return;
    }
    if (options.orNothing === true && !this.writable) {
      durable?.({ kind: "error", error: new Error("the record cannot be written now") });
      return;
    }
    const facts = news.map((one) => this.#number(one, options));
    for (const fact of facts) this.#evolve(fact);
    const toAll = (late: boolean): void => {
      for (const fact of facts) for (const listener of this.#listeners) listener(fact, late);
    };
    this.#deps.store.append(
      facts,
      (error) => {
        if (error) {
          durable?.({ kind: "error", error });
          return;
        }
        this.#tell(() => {
          toAll(false);
          durable?.({ kind: "ok", facts });
        });
      },
      () => this.#tell(() => toAll(true)),
    );
  }

  /** A listener may commit more; on a disk that answers at once, others must still hear of the first fact first. */
  #tell(one: () => void): void {
    this.#toTell.push(one);
    if (this.#telling) return;
    this.#telling = true;
    try {
      for (let next = this.#toTell.shift(); next !== undefined; next = this.#toTell.shift()) next();
    } finally {
      this.#telling = false;
    }
  }

  #number(one: NewFact, options: CommitOptions): Fact {
    this.#seq += 1;
    const tMs = options.tMs ?? this.#stamp(one);
    const runId = this.#deps.runId();
    return {
      ...one,
      seq: this.#seq,
      id: this.#deps.chance.id("f"),
      tMs,
      prov: this.#deps.prov,
      ...(runId === undefined ? {} : { runId }),
      ...(options.origin === undefined ? {} : { origin: options.origin }),
    };
  }

  /**
   * Not before what was recorded last: a run that is heard of only after a restart may stand a little behind what the
   * clock guessed until then. Far behind it is another clock, and waiting for it would stop all times.
   */
  #stamp(one: NewFact): number {
    const nowMs = this.#deps.run.nowMs();
    const behindMs = this.#lastMs - nowMs;
    this.#lastMs = one.type !== "RunStarted" && behindMs > 0 && behindMs <= mostBehindMs ? this.#lastMs : nowMs;
    return this.#lastMs;
  }

  #evolve(fact: Fact): void {
    for (const [room, state] of this.#states) this.#states.set(room, room.evolve(state, fact));
  }
}
