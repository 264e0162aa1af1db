import type { GeoPoint, StrangerKind } from "@outrider/contract";
import { doubtsOf } from "./doubt.js";
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
  readonly operator?: Report["operator"];
  /** Why its word is doubted; left out where nothing speaks against it. */
  readonly doubts?: readonly string[];
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
  operator: Report["operator"];
  /** When each was last a reason to doubt it. */
  readonly doubts: Map<string, number>;
};

/** Whoever was doubted is so for this long: a ghost is not real because its next word fits the last. */
const DOUBT_MS = 30_000;
const MOST_DOUBTS = 8;

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

  /** It goes by another name now. */
  forget(trafficId: string): void {
    this.#kept.delete(trafficId);
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
    doubt(one, report);
    if (report.operator !== undefined) one.operator = report.operator;
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
      ...(one.operator === undefined ? {} : { operator: one.operator }),
      ...(one.doubts.size === 0 ? {} : { doubts: doubtsAt(one, nowMs) }),
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
      ...{ operator: undefined, doubts: new Map() },
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

function doubt(one: Kept, report: Report): void {
  const { northMps = 0, eastMps = 0 } = one.velocity?.value ?? {};
  for (const why of doubtsOf(report, one.place, Math.hypot(northMps, eastMps)))
    if (one.doubts.size < MOST_DOUBTS || one.doubts.has(why)) one.doubts.set(why, report.tMs);
}

function doubtsAt({ doubts }: Kept, nowMs: number): readonly string[] {
  for (const [why, tMs] of doubts) if (nowMs - tMs > DOUBT_MS) doubts.delete(why);
  return [...doubts.keys()];
}
