import type { SentEvent } from "./event-table.js";
import { bootTimeMs, type Vehicle } from "./vehicle.js";

/** PX4 keeps this many for those who ask again. */
const kept = 20;
/** PX4 begins here, so that the number soon goes round. */
const firstSeq = 0xffff - 10;
/** So many of a request are answered: the answer to one small message must not fill the link. */
const mostAnswered = 64;
/** Between two numbers told without an event. */
const currentMs = 3_000;
const resetFlag = 1;
const reasonUnavailable = 0;

type KeptEvent = { readonly seq: number; readonly bootMs: number; readonly event: SentEvent };

/** The events interface of PX4 (`mavlink_events.cpp`): numbered, kept for a while, sent again when asked for. */
export class EventLog {
  #seq = firstSeq;
  #toldMs = Number.NEGATIVE_INFINITY;
  readonly #events: KeptEvent[] = [];

  send(v: Vehicle, event: SentEvent): void {
    this.#seq = (this.#seq + 1) & 0xffff;
    // The number comes before the first event, so that nobody misses those before it.
    if (this.#events.length === 0) this.#tell(v, true);
    const one = { seq: this.#seq, bootMs: bootTimeMs(v), event };
    this.#events.push(one);
    if (this.#events.length > kept) this.#events.shift();
    emit(v, one);
  }

  /** Tells the latest number every three seconds, by which a lost last event is noticed. */
  step(v: Vehicle): void {
    if (v.tMs - this.#toldMs > currentMs) this.#tell(v, this.#events.length === 0);
  }

  /** REQUEST_EVENT. */
  repeat(v: Vehicle, first: number, last: number, to: { readonly sysid: number; readonly compid: number }): void {
    const count = Math.min(mostAnswered, ((last - first) & 0xffff) + 1);
    for (let n = 0; n < count; n++) {
      const seq = (first + n) & 0xffff;
      const found = this.#events.find((event) => event.seq === seq);
      if (found !== undefined) emit(v, found);
      else
        v.emit({
          name: "RESPONSE_EVENT_ERROR",
          targetSystem: to.sysid,
          targetComponent: to.compid,
          sequence: seq,
          sequenceOldestAvailable: this.#oldestAfter(seq),
          reason: reasonUnavailable,
        });
    }
  }

  #oldestAfter(seq: number): number {
    let oldest = this.#seq;
    let least = 0xffff;
    for (const event of this.#events) {
      const ahead = (event.seq - seq) & 0xffff;
      if (ahead === 0 || ahead >= least) continue;
      least = ahead;
      oldest = event.seq;
    }
    return oldest;
  }

  #tell(v: Vehicle, reset: boolean): void {
    this.#toldMs = v.tMs;
    v.emit({ name: "CURRENT_EVENT_SEQUENCE", sequence: this.#seq, flags: reset ? resetFlag : 0 });
  }
}

function emit(v: Vehicle, { seq, bootMs, event }: KeptEvent): void {
  v.emit({
    name: "EVENT",
    destinationComponent: 0,
    destinationSystem: 0,
    id: event.id,
    eventTimeBootMs: bootMs,
    sequence: seq,
    logLevels: event.logLevels,
    arguments: event.args,
  });
}
