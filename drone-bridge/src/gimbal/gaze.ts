import type { GeoPoint } from "@outrider/contract";
import type { RunCommand } from "../camera/index.js";
import { lookAt } from "./commands.js";
import { apartDeg, type Look, lookFrom } from "./look.js";

/** What telemetry says of the aircraft and of its camera. */
export type Seeing = GeoPoint & {
  readonly altAmslM: number;
  readonly positionMs: number;
  readonly gimbalMs: number;
  readonly gimbalPitchDeg: number;
  readonly gimbalYawDeg: number;
};

export const gazeTiming = {
  /** A gimbal takes this long to come round to what was just asked. */
  settleMs: 2_000,
  /** An orbit of 45 m at 10 m/s turns 13° a second: a third of the picture's width in the time between two askings. */
  againMs: 500,
  /** A camera that stood still so often is out of reach, or somebody holds it: asked seldom. */
  vainTries: 6,
  vainMs: 5_000,
  /** Older telemetry tells nothing about where the camera looks now. */
  freshMs: 1_500,
} as const;

const offDeg = 3;
/** A camera that has turned less since it was last asked did not heed it. */
const stillDeg = 0.3;

/**
 * Keeps the place that a camera was pointed at in the picture. DO_SET_ROI_LOCATION should do that by itself, but PX4 up
 * to 1.17 aims a MAVLink gimbal once, at the command (MNT_MODE_OUT 2; mended by its pull request 27994): flying on, the
 * camera would stare past the place. So it is asked again, by what is seen of the camera; where the autopilot follows
 * by itself nothing is sent.
 */
export class Gaze {
  readonly #run: RunCommand;
  #at: { readonly point: GeoPoint; readonly altAmslM: number } | undefined;
  #dueMs = 0;
  #vain = 0;
  #looked: Look | undefined;
  #asking = false;

  constructor(run: RunCommand) {
    this.#run = run;
  }

  /** From an accepted order to look at a place, until `end`. */
  begin(point: GeoPoint, altAmslM: number, tMs: number): void {
    this.#at = { point, altAmslM };
    this.#dueMs = tMs + gazeTiming.settleMs;
    this.#vain = 0;
    this.#looked = undefined;
  }

  end(): void {
    this.#at = undefined;
  }

  update(seen: Seeing, tMs: number): void {
    const at = this.#at;
    if (at === undefined || this.#asking || tMs < this.#dueMs) return;
    if (tMs - Math.min(seen.positionMs, seen.gimbalMs) > gazeTiming.freshMs) return;
    const looks = { pitchDeg: seen.gimbalPitchDeg, azimuthDeg: seen.gimbalYawDeg };
    if (apartDeg(looks, lookFrom(seen, at.point, at.altAmslM)) <= offDeg) return;
    const stood = this.#looked !== undefined && apartDeg(looks, this.#looked) < stillDeg;
    this.#vain = stood ? this.#vain + 1 : 0;
    this.#looked = looks;
    this.#dueMs = tMs + (this.#vain >= gazeTiming.vainTries ? gazeTiming.vainMs : gazeTiming.againMs);
    this.#asking = true;
    // Once: the next look at telemetry asks again by itself.
    this.#run({ ...lookAt(at.point, at.altAmslM), tries: 1 }, () => {
      this.#asking = false;
    });
  }
}
