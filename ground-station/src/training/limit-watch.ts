import type { DebriefBreach, TrackRow } from "@outrider/contract";
import type { EnuPoint } from "@outrider/geo";
import { ownSeparation } from "../airspace/index.js";
import { type Finding, findingsOf, heightDoubtM, type SiteRules } from "./limit-rules.js";

/** Rows further apart than this are two breaches. */
const gapMs = 4_000;
/** One row alone may be a jump of the position. */
const leastMs = 1_000;
/** Two rows of two aircraft are held against each other up to this far apart in time. */
const pairedMs = 1_500;
/** Two positions are each good to a few metres: nearer than the rule by less than this is not called a breach. */
const placeDoubtM = 5;

type Seen = { readonly callSign: string; readonly row: TrackRow; readonly at: EnuPoint };
type Broken = { readonly finding: Finding; readonly callSign: string; readonly uids: readonly string[] };
type Span = {
  readonly kind: DebriefBreach["kind"];
  readonly uids: readonly string[];
  readonly callSign: string;
  readonly where: string;
  readonly fromMs: number;
  toMs: number;
  badM: number;
  text: string;
  /** The newest row still breaks it. */
  on: boolean;
  told: boolean;
};

/** A limit that is broken at this moment. */
export type Standing = { readonly uid: string; readonly breach: DebriefBreach };

/**
 * Takes rows of flown tracks, oldest first, and keeps the times during which limits were broken. The live desk feeds it
 * row by row and the debrief with whole tracks: one measure, so that both say the same.
 */
export class LimitWatch {
  readonly #rules: SiteRules;
  readonly #last = new Map<string, Seen>();
  readonly #open = new Map<string, Span>();
  readonly #done: Span[] = [];

  constructor(rules: SiteRules) {
    this.#rules = rules;
  }

  /** Takes one row and returns what it made a breach. */
  row(uid: string, callSign: string, row: TrackRow): readonly DebriefBreach[] {
    const mine: Seen = { callSign, row, at: this.#rules.toLocal(row) };
    const found = [
      ...findingsOf(row, mine.at, this.#rules).map((finding) => ({ finding, callSign, uids: [uid] })),
      ...this.#tooNear(uid, mine),
    ];
    this.#last.set(uid, mine);
    const keys = new Set<string>();
    for (const one of found) keys.add(this.#take(one, row.tMs));
    for (const [key, span] of this.#open) if (span.uids.includes(uid) && !keys.has(key)) span.on = false;
    return [...keys].flatMap((key) => this.#fresh(this.#open.get(key)));
  }

  /** All of them so far, in the order in which they began. */
  breaches(): readonly DebriefBreach[] {
    return this.#counted().map(breachOf);
  }

  /** Those that the newest rows still break. Of an aircraft of which no row comes any more nothing stands. */
  standing(nowMs: number): readonly Standing[] {
    return this.#counted()
      .filter((span) => isOn(span, nowMs))
      .map((span) => ({ uid: span.uids[0] ?? "", breach: breachOf(span) }));
  }

  /** The newest of all, each with whether it still stands. */
  shown(nowMs: number, most: number): readonly (DebriefBreach & { readonly goesOn: boolean })[] {
    return this.#counted()
      .slice(-most)
      .map((span) => ({ ...breachOf(span), goesOn: isOn(span, nowMs) }));
  }

  #counted(): readonly Span[] {
    const all = [...this.#done, ...this.#open.values()].filter((span) => span.toMs - span.fromMs >= leastMs);
    return all.sort((a, b) => a.fromMs - b.fromMs);
  }

  #fresh(span: Span | undefined): readonly DebriefBreach[] {
    if (span === undefined || span.told || span.toMs - span.fromMs < leastMs) return [];
    span.told = true;
    return [breachOf(span)];
  }

  #take({ finding, callSign, uids }: Broken, tMs: number): string {
    const { kind, where, badM, text } = finding;
    const key = `${kind}:${uids.join("+")}:${where}`;
    const span = this.#open.get(key);
    if (span !== undefined && tMs - span.toMs <= gapMs) {
      span.toMs = tMs;
      span.on = true;
      if (badM > span.badM) Object.assign(span, { badM, text });
      return key;
    }
    if (span !== undefined) this.#done.push(span);
    this.#open.set(key, { kind, uids, callSign, where, fromMs: tMs, toMs: tMs, badM, text, on: true, told: false });
    return key;
  }

  /** Others of ours that this one is too near to, each where it flew on to by this row's moment. */
  #tooNear(uid: string, mine: Seen): readonly Broken[] {
    return [...this.#last].flatMap(([otherUid, other]) => {
      const laterS = (mine.row.tMs - other.row.tMs) / 1000;
      if (otherUid === uid || Math.abs(laterS) * 1000 > pairedMs) return [];
      const eastM = other.at.eastM + other.row.velEastMps * laterS - mine.at.eastM;
      const northM = other.at.northM + other.row.velNorthMps * laterS - mine.at.northM;
      const apartM = Math.hypot(eastM, northM);
      const verticalM = Math.abs(other.row.altAmslM - other.row.velDownMps * laterS - mine.row.altAmslM);
      if (apartM >= ownSeparation.horizontalM - placeDoubtM) return [];
      if (verticalM >= ownSeparation.verticalM - heightDoubtM) return [];
      const [first, second] = uid < otherUid ? [mine, other] : [other, mine];
      const text = `${Math.round(apartM)} m apart, ${Math.round(verticalM)} m of height between`;
      const badM = -Math.hypot(apartM, verticalM);
      const finding: Finding = { kind: "separation", where: second.callSign, badM, text };
      return [{ finding, callSign: first.callSign, uids: [uid, otherUid].sort() }];
    });
  }
}

const isOn = (span: Span, nowMs: number): boolean => span.on && nowMs - span.toMs <= gapMs;

const breachOf = ({ kind, callSign, where, fromMs, toMs, text }: Span): DebriefBreach => ({
  kind,
  callSign,
  where,
  fromMs,
  toMs,
  worst: text,
});
