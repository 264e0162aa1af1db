import type { Cancel, Clock } from "@outrider/contract";

type Entry = { readonly atMs: number; readonly order: number; readonly run: () => void; cancelled: boolean };

/**
 * The one queue of a simulated world: time jumps to the next event, idle time costs nothing, and two runs of one seed
 * see the same order because ties are broken by the order of scheduling.
 */
export class EventQueue {
  readonly #heap: Entry[] = [];
  #nowMs: number;
  #order = 0;
  #ran = 0;

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  get nowMs(): number {
    return this.#nowMs;
  }

  get ran(): number {
    return this.#ran;
  }

  at(atMs: number, run: () => void): Cancel {
    this.#order += 1;
    const entry: Entry = { atMs: Math.max(atMs, this.#nowMs), order: this.#order, run, cancelled: false };
    this.#push(entry);
    return () => {
      entry.cancelled = true;
    };
  }

  /** Runs the next event, unless it lies after `untilMs`. */
  step(untilMs: number): boolean {
    const next = this.#heap[0];
    if (next === undefined || next.atMs > untilMs) {
      this.#nowMs = Math.max(this.#nowMs, untilMs);
      return false;
    }
    this.#pop();
    this.#nowMs = next.atMs;
    if (!next.cancelled) {
      this.#ran += 1;
      next.run();
    }
    return true;
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let at = heap.push(entry) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || before(above, entry)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = entry;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      const child = this.#smallerChild(at);
      const below = heap[child];
      if (below === undefined || before(last, below)) break;
      heap[at] = below;
      at = child;
    }
    heap[at] = last;
  }

  #smallerChild(at: number): number {
    const left = this.#heap[at * 2 + 1];
    const right = this.#heap[at * 2 + 2];
    return right !== undefined && left !== undefined && before(right, left) ? at * 2 + 2 : at * 2 + 1;
  }
}

const before = (a: Entry, b: Entry): boolean => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);

/** A process's view of the queue. Once `stop` was called nothing that it scheduled runs any more: a killed process. */
export class ProcessClock implements Clock {
  readonly #queue: EventQueue;
  readonly #offsetMs: () => number;
  #dead = false;

  constructor(queue: EventQueue, offsetMs: () => number = () => 0) {
    this.#queue = queue;
    this.#offsetMs = offsetMs;
  }

  nowMs(): number {
    return this.#queue.nowMs + this.#offsetMs();
  }

  after(delayMs: number, run: () => void): Cancel {
    return this.#queue.at(this.#queue.nowMs + Math.max(0, delayMs), () => {
      if (!this.#dead) run();
    });
  }

  stop(): void {
    this.#dead = true;
  }
}
