import { geoDistanceM } from "@outrider/geo";
import { EstimatorStatusFlags } from "@outrider/mavlink";
import type { FactSink } from "../journal/index.js";
import type { AircraftState } from "./state.js";
import { telemetryTiming } from "./timing.js";

type Doubt = { readonly reason: string; readonly measured: number; readonly limit: number };

const ratioLimit = 1;
const leastGapM = 3;
/** Raw GNSS is up to this much older than the estimate beside it. */
const gnssAgeS = 0.4;
const fix3d = 3;
const judgeEveryMs = 100;

/**
 * Compares raw GNSS with the estimate. A jump shows for 6 to 8 s only, before the filter believes it; a slow spoof
 * hardly shows at all. So: seen means doubt, not seen means nothing.
 */
export class PositionDoubt {
  readonly #uid: string;
  readonly #sink: FactSink;
  #sinceMs: number | undefined;
  #judgedMs = Number.NEGATIVE_INFINITY;
  #lastBadMs = 0;
  #doubted = false;

  /** `doubted`: it was told before a restart, so that trust is told too. */
  constructor(uid: string, sink: FactSink, doubted: boolean) {
    this.#uid = uid;
    this.#sink = sink;
    this.#doubted = doubted;
  }

  get doubted(): boolean {
    return this.#doubted;
  }

  update(state: AircraftState, tMs: number): void {
    // Called for every frame; ten times a second is enough to see a jump that lasts for seconds.
    if (tMs - this.#judgedMs < judgeEveryMs) return;
    this.#judgedMs = tMs;
    const doubt = judge(state, tMs);
    if (doubt === undefined) {
      this.#sinceMs = undefined;
      if (this.#doubted && tMs - this.#lastBadMs > telemetryTiming.trustAfterMs) {
        this.#doubted = false;
        this.#sink("PositionTrusted", { uid: this.#uid });
      }
      return;
    }
    this.#sinceMs ??= tMs;
    this.#lastBadMs = tMs;
    if (this.#doubted || tMs - this.#sinceMs < telemetryTiming.doubtAfterMs) return;
    this.#doubted = true;
    this.#sink("PositionDoubted", { uid: this.#uid, ...doubt });
  }
}

function judge(state: AircraftState, tMs: number): Doubt | undefined {
  const { gnss, estimator } = state;
  if (gnss !== undefined && tMs - gnss.tMs < 2_000 && tMs - state.positionMs < 2_000) {
    if (gnss.fixType < fix3d) return { reason: "GNSS has no 3D fix", measured: gnss.fixType, limit: fix3d };
    const speedMps = Math.hypot(state.velNorthMps, state.velEastMps);
    const limit = Math.max(leastGapM, 3 * gnss.hAccM) + speedMps * gnssAgeS;
    const measured = geoDistanceM(gnss, state);
    if (measured > limit) return { reason: "raw GNSS and the estimate are apart (m)", measured, limit };
  }
  if (estimator === undefined || tMs - estimator.tMs > 5_000) return undefined;
  if (estimator.posRatio > ratioLimit)
    return { reason: "the filter rejects GNSS positions", measured: estimator.posRatio, limit: ratioLimit };
  if (estimator.velRatio > ratioLimit)
    return { reason: "the filter rejects GNSS velocities", measured: estimator.velRatio, limit: ratioLimit };
  if ((estimator.flags & EstimatorStatusFlags.GPS_GLITCH) !== 0)
    return { reason: "the autopilot reports a GNSS glitch", measured: 1, limit: 0 };
  return undefined;
}
