import { doubtBounds, doubtTiming } from "./timing.js";

export type Fix = { readonly tMs: number; readonly latDeg: number; readonly lonDeg: number; readonly hAccM: number };
export type Estimate = {
  /** The autopilot's own time of it: arrival jitters. */
  readonly bootMs: number;
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly velNorthMps: number;
  readonly velEastMps: number;
};
type Vector = { readonly northM: number; readonly eastM: number };

const metresPerDeg = 111_320;

function between(from: { latDeg: number; lonDeg: number }, to: { latDeg: number; lonDeg: number }): Vector {
  const scale = Math.cos((from.latDeg * Math.PI) / 180);
  return {
    northM: (to.latDeg - from.latDeg) * metresPerDeg,
    eastM: acrossDateLine(to.lonDeg - from.lonDeg) * metresPerDeg * scale,
  };
}

const acrossDateLine = (deg: number): number => (deg > 180 ? deg - 360 : deg < -180 ? deg + 360 : deg);
const length = ({ northM, eastM }: Vector): number => Math.hypot(northM, eastM);

/**
 * Dead reckoning over short windows: between two fixes an aircraft moves as far as its velocity says. What moves
 * further at once did not fly there. Over long windows velocity itself is too wrong to prove anything, so only steps
 * are looked at, and summed up: a jump that was never undone stays one, however well the filter has come to terms.
 */
export class Reckoning {
  #estimate: Estimate | undefined;
  /** Velocity summed up since the start. */
  #flown: Vector = { northM: 0, eastM: 0 };
  #fix: { readonly fix: Fix; readonly flown: Vector } | undefined;
  #sum: Vector = { northM: 0, eastM: 0 };
  #jumpMs = Number.NEGATIVE_INFINITY;
  #lastM = 0;
  #estimateJumpMs = Number.NEGATIVE_INFINITY;
  #estimateM = 0;

  /** Takes what is new; the same again is passed over. */
  take(estimate: Estimate, fix: Fix | undefined, tMs: number): void {
    if (estimate.bootMs !== this.#estimate?.bootMs) this.#flew(estimate, tMs);
    if (fix === undefined) this.#fix = undefined;
    else if (fix.tMs !== this.#fix?.fix.tMs) this.#fixed(fix, estimate, tMs);
  }

  /** What GNSS jumped by a moment ago; undefined where it did not. */
  justJumpedM(tMs: number): number | undefined {
    return tMs - this.#jumpMs < doubtTiming.jumpShownMs ? this.#lastM : undefined;
  }

  /** The estimate moved by itself, as a filter does that gives in. */
  estimateJumpedM(tMs: number): number | undefined {
    return tMs - this.#estimateJumpMs < doubtTiming.jumpShownMs ? this.#estimateM : undefined;
  }

  /** How far all jumps together have taken GNSS from where it was believed first; undefined where they were undone. */
  unexplainedM(armed: boolean, tMs: number): number | undefined {
    const offM = length(this.#sum);
    const agoMs = tMs - this.#jumpMs;
    const held = offM >= doubtBounds.multipathM && (armed || agoMs < doubtTiming.groundJumpMs);
    if (offM >= doubtBounds.jumpM && (held || agoMs < doubtTiming.smallJumpMs)) return offM;
    // Forgotten for good: a later jump is judged by itself.
    if (offM > 0) this.#sum = { northM: 0, eastM: 0 };
    return undefined;
  }

  #flew(estimate: Estimate, tMs: number): void {
    const before = this.#estimate;
    this.#estimate = estimate;
    if (before === undefined) return;
    const dtMs = estimate.bootMs - before.bootMs;
    // Late, reordered, or another life of the autopilot: what was reckoned before says nothing about now.
    if (dtMs <= 0 || dtMs > doubtTiming.reckonGapMs) {
      this.#fix = undefined;
      return;
    }
    const half = dtMs / 2000;
    const step = {
      northM: (before.velNorthMps + estimate.velNorthMps) * half,
      eastM: (before.velEastMps + estimate.velEastMps) * half,
    };
    this.#flown = { northM: this.#flown.northM + step.northM, eastM: this.#flown.eastM + step.eastM };
    const moved = between(before, estimate);
    const offM = Math.hypot(moved.northM - step.northM, moved.eastM - step.eastM);
    if (offM <= doubtBounds.jumpM) return;
    this.#estimateJumpMs = tMs;
    this.#estimateM = offM;
  }

  #fixed(fix: Fix, { velNorthMps, velEastMps }: Estimate, tMs: number): void {
    const before = this.#fix;
    const flown = this.#flown;
    this.#fix = { fix, flown };
    if (before === undefined || fix.tMs - before.fix.tMs > doubtTiming.fixGapMs) return;
    const moved = between(before.fix, fix);
    const northM = moved.northM - (flown.northM - before.flown.northM);
    const eastM = moved.eastM - (flown.eastM - before.flown.eastM);
    const offM = Math.hypot(northM, eastM);
    const accuracyM = 2 * Math.max(fix.hAccM, before.fix.hAccM);
    const limitM =
      Math.max(doubtBounds.jumpM, accuracyM) + Math.hypot(velNorthMps, velEastMps) * 2 * doubtBounds.gnssAgeS;
    if (offM <= limitM) return;
    this.#jumpMs = tMs;
    this.#lastM = offM;
    this.#sum = { northM: this.#sum.northM + northM, eastM: this.#sum.eastM + eastM };
  }
}
