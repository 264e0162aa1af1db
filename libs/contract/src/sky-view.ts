import type { GeoPoint } from "./place.js";
import type { SkySource } from "./sky-config.js";

export const strangerKinds = ["helicopter", "aeroplane", "drone", "glider", "aircraft"] as const;
/** `aircraft`: it flies, and does not say as what. */
export type StrangerKind = (typeof strangerKinds)[number];

/** `traffic`: to be known of. `caution` and `warning`: well clear is predicted to be lost, and when. */
export type TrafficLevel = "none" | "traffic" | "caution" | "warning";

/** One aircraft that is none of ours, as it was heard last: latest wins, with its age. */
export type StrangerView = {
  readonly trafficId: string;
  /** Its call sign, or its address where it tells none. */
  readonly name: string;
  readonly kind: StrangerKind;
  /** Where it was heard, `ageMs` ago. */
  readonly point: GeoPoint;
  readonly ageMs: number;
  readonly headingDeg: number | undefined;
  readonly speedMps: number | undefined;
  readonly upMps: number | undefined;
  /** Undefined: not known. A pressure height without the station's QNH is not a height. */
  readonly altAmslM: number | undefined;
  readonly altAglM: number | undefined;
  /** What its height rests on, in words: "pressure altitude 1,450 ft, QNH 1014". */
  readonly heightTold: string;
  readonly sources: readonly string[];
  /** Where a drone's operator says to be: as it was at takeoff, now, or fixed. */
  readonly operator?: { readonly point: GeoPoint; readonly kind: "takeoff" | "live" | "fixed"; readonly ageMs: number };
  /** Why its word is doubted, in words; left out where nothing speaks against it. It counts all the same. */
  readonly doubts?: readonly string[];
  readonly level: TrafficLevel;
  /** Of the level: who is meant, where it is, how near it comes and when. */
  readonly text: string;
  /** What was agreed to do; empty below a caution. */
  readonly suggestion: string;
};

export type SkySourceView = {
  readonly sourceId: string;
  readonly kind: SkySource["kind"];
  /** `never`: it has not answered since this station started. */
  readonly state: "live" | "silent" | "never";
  readonly text: string;
  /** Run time since when it is silent. */
  readonly sinceMs: number | undefined;
};

export type MetarView = { readonly raw: string; readonly observedMs: number; readonly distanceM: number | undefined };

/** A flight restriction near the site, to be drawn and read. */
export type RestrictionView = {
  readonly restrictionId: string;
  readonly notam: string;
  readonly title: string;
  /** `unclear`: no shape or no times, so a person has to read the notice. */
  readonly state: "active" | "coming" | "over" | "unclear";
  /** Rings to draw, each with its holes; circles come as rings. */
  readonly areas: readonly { readonly outer: readonly GeoPoint[]; readonly holes: readonly (readonly GeoPoint[])[] }[];
  /** "until 14:30", "from 15:00", in the site's time. */
  readonly when: string;
  /** "ground to 3,000 ft AGL". */
  readonly heights: string;
  readonly doubt: string;
  /** Reference of the paper by which the agency may enter it. */
  readonly waiver: string;
};

export type SkyView = {
  /** Nearest to trouble first. */
  readonly strangers: readonly StrangerView[];
  readonly sources: readonly SkySourceView[];
  readonly metar: MetarView | undefined;
  /** Absent: no source of flight restrictions is configured. */
  readonly restrictions?: readonly RestrictionView[];
};
