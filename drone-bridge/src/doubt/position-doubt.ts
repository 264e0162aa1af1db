import type { FactSink } from "../journal/index.js";
import type { AircraftState } from "../telemetry/index.js";
import { Reckoning } from "./reckoning.js";
import { type Sign, signsOf } from "./signs.js";
import { doubtTiming } from "./timing.js";

const advice = "Two signs: hold, then fly by hand or land where it is clear; a return follows the same GNSS";

/**
 * Says when a position is not to be believed, with the reason. A jump shows for 6 to 8 s before the filter believes
 * it, so it is remembered until it is undone; a slow spoof hardly shows at all. Seen means doubt, not seen means
 * nothing.
 */
export class PositionDoubt {
  readonly #uid: string;
  readonly #sink: FactSink;
  readonly #reckoning = new Reckoning();
  #sinceMs: number | undefined;
  #bootMs: number | undefined;
  #fixMs: number | undefined;
  #heardSinceMs: number | undefined;
  #judgedMs = Number.NEGATIVE_INFINITY;
  #calmSinceMs: number | undefined;
  #doubted = false;
  #saidTwo = false;
  /** What made the doubt is not known any more: calm must last longer, or until nothing flies. */
  #inherited: boolean;

  /** `doubted`: it was told before a restart, so that trust is told too. */
  constructor(uid: string, sink: FactSink, doubted: boolean) {
    this.#uid = uid;
    this.#sink = sink;
    this.#doubted = doubted;
    this.#inherited = doubted;
  }

  get doubted(): boolean {
    return this.#doubted;
  }

  update(state: AircraftState, tMs: number): void {
    if (Number.isFinite(state.positionMs)) this.#reckon(state, tMs);
    if (tMs - this.#judgedMs < doubtTiming.judgeEveryMs) return;
    this.#judgedMs = tMs;
    this.#heardSinceMs = tMs - state.positionMs < doubtTiming.gnssFreshMs ? (this.#heardSinceMs ?? tMs) : undefined;
    const signs = signsOf(state, this.#reckoning, this.#heardSinceMs ?? tMs, tMs);
    const [first] = signs;
    if (first === undefined) return this.#calm(state.armed, tMs);
    this.#sinceMs ??= tMs;
    this.#calmSinceMs = undefined;
    if (tMs - this.#sinceMs >= doubtTiming.doubtAfterMs) this.#say(first, signs);
  }

  #reckon(state: AircraftState, tMs: number): void {
    const { bootMs, latDeg, lonDeg, velNorthMps, velEastMps, gnss } = state;
    // Called for every frame of every aircraft; most of them say nothing of where it is.
    if (bootMs === this.#bootMs && gnss?.tMs === this.#fixMs) return;
    this.#bootMs = bootMs;
    this.#fixMs = gnss?.tMs;
    const fix = gnss !== undefined && gnss.fixType >= 3 ? gnss : undefined;
    this.#reckoning.take({ bootMs, latDeg, lonDeg, velNorthMps, velEastMps }, fix, tMs);
  }

  #calm(armed: boolean, tMs: number): void {
    this.#sinceMs = undefined;
    this.#calmSinceMs ??= tMs;
    const waitMs = this.#inherited && armed ? doubtTiming.inheritedMs : doubtTiming.trustAfterMs;
    if (!this.#doubted || tMs - this.#calmSinceMs <= waitMs) return;
    this.#doubted = false;
    this.#inherited = false;
    this.#saidTwo = false;
    this.#sink("PositionTrusted", { uid: this.#uid });
  }

  /** Once, and once more when a second kind of sign comes to the first: then it is for the pilot to act. */
  #say(first: Sign, signs: readonly Sign[]): void {
    const two = new Set(signs.map((sign) => sign.kind)).size > 1;
    if (this.#doubted && (this.#saidTwo || !two)) return;
    this.#doubted = true;
    this.#saidTwo ||= two;
    const { measured, limit } = first;
    const reason = two ? `${signs.map((sign) => sign.reason).join("; ")}. ${advice}` : first.reason;
    this.#sink("PositionDoubted", { uid: this.#uid, reason, measured, limit });
  }
}
