import type { StrangerView } from "@outrider/contract";
import type { PoseSource, ScenePose } from "../map/index.js";

/** How a stranger is called in the scene: its id must never be taken for one of ours. */
export const strangerUid = (trafficId: string): string => `sky:${trafficId}`;

/** A stranger flies on straight for so long in the picture; after that it stands where it was thought to be. */
const GO_ON_MS = 5_000;
const LATE_MS = 5_000;
const METRES_PER_DEG = 111_320;

interface Heard {
  readonly view: StrangerView;
  readonly arrivedMs: number;
}

/** Our own poses, and those of other aircraft as the station tells them once a second. */
export class SkyPoses implements PoseSource {
  readonly #own: PoseSource;
  readonly #nowMs: () => number;
  readonly #listeners = new Set<() => void>();
  #strangers: ReadonlyMap<string, Heard> = new Map();

  constructor(own: PoseSource, nowMs: () => number) {
    this.#own = own;
    this.#nowMs = nowMs;
  }

  show(strangers: readonly StrangerView[]): void {
    const arrivedMs = this.#nowMs();
    this.#strangers = new Map(strangers.map((view) => [strangerUid(view.trafficId), { view, arrivedMs }]));
    for (const listener of this.#listeners) listener();
  }

  readonly onChange = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    const forget = this.#own.onChange(listener);
    return () => {
      this.#listeners.delete(listener);
      forget();
    };
  };

  read(uid: string, out: ScenePose): boolean {
    const heard = this.#strangers.get(uid);
    if (heard === undefined) return this.#own.read(uid, out);
    const { point, headingDeg = 0, speedMps = 0, altAmslM = 0, altAglM = 0 } = heard.view;
    out.ageMs = heard.view.ageMs + (this.#nowMs() - heard.arrivedMs);
    const goneM = (speedMps * Math.min(out.ageMs, GO_ON_MS)) / 1000;
    const at = ahead(point, headingDeg, goneM);
    out.latDeg = at.latDeg;
    out.lonDeg = at.lonDeg;
    out.altAmslM = altAmslM;
    out.altAglM = altAglM;
    out.headingDeg = headingDeg;
    out.gimbalOk = false;
    out.link = out.ageMs >= LATE_MS ? "late" : "live";
    return true;
  }
}

/** A place so many metres on; over a city the earth is flat. */
export function ahead(
  from: { readonly latDeg: number; readonly lonDeg: number },
  headingDeg: number,
  metres: number,
): { readonly latDeg: number; readonly lonDeg: number } {
  const rad = (headingDeg * Math.PI) / 180;
  const lonShare = Math.cos((from.latDeg * Math.PI) / 180);
  return {
    latDeg: from.latDeg + (metres * Math.cos(rad)) / METRES_PER_DEG,
    lonDeg: from.lonDeg + (metres * Math.sin(rad)) / (METRES_PER_DEG * lonShare),
  };
}
