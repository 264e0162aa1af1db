import type { FactSink } from "../journal/index.js";
import { telemetryTiming } from "./timing.js";

/**
 * Ground-station heartbeats that are not ours. One stranger's heartbeat keeps an aircraft from coming home when ours
 * stop, so hearing one blocks launches and is an alarm in flight.
 */
export class ForeignWatch {
  readonly #sink: FactSink;
  readonly #heard = new Map<string, { uid: string; sysid: number; tMs: number }>();

  constructor(sink: FactSink) {
    this.#sink = sink;
  }

  /** `uid`: the aircraft that it could hold away from home. */
  hear(uid: string, sysid: number, endpoint: string, tMs: number): void {
    const key = `${uid}/${sysid}/${endpoint}`;
    const before = this.#heard.get(key);
    if (before === undefined) this.#sink("ForeignStationHeard", { uid, sysid, endpoint });
    this.#heard.set(key, { uid, sysid, tMs });
  }

  /** Whether one is heard where it could hold this aircraft away from home. */
  heardNear(uid: string): boolean {
    return [...this.#heard.values()].some((each) => each.uid === uid);
  }

  update(tMs: number): void {
    for (const [key, { uid, sysid, tMs: heardMs }] of this.#heard) {
      if (tMs - heardMs < telemetryTiming.foreignGoneMs) continue;
      this.#heard.delete(key);
      this.#sink("ForeignStationGone", { uid, sysid });
    }
  }
}
