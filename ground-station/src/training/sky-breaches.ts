import {
  type DebriefBreach,
  type Fact,
  type FactData,
  type FactOf,
  type SkyConfig,
  skyConfig,
} from "@outrider/contract";

type Conflict = FactData<"TrafficConflictBegan">;
type Volume = SkyConfig["wellClear"];

/** One conflict with a stranger as the record tells it: it began, may have changed, and is over when somebody says so. */
type Meeting = {
  readonly fromMs: number;
  readonly first: Conflict;
  warned: boolean;
  /** The nearest that a fact says they were, and the height between them then; absent: not known, which counts as none. */
  leastM: number;
  leastVerticalM: number | undefined;
};

type Inside = { readonly fromMs: number; readonly notam: string; readonly uid: string };

/** What ours broke in the air that is everybody's, from recorded facts alone. */
export function skyBreachesOf(
  facts: readonly Fact[],
  sky: SkyConfig | undefined,
  callSignOf: (uid: string) => string,
): readonly DebriefBreach[] {
  const watch = new SkyWatch(sky, callSignOf);
  for (const fact of facts) watch.fact(fact);
  return watch.shown(facts.at(-1)?.tMs ?? 0).map(({ goesOn: _, ...breach }) => breach);
}

/**
 * Takes facts in their order and keeps what ours broke in the air that is everybody's: nearer to a stranger than well
 * clear, and inside a published flight restriction. A conflict that was alarmed of and flown out of before well clear was
 * lost is no breach: to avoid it is what is trained. The live desk feeds it fact by fact and the debrief with a whole run:
 * one measure, so that both say the same.
 */
export class SkyWatch {
  readonly #limits: SkyConfig;
  readonly #callSignOf: (uid: string) => string;
  readonly #meetings = new Map<string, Meeting>();
  readonly #inside = new Map<string, Inside>();
  readonly #over: DebriefBreach[] = [];

  constructor(sky: SkyConfig | undefined, callSignOf: (uid: string) => string) {
    this.#limits = sky ?? skyConfig.parse({});
    this.#callSignOf = callSignOf;
  }

  /** Takes one fact and returns what it made a breach. */
  fact(fact: Fact): readonly DebriefBreach[] {
    switch (fact.type) {
      case "TrafficConflictBegan":
      case "TrafficConflictChanged":
        return this.#meet(fact);
      case "TrafficConflictEnded":
        return this.#parted(fact);
      case "RestrictionConflictBegan":
      case "RestrictionConflictChanged": {
        const { uid, restrictionId, notam, relation } = fact.data;
        const key = keyOf(uid, restrictionId);
        if (relation !== "inside") return this.#left(key, fact.tMs);
        if (this.#inside.has(key)) return [];
        this.#inside.set(key, { fromMs: fact.tMs, notam, uid });
        return [this.#insideBreach({ fromMs: fact.tMs, notam, uid }, fact.tMs)];
      }
      case "RestrictionConflictEnded":
        return this.#left(keyOf(fact.data.uid, fact.data.restrictionId), fact.tMs);
      default:
        return [];
    }
  }

  /** All of them in the order in which they began; what still stands counts up to now. */
  shown(nowMs: number): readonly (DebriefBreach & { readonly goesOn: boolean })[] {
    const lost = [...this.#meetings.values()].filter((one) => isLost(one, this.#limits));
    const standing = [
      ...lost.map((one) => this.#strangerBreach(one, nowMs)),
      ...[...this.#inside.values()].map((one) => this.#insideBreach(one, nowMs)),
    ];
    return [
      ...this.#over.map((one) => ({ ...one, goesOn: false })),
      ...standing.map((one) => ({ ...one, goesOn: true })),
    ].sort((a, b) => a.fromMs - b.fromMs);
  }

  #meet({ tMs, data }: FactOf<"TrafficConflictBegan" | "TrafficConflictChanged">): readonly DebriefBreach[] {
    const key = keyOf(data.uid, data.trafficId);
    const fresh = { fromMs: tMs, first: data, warned: false, leastM: Infinity, leastVerticalM: undefined };
    const one: Meeting = this.#meetings.get(key) ?? fresh;
    const before = isLost(one, this.#limits);
    one.warned ||= data.level === "warning";
    nearer(one, data.distanceM, data.verticalM);
    this.#meetings.set(key, one);
    return !before && isLost(one, this.#limits) ? [this.#strangerBreach(one, tMs)] : [];
  }

  #parted({ tMs, data }: FactOf<"TrafficConflictEnded">): readonly DebriefBreach[] {
    const key = keyOf(data.uid, data.trafficId);
    const one = this.#meetings.get(key);
    this.#meetings.delete(key);
    if (one === undefined) return [];
    const before = isLost(one, this.#limits);
    nearer(one, data.leastM, data.leastVerticalM);
    if (!isLost(one, this.#limits)) return [];
    const breach = this.#strangerBreach(one, tMs);
    this.#over.push(breach);
    return before ? [] : [breach];
  }

  #left(key: string, tMs: number): readonly DebriefBreach[] {
    const one = this.#inside.get(key);
    this.#inside.delete(key);
    if (one !== undefined) this.#over.push(this.#insideBreach(one, tMs));
    return [];
  }

  #insideBreach({ fromMs, notam, uid }: Inside, toMs: number): DebriefBreach {
    const where = `flight restriction ${notam}`;
    return { kind: "restriction", callSign: this.#callSignOf(uid), where, fromMs, toMs, worst: "" };
  }

  #strangerBreach(one: Meeting, toMs: number): DebriefBreach {
    const height =
      one.leastVerticalM === undefined
        ? "height between not known"
        : `${Math.round(one.leastVerticalM)} m of height between`;
    const alarm = one.warned ? "" : ", a caution only";
    const worst = `${Math.round(one.leastM)} m apart, ${height}${alarm}`;
    const { uid, trafficId } = one.first;
    return {
      kind: "stranger",
      callSign: this.#callSignOf(uid),
      where: trafficId.toUpperCase(),
      fromMs: one.fromMs,
      toMs,
      worst,
    };
  }
}

const keyOf = (uid: string, other: string): string => `${uid} ${other}`;

/** Of a stranger not heard again after a restart the station records 0 m: not measured, and no charge against anybody. */
function nearer(one: Meeting, leastM: number, verticalM: number | undefined): void {
  if (leastM === 0 || leastM >= one.leastM) return;
  one.leastM = leastM;
  one.leastVerticalM = verticalM;
}

const isLost = (one: Meeting, sky: SkyConfig): boolean => {
  const { horizontalM, verticalM } = wellClearOf(one.first, sky);
  return one.leastM < horizontalM && (one.leastVerticalM ?? 0) < verticalM;
};

/** What flies under an aircraft's own 24-bit address is taken for crewed where the record does not say as what it flies. */
const wellClearOf = ({ kind, trafficId }: Conflict, sky: SkyConfig): Volume =>
  (kind === undefined ? !/^[0-9a-f]{6}$/i.test(trafficId) : kind === "drone") ? sky.wellClearOfDrones : sky.wellClear;
