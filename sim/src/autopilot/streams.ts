import { messageId, messageName } from "@outrider/mavlink";
import type { Vehicle } from "./vehicle.js";

export type Emitter = (v: Vehicle, param: number) => void;
type Stream = { readonly emit: Emitter; readonly defaultMs: number; intervalMs: number; dueMs: number };

/** Shortest intervals in low fidelity: armed as fast as the world there moves, else as fast as anything changes. */
const coarseArmedMs = 500;
const coarseParkedMs = 1_000;

/** What a vehicle sends by itself and on request, with intervals that SET_MESSAGE_INTERVAL changes. */
export class Streams {
  readonly #v: Vehicle;
  readonly #coarse: boolean;
  readonly #streams = new Map<number, Stream>();
  readonly #onRequest = new Map<number, Emitter>();
  /** Nothing is due before: most ticks end there. */
  #earliestMs = Number.NEGATIVE_INFINITY;

  /** @param coarse low fidelity: streams faster than the coarse intervals are thinned to them, whatever was asked */
  constructor(v: Vehicle, coarse = false) {
    this.#v = v;
    this.#coarse = coarse;
  }

  /** @param hz 0 registers a message that is sent only when asked for */
  add(name: Parameters<typeof messageId>[0], hz: number, emit: Emitter, startMs = 0): void {
    const id = messageId(name);
    if (id === undefined) throw new Error(`message ${name} is not in the dialect`);
    const intervalMs = hz > 0 ? 1000 / hz : -1;
    this.#streams.set(id, { emit, defaultMs: intervalMs, intervalMs, dueMs: startMs });
    this.#lookAhead();
  }

  /** A message that answers REQUEST_MESSAGE but has no stream. */
  addAnswer(name: Parameters<typeof messageId>[0], emit: Emitter): void {
    const id = messageId(name);
    if (id !== undefined) this.#onRequest.set(id, emit);
  }

  /** Sends what is due. */
  step(): void {
    const { tMs, armed } = this.#v;
    if (tMs < this.#earliestMs) return;
    const leastMs = this.#coarse ? (armed ? coarseArmedMs : coarseParkedMs) : 0;
    for (const stream of this.#streams.values()) {
      if (stream.intervalMs <= 0 || tMs < stream.dueMs) continue;
      // Never catches up: after a pause each stream sends once.
      // What is thinned goes out together: fewer, fuller moments for those who read it.
      stream.dueMs =
        leastMs >= stream.intervalMs
          ? (Math.floor(tMs / leastMs) + 1) * leastMs
          : Math.max(stream.dueMs + stream.intervalMs, tMs - stream.intervalMs);
      stream.emit(this.#v, 0);
    }
    this.#lookAhead();
  }

  #lookAhead(): void {
    let earliestMs = Number.POSITIVE_INFINITY;
    for (const { intervalMs, dueMs } of this.#streams.values()) {
      if (intervalMs > 0 && dueMs < earliestMs) earliestMs = dueMs;
    }
    this.#earliestMs = earliestMs;
  }

  /** µs; −1 stops, 0 default. False for a message it cannot send. */
  setRate(id: number, intervalUs: number): boolean {
    const stream = this.#streams.get(id);
    if (stream === undefined) return false;
    stream.intervalMs = intervalUs < 0 ? -1 : intervalUs === 0 ? stream.defaultMs : Math.max(20, intervalUs / 1000);
    stream.dueMs = this.#v.tMs + Math.max(0, stream.intervalMs);
    this.#lookAhead();
    return true;
  }

  tellRate(id: number): boolean {
    const stream = this.#streams.get(id);
    if (stream === undefined) return false;
    this.#v.emit({
      name: "MESSAGE_INTERVAL",
      messageId: id,
      intervalUs: Math.round(stream.intervalMs < 0 ? -1 : stream.intervalMs * 1000),
    });
    return true;
  }

  request(id: number, param: number): boolean {
    const emit = this.#onRequest.get(id) ?? this.#streams.get(id)?.emit;
    if (emit === undefined || messageName(id) === undefined) return false;
    emit(this.#v, param);
    return true;
  }
}
