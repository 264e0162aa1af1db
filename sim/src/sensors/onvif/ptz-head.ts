import type { CameraPose } from "@outrider/contract";
import { degOf, radOf, wrap180Deg, wrap360Deg } from "@outrider/geo";

/** Where a head points. Pan from its mounting direction, clockwise, in [-180, 180); tilt over the horizon; zoom 1 is wide. */
export type PtzPosition = { readonly panDeg: number; readonly tiltDeg: number; readonly zoom: number };
export type PtzVelocity = { readonly panDps: number; readonly tiltDps: number; readonly zoomPerS: number };

/** What a dome of today does. Pan goes round without end. */
export const ptzLimits = {
  tiltMinDeg: -90,
  tiltMaxDeg: 15,
  zoomMax: 20,
  panDps: 100,
  tiltDps: 60,
  zoomPerS: 8,
} as const;

/** Time that goes back by more than the age of a picture is another run: what moved in the old one is over. */
const newRunMs = 2_000;

type Motion =
  | { readonly kind: "still" }
  | { readonly kind: "towards"; readonly target: PtzPosition; readonly share: number }
  | { readonly kind: "turning"; readonly velocity: PtzVelocity; readonly untilMs: number };

/**
 * The head of a fixed camera: it turns no faster than its motors, and stops by itself when a continuous move has not
 * been renewed. It is asked with times that rise; a slightly earlier one gets the latest answer.
 */
export class PtzHead {
  readonly #base: CameraPose;
  #panDeg = 0;
  #tiltDeg: number;
  #zoom = 1;
  #motion: Motion = { kind: "still" };
  #atMs: number;

  constructor(base: CameraPose, startMs: number) {
    this.#base = base;
    this.#tiltDeg = clampTilt(base.pitchDeg);
    this.#atMs = startMs;
  }

  /** `share` of the motors' speed, 0 to 1. */
  moveTo(target: Partial<PtzPosition>, share: number, nowMs: number): void {
    const here = this.at(nowMs);
    const wanted = { ...here, ...target };
    this.#motion = {
      kind: "towards",
      target: {
        panDeg: wrap180Deg(wanted.panDeg),
        tiltDeg: clampTilt(wanted.tiltDeg),
        zoom: Math.min(ptzLimits.zoomMax, Math.max(1, wanted.zoom)),
      },
      share: Math.min(1, Math.max(0.01, share)),
    };
  }

  turn(velocity: PtzVelocity, timeoutMs: number, nowMs: number): void {
    this.at(nowMs);
    const cut = (value: number, most: number): number => Math.min(most, Math.max(-most, value));
    this.#motion = {
      kind: "turning",
      velocity: {
        panDps: cut(velocity.panDps, ptzLimits.panDps),
        tiltDps: cut(velocity.tiltDps, ptzLimits.tiltDps),
        zoomPerS: cut(velocity.zoomPerS, ptzLimits.zoomPerS),
      },
      untilMs: nowMs + timeoutMs,
    };
  }

  stop(axes: { readonly panTilt: boolean; readonly zoom: boolean }, nowMs: number): void {
    const here = this.at(nowMs);
    const motion = this.#motion;
    if (axes.panTilt && axes.zoom) this.#motion = { kind: "still" };
    else if (motion.kind === "turning") {
      const { velocity } = motion;
      const stopped = axes.panTilt ? { ...velocity, panDps: 0, tiltDps: 0 } : { ...velocity, zoomPerS: 0 };
      this.#motion = { ...motion, velocity: stopped };
    } else if (motion.kind === "towards") {
      const { target } = motion;
      const stopped = axes.panTilt ? { ...here, zoom: target.zoom } : { ...target, zoom: here.zoom };
      this.#motion = { ...motion, target: stopped };
    }
  }

  at(nowMs: number): PtzPosition {
    const motion = this.#motion;
    const fromMs = this.#atMs;
    if (nowMs < fromMs - newRunMs) {
      this.#atMs = nowMs;
      this.#motion = { kind: "still" };
    }
    if (nowMs > fromMs) {
      this.#atMs = nowMs;
      if (motion.kind === "towards") this.#approach(motion.target, motion.share, (nowMs - fromMs) / 1000);
      if (motion.kind === "turning") {
        this.#turnFor(motion.velocity, Math.max(0, Math.min(nowMs, motion.untilMs) - fromMs) / 1000);
        if (nowMs >= motion.untilMs) this.#motion = { kind: "still" };
      }
    }
    return { panDeg: this.#panDeg, tiltDeg: this.#tiltDeg, zoom: this.#zoom };
  }

  isMoving(nowMs: number): { readonly panTilt: boolean; readonly zoom: boolean } {
    const here = this.at(nowMs);
    const motion = this.#motion;
    switch (motion.kind) {
      case "still":
        return { panTilt: false, zoom: false };
      case "turning":
        return {
          panTilt: motion.velocity.panDps !== 0 || motion.velocity.tiltDps !== 0,
          zoom: motion.velocity.zoomPerS !== 0,
        };
      default: {
        const { target } = motion;
        return {
          panTilt: here.panDeg !== target.panDeg || here.tiltDeg !== target.tiltDeg,
          zoom: here.zoom !== target.zoom,
        };
      }
    }
  }

  /** What the picture is drawn with. */
  poseAt(nowMs: number): CameraPose {
    const { panDeg, tiltDeg, zoom } = this.at(nowMs);
    const half = Math.tan(radOf(this.#base.hfovDeg) / 2) / zoom;
    return {
      ...this.#base,
      yawDeg: wrap360Deg(this.#base.yawDeg + panDeg),
      pitchDeg: tiltDeg,
      hfovDeg: 2 * degOf(Math.atan(half)),
    };
  }

  #approach(target: PtzPosition, share: number, dtS: number): void {
    const step = (from: number, off: number, most: number): number =>
      Math.abs(off) <= most * share * dtS ? from + off : from + Math.sign(off) * most * share * dtS;
    const panOff = wrap180Deg(target.panDeg - this.#panDeg);
    this.#panDeg =
      Math.abs(panOff) <= ptzLimits.panDps * share * dtS
        ? target.panDeg
        : wrap180Deg(step(this.#panDeg, panOff, ptzLimits.panDps));
    this.#tiltDeg = snap(step(this.#tiltDeg, target.tiltDeg - this.#tiltDeg, ptzLimits.tiltDps), target.tiltDeg);
    this.#zoom = snap(step(this.#zoom, target.zoom - this.#zoom, ptzLimits.zoomPerS), target.zoom);
  }

  #turnFor(velocity: PtzVelocity, dtS: number): void {
    this.#panDeg = wrap180Deg(this.#panDeg + velocity.panDps * dtS);
    this.#tiltDeg = clampTilt(this.#tiltDeg + velocity.tiltDps * dtS);
    this.#zoom = Math.min(ptzLimits.zoomMax, Math.max(1, this.#zoom + velocity.zoomPerS * dtS));
  }
}

const clampTilt = (tiltDeg: number): number => Math.min(ptzLimits.tiltMaxDeg, Math.max(ptzLimits.tiltMinDeg, tiltDeg));
/** Sums of steps end a rounding error away: then it has arrived. */
const snap = (value: number, target: number): number => (Math.abs(value - target) < 1e-9 ? target : value);
