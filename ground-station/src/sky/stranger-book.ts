import type { GeoPoint, StrangerKind } from "@outrider/contract";
import type { Report, ToldHeight } from "./report.js";

type Timed<T> = { readonly tMs: number; readonly value: T };

/** One aircraft that is none of ours, put together from all that was heard of it; each part with its own time. */
export type Stranger = {
  readonly trafficId: string;
  readonly callSign: string | undefined;
  readonly kind: StrangerKind;
  readonly place: Timed<GeoPoint & { readonly sigmaM: number }>;
  readonly height: Timed<ToldHeight> | undefined;
  readonly velocity: Timed<{ readonly northMps: number; readonly eastMps: number }> | undefined;
  readonly up: Timed<number> | undefined;
  /** Who heard its place, the newest first. */
  readonly sources: readonly string[];
};

type Kept = {
  callSign: string | undefined;
  kind: StrangerKind | undefined;
  place: Stranger["place"] | undefined;
  height: Timed<ToldHeight> | undefined;
  velocity: Stranger["velocity"];
  up: Stranger["up"];
  /** When anything was heard of it. */
  lastMs: number;
  readonly heard: Map<string, number>;
};

export type BookLimits = {
  readonly expireMs: number;
  /** False where somebody is too far away to matter: a receiver hears aircraft hundreds of kilometres off. */
  readonly near: (place: GeoPoint) => boolean;
};

/** A made-up thousand must not fill the memory, nor take the place of one that is near: see `#makeRoom`. */
export const mostStrangers = 500;

/** Everybody who was heard of late, by address. Latest wins, part by part: SBS tells place and speed in different lines. */
export class StrangerBook {
  readonly #limits: BookLimits;
  readonly #kept = new Map<string, Kept>();

  constructor(limits: BookLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#kept.size;
  }

  clear(): void {
    this.#kept.clear();
  }

  hear(report: Report): void {
    const known = this.#kept.get(report.trafficId);
    if (report.place !== undefined && !this.#limits.near(report.place)) {
      // It has flown away, or it is another one under the same address: either way it is not here.
      if (known !== undefined && report.tMs >= (known.place?.tMs ?? 0)) this.#kept.delete(report.trafficId);
      return;
    }
    const one = known ?? this.#add(report.trafficId);
    const { tMs } = report;
    one.lastMs = Math.max(one.lastMs, tMs);
    const newer = (part: Timed<unknown> | undefined): boolean => part === undefined || tMs >= part.tMs;
    if (report.callSign !== undefined) one.callSign = report.callSign;
    if (report.kind !== undefined) one.kind = report.kind;
    if (report.place !== undefined && newer(one.place)) one.place = { tMs, value: report.place };
    if (report.height !== undefined && newer(one.height)) one.height = { tMs, value: report.height };
    if (report.velocity !== undefined && newer(one.velocity)) one.velocity = { tMs, value: report.velocity };
    if (report.upMps !== undefined && newer(one.up)) one.up = { tMs, value: report.upMps };
    if (report.place !== undefined) one.heard.set(report.sourceId, Math.max(tMs, one.heard.get(report.sourceId) ?? 0));
  }

  /** All that have a place that is young enough. What is too old goes for good. */
  all(nowMs: number): Stranger[] {
    const out: Stranger[] = [];
    for (const [trafficId, one] of this.#kept) {
      if (nowMs - one.lastMs > this.#limits.expireMs) {
        this.#kept.delete(trafficId);
        continue;
      }
      const { place } = one;
      if (place === undefined || nowMs - place.tMs > this.#limits.expireMs) continue;
      out.push(this.#stranger(trafficId, one, place, nowMs));
    }
    return out;
  }

  #stranger(trafficId: string, one: Kept, place: Stranger["place"], nowMs: number): Stranger {
    const young = <T>(part: Timed<T> | undefined): Timed<T> | undefined =>
      part !== undefined && nowMs - part.tMs <= this.#limits.expireMs ? part : undefined;
    return {
      trafficId,
      callSign: one.callSign,
      kind: one.kind ?? "aircraft",
      place,
      height: young(one.height),
      velocity: young(one.velocity),
      up: young(one.up),
      sources: [...one.heard]
        .filter(([, tMs]) => nowMs - tMs <= this.#limits.expireMs)
        .sort((a, b) => b[1] - a[1])
        .map(([sourceId]) => sourceId),
    };
  }

  #add(trafficId: string): Kept {
    if (this.#kept.size >= mostStrangers) this.#makeRoom();
    const made: Kept = {
      ...{ callSign: undefined, kind: undefined, place: undefined, height: undefined, velocity: undefined },
      ...{ up: undefined, lastMs: 0 },
      heard: new Map(),
    };
    this.#kept.set(trafficId, made);
    return made;
  }

  /** Who was heard longest ago goes; one without a place goes before one that has a place. */
  #makeRoom(): void {
    let oldest: string | undefined;
    let oldestMs = Number.POSITIVE_INFINITY;
    for (const [trafficId, { place }] of this.#kept) {
      const tMs = place?.tMs ?? Number.NEGATIVE_INFINITY;
      if (tMs >= oldestMs) continue;
      oldest = trafficId;
      oldestMs = tMs;
    }
    if (oldest !== undefined) this.#kept.delete(oldest);
  }
}
