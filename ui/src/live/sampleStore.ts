import type { AircraftSample } from "@outrider/contract";
import type { PoseSource, ScenePose } from "../map/index.js";
import { AGE_LIMITS } from "../theme/index.js";

const RING = 64;

interface Track {
  /** Newest last, at `(next - 1) % RING`. */
  readonly ring: (AircraftSample | undefined)[];
  next: number;
  arrivedMs: number;
}

/**
 * Newest samples per aircraft in ring buffers, mutated as frames arrive. Never passes through React: the scene reads
 * it per frame, strips four times a second. Age is the sender's age plus the time since arrival, both monotonic.
 */
export class SampleStore implements PoseSource {
  readonly #tracks = new Map<string, Track>();
  readonly #listeners = new Set<() => void>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  put(uid: string, sample: AircraftSample): void {
    let track = this.#tracks.get(uid);
    if (track === undefined) {
      track = { ring: new Array<AircraftSample | undefined>(RING).fill(undefined), next: 0, arrivedMs: 0 };
      this.#tracks.set(uid, track);
    }
    track.ring[track.next % RING] = sample;
    track.next++;
    track.arrivedMs = this.#nowMs();
  }

  /** Tells the scene that something moved or aged. */
  changed(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Keeps its identity and its owner, so that it can be handed on as it is. */
  readonly onChange = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  latest(uid: string): AircraftSample | undefined {
    const track = this.#tracks.get(uid);
    return track === undefined ? undefined : track.ring[(track.next - 1 + RING) % RING];
  }

  /** Age of the newest position in ms; undefined when nothing was ever heard. */
  ageMs(uid: string): number | undefined {
    const track = this.#tracks.get(uid);
    const sample = this.latest(uid);
    return track === undefined || sample === undefined ? undefined : sample.ageMs + (this.#nowMs() - track.arrivedMs);
  }

  /** Age of the aircraft's own heartbeat: what "link" means. */
  linkAgeMs(uid: string): number | undefined {
    const track = this.#tracks.get(uid);
    const sample = this.latest(uid);
    return track === undefined || sample === undefined
      ? undefined
      : sample.linkAgeMs + (this.#nowMs() - track.arrivedMs);
  }

  read(uid: string, out: ScenePose): boolean {
    const s = this.latest(uid);
    const ageMs = this.ageMs(uid);
    if (s === undefined || ageMs === undefined) return false;
    out.latDeg = s.latDeg;
    out.lonDeg = s.lonDeg;
    out.altAmslM = s.altAmslM;
    out.altAglM = s.altAglM ?? 0;
    out.headingDeg = s.headingDeg;
    out.ageMs = ageMs;
    out.gimbalPitchDeg = s.gimbalPitchDeg;
    out.gimbalYawDeg = s.gimbalYawDeg;
    out.hfovDeg = s.hfovDeg;
    out.gimbalOk = s.gimbalOk;
    const limit = AGE_LIMITS.aircraft;
    out.link =
      ageMs >= limit.lostMs || s.link === "lost"
        ? "lost"
        : ageMs >= limit.lateMs || s.link === "late"
          ? "late"
          : "live";
    return true;
  }
}
