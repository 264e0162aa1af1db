import type { AircraftSample, Clock, LinkState, SampleFrame } from "@outrider/contract";
import type { SamplePort } from "../kernel/index.js";

type Kept = {
  readonly sample: AircraftSample;
  readonly arrivedMs: number;
  /** As it was looked at last: many look at one moment. */
  seen?: { readonly nowMs: number; readonly extra: Extra | undefined; readonly sample: AircraftSample };
};

export type Extra = { readonly turnInS: number | undefined; readonly homeInS: number | undefined };

/** Link late and lost, as the bridge counts them (design section 5): on screen they must not lag behind a silent bridge. */
export const linkTimes = { linkLateS: 2.5, linkLostS: 3.5 } as const;

/** Latest sample of each aircraft, latest wins, with the age it has when it is looked at. */
export class SampleBook implements SamplePort {
  readonly #run: Clock;
  readonly #groundAmslM: (latDeg: number, lonDeg: number) => number | undefined;
  readonly #kept = new Map<string, Kept>();
  readonly #handles = new Map<string, number>();
  readonly #extras = new Map<string, Extra>();
  readonly #links = new Map<string, LinkState>();
  #revision = 0;

  constructor(run: Clock, groundAmslM: (latDeg: number, lonDeg: number) => number | undefined) {
    this.#run = run;
    this.#groundAmslM = groundAmslM;
  }

  /** The number that stands for an aircraft on the live wire, the same as long as this station runs. */
  handleOf(uid: string): number {
    const known = this.#handles.get(uid);
    if (known !== undefined) return known;
    const next = this.#handles.size + 1;
    this.#handles.set(uid, next);
    return next;
  }

  take(frame: SampleFrame, uidOf: (handle: number) => string | undefined): number {
    let unknown = 0;
    this.#revision += 1;
    const arrivedMs = this.#run.nowMs();
    for (const row of frame.samples) {
      const uid = uidOf(row.handle);
      if (uid === undefined) {
        unknown += 1;
        continue;
      }
      const groundM = this.#groundAmslM(row.latDeg, row.lonDeg);
      const altAglM = groundM === undefined ? undefined : row.altAmslM - groundM;
      this.#kept.set(uid, { sample: { ...row, handle: this.handleOf(uid), altAglM }, arrivedMs });
    }
    return unknown;
  }

  /** A new run: handles stay, what was heard does not. */
  forget(): void {
    this.#revision += 1;
    this.#kept.clear();
    this.#extras.clear();
  }

  setExtra(uid: string, extra: Extra): void {
    const before = this.#extras.get(uid);
    if (before?.turnInS !== extra.turnInS || before?.homeInS !== extra.homeInS) this.#revision += 1;
    this.#extras.set(uid, extra);
  }

  /** Grows with everything that may change a row beyond its age; a link that falls silent is noticed here. */
  revision(): number {
    const nowMs = this.#run.nowMs();
    for (const [uid, { sample, arrivedMs }] of this.#kept) {
      const link = worse(sample.link, sample.linkAgeMs + Math.max(0, nowMs - arrivedMs));
      if (this.#links.get(uid) === link) continue;
      this.#links.set(uid, link);
      this.#revision += 1;
    }
    return this.#revision;
  }

  latest(uid: string): AircraftSample | undefined {
    const kept = this.#kept.get(uid);
    if (kept === undefined) return undefined;
    const nowMs = this.#run.nowMs();
    const extra = this.#extras.get(uid);
    if (kept.seen?.nowMs === nowMs && kept.seen.extra === extra) return kept.seen.sample;
    const sinceMs = Math.max(0, nowMs - kept.arrivedMs);
    const linkAgeMs = kept.sample.linkAgeMs + sinceMs;
    const sample: AircraftSample = {
      ...kept.sample,
      ageMs: kept.sample.ageMs + sinceMs,
      linkAgeMs,
      link: worse(kept.sample.link, linkAgeMs),
      turnInS: extra?.turnInS,
      homeInS: extra?.homeInS,
    };
    kept.seen = { nowMs, extra, sample };
    return sample;
  }

  all(): ReadonlyMap<string, AircraftSample> {
    const all = new Map<string, AircraftSample>();
    for (const uid of this.#kept.keys()) {
      const sample = this.latest(uid);
      if (sample !== undefined) all.set(uid, sample);
    }
    return all;
  }
}

function worse(link: LinkState, ageMs: number): LinkState {
  if (link === "never" || link === "lost" || ageMs >= linkTimes.linkLostS * 1000)
    return link === "never" ? "never" : "lost";
  return link === "late" || ageMs >= linkTimes.linkLateS * 1000 ? "late" : "live";
}
