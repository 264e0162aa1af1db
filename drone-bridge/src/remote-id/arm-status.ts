import { MavOdidArmStatus, type MessageOf } from "@outrider/mavlink";
import type { FactSink } from "../journal/index.js";
import { remoteIdTiming } from "./timing.js";

/** `none`: the aircraft has no module that tells. */
export type RemoteIdState = "none" | "good" | "failed" | "silent";

/**
 * What the aircraft's remote ID module says of itself (OPEN_DRONE_ID_ARM_STATUS). A module that was heard and fell
 * silent is a failure: an aircraft may not fly without being identifiable.
 */
export class RemoteIdWatch {
  readonly #uid: string;
  readonly #sink: FactSink;
  #heardMs: number | undefined;
  #good = false;
  #reason = "";
  #told: RemoteIdState = "none";
  #toldReason = "";
  #toldMs = Number.NEGATIVE_INFINITY;

  constructor(uid: string, sink: FactSink) {
    this.#uid = uid;
    this.#sink = sink;
  }

  hear(message: MessageOf<"OPEN_DRONE_ID_ARM_STATUS">, tMs: number): void {
    this.#heardMs = tMs;
    this.#good = message.status === MavOdidArmStatus.GOOD_TO_ARM;
    // From a module of any maker: only what can be printed goes on.
    this.#reason = this.#good ? "" : message.error.replace(/[^\x20-\x7e]/g, "").trim();
  }

  state(tMs: number): RemoteIdState {
    if (this.#heardMs === undefined) return "none";
    if (tMs - this.#heardMs > remoteIdTiming.silentMs) return "silent";
    return this.#good ? "good" : "failed";
  }

  /** The aircraft began anew: what its module said before is nothing that it says now. */
  rebooted(): void {
    this.#heardMs = undefined;
    this.#told = "none";
    this.#toldMs = Number.NEGATIVE_INFINITY;
  }

  update(tMs: number): void {
    const state = this.state(tMs);
    if (state === "none" || (state === this.#told && this.#reason === this.#toldReason)) return;
    if (tMs - this.#toldMs < remoteIdTiming.againMs) return;
    this.#told = state;
    this.#toldReason = this.#reason;
    this.#toldMs = tMs;
    this.#sink("RemoteIdChanged", { uid: this.#uid, state, text: this.#words(state) });
  }

  #words(state: RemoteIdState): string {
    if (state === "good") return "the remote ID module is ready";
    if (state === "silent") return `nothing from the remote ID module for ${remoteIdTiming.silentMs / 1000} s`;
    return this.#reason === "" ? "the remote ID module is not ready and does not say why" : this.#reason;
  }
}
