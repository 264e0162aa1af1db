import type { Chance, Clock, Fact, NewFact, Provenance } from "@outrider/contract";
import type { Room } from "./room.js";

export type Durable = { kind: "ok"; facts: readonly Fact[] } | { kind: "error"; error: Error };

/**
 * Where facts become durable. Calls back in order of the calls. Facts that were refused with an error stay in the
 * store's hands: `late` is called, in the same order and after nothing later, once they are durable after all.
 */
export type FactStore = {
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
};

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

  nowMs(): number {
    return this.#deps.run.nowMs();
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
    const tMs = options.tMs ?? this.#deps.run.nowMs();
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

  #evolve(fact: Fact): void {
    for (const [room, state] of this.#states) this.#states.set(room, room.evolve(state, fact));
  }
}
