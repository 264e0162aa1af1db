import { MavState, MavType, type MessageOf } from "@outrider/mavlink";
import type { FactSink } from "../journal/index.js";
import { telemetryTiming } from "./timing.js";

/** A parachute that is a component of its own: ready, at fault, or silent. It is released by the aircraft, not from here. */
export class ParachuteWatch {
  readonly #uid: string;
  readonly #sink: FactSink;
  #heardMs: number | undefined;
  #ready = false;
  #told: string | undefined;

  constructor(uid: string, sink: FactSink) {
    this.#uid = uid;
    this.#sink = sink;
  }

  hear(message: MessageOf<"HEARTBEAT">, tMs: number): void {
    if (message.type !== MavType.PARACHUTE) return;
    this.#heardMs = tMs;
    this.#ready = message.systemStatus === MavState.STANDBY || message.systemStatus === MavState.ACTIVE;
  }

  update(tMs: number): void {
    if (this.#heardMs === undefined) return;
    const silent = tMs - this.#heardMs > telemetryTiming.lostMs;
    const state = silent ? "silent" : this.#ready ? "ready" : "failed";
    if (state === this.#told) return;
    this.#told = state;
    this.#sink("ParachuteChanged", { uid: this.#uid, state });
  }
}
