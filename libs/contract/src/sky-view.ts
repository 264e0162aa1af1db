import type { GeoPoint } from "./place.js";

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
  readonly level: TrafficLevel;
  /** Of the level: who is meant, where it is, how near it comes and when. */
  readonly text: string;
  /** What was agreed to do; empty below a caution. */
  readonly suggestion: string;
};

export type SkySourceView = {
  readonly sourceId: string;
  readonly kind: "aircraft-json" | "sbs" | "metar";
  /** `never`: it has not answered since this station started. */
  readonly state: "live" | "silent" | "never";
  readonly text: string;
  /** Run time since when it is silent. */
  readonly sinceMs: number | undefined;
};

export type MetarView = { readonly raw: string; readonly observedMs: number; readonly distanceM: number | undefined };

export type SkyView = {
  /** Nearest to trouble first. */
  readonly strangers: readonly StrangerView[];
  readonly sources: readonly SkySourceView[];
  readonly metar: MetarView | undefined;
};
