import type { LinkState } from "@outrider/contract";
import type { FactSink } from "../journal/index.js";
import type { AircraftState } from "./state.js";
import { telemetryTiming } from "./timing.js";

/** Live, late, lost and back, by frames of the autopilot alone: a radio that talks about itself is not an aircraft. */
export class LinkWatch {
  readonly #uid: string;
  readonly #sink: FactSink;
  #link: LinkState = "never";
  #lostSinceMs = 0;
  #pulled = false;

  /** `lost`: it was told lost before a restart, so that its return is told too. */
  constructor(uid: string, sink: FactSink, lost: boolean, nowMs: number) {
    this.#uid = uid;
    this.#sink = sink;
    this.#link = lost ? "lost" : "never";
    this.#lostSinceMs = nowMs;
  }

  get link(): LinkState {
    return this.#link;
  }

  /** The last way to the aircraft was unplugged or closed: lost now, without waiting for silence. */
  pulled(state: AircraftState, tMs: number): void {
    this.#pulled = true;
    this.update(state, tMs);
  }

  /** Frames arrive again by some way. */
  plugged(): void {
    this.#pulled = false;
  }

  update(state: AircraftState, tMs: number): void {
    const ageMs = tMs - state.autopilotMs;
    const link = this.#judge(state, ageMs, tMs);
    if (link === this.#link) return;
    const before = this.#link;
    this.#link = link;
    const uid = this.#uid;
    const ageS = Math.max(0, Number.isFinite(ageMs) ? ageMs / 1000 : 0);
    if (link === "late" && before === "live") this.#sink("LinkLate", { uid, ageS });
    if (link === "lost") {
      this.#lostSinceMs = state.autopilotMs;
      this.#sink("LinkLost", { uid, ageS });
    }
    // Late ends as well as lost does: an alarm that was raised for it must be able to end with its cause.
    if (link === "live" && before === "lost")
      this.#sink("LinkBack", { uid, lostS: Math.max(0, (tMs - this.#lostSinceMs) / 1000) });
    if (link === "live" && before === "late") this.#sink("LinkBack", { uid, lostS: 0 });
  }

  #judge(state: AircraftState, ageMs: number, tMs: number): LinkState {
    // By satellite it is heard, and never quickly enough to be flown by: late, until that falls silent too. Beside
    // heartbeats it says nothing of the link that they come by.
    const lowRate =
      tMs - state.heartbeatMs > telemetryTiming.lateMs &&
      state.lowRateMs >= state.heartbeatMs &&
      Number.isFinite(state.lowRateMs) &&
      tMs - state.lowRateMs <= telemetryTiming.lowRateLostMs;
    if (lowRate && !this.#pulled && this.#link !== "never") return "late";
    if (this.#pulled || ageMs > telemetryTiming.lostMs) return this.#link === "never" ? "never" : "lost";
    if (this.#link === "lost" && !isBack(state, tMs)) return "lost";
    return ageMs > telemetryTiming.lateMs ? "late" : "live";
  }
}

/** Two heartbeats within three seconds, the last of them fresh. */
function isBack(state: AircraftState, tMs: number): boolean {
  return (
    state.heartbeatMs - state.previousHeartbeatMs <= telemetryTiming.backWithinMs &&
    tMs - state.heartbeatMs <= telemetryTiming.backWithinMs
  );
}
