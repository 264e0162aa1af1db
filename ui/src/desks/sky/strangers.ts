import type { SkyView, StrangerKind, StrangerView } from "@outrider/contract";
import { ahead, strangerUid } from "../../live/index.js";
import { agoText, compassPoint, distanceText, heightText, listText, speedText, type Units } from "../../parts/index.js";
import type { SceneAircraft } from "../../scene/index.js";
import { localFrame, toLocal } from "../../world/index.js";
import { plainCause } from "../health/plainCause.js";

const kindWords: Readonly<Record<StrangerKind, string>> = {
  helicopter: "helicopter",
  aeroplane: "aeroplane",
  drone: "drone of others",
  glider: "glider",
  aircraft: "aircraft",
};

/** About 100 ft a minute: less is level flight. */
const LEVEL_MPS = 0.5;
/** The line before a stranger reaches to where it would be by then. */
const AHEAD_S = 30;

export const strangerName = (one: StrangerView): string => `${one.name} ${kindWords[one.kind]}`;

/** Rising or sinking, as an arrow that stands beside a height; nothing where it is level or not told. */
export const trendArrow = (upMps: number | undefined): string =>
  upMps === undefined || Math.abs(upMps) < LEVEL_MPS ? "" : upMps > 0 ? " ↑" : " ↓";

/** Never a bare number: above what, or that nobody knows. */
export function strangerHeight(one: StrangerView, units: Units): string {
  if (one.altAglM !== undefined) return `${heightText(Math.max(0, one.altAglM), units)} AGL${trendArrow(one.upMps)}`;
  if (one.altAmslM !== undefined) return `${heightText(one.altAmslM, units)} AMSL${trendArrow(one.upMps)}`;
  return "height unknown";
}

export function strangersOnMap(sky: SkyView | undefined, units: Units): SceneAircraft[] {
  return (sky?.strangers ?? []).map((one) => ({
    uid: strangerUid(one.trafficId),
    callSign: strangerName(one),
    ...{ selected: false, docked: false, showFootprint: false },
    kind: one.kind === "helicopter" ? ("helicopter" as const) : ("stranger" as const),
    told: strangerHeight(one, units),
    level: one.level,
    doubtful: isDoubtful(one),
    ...(one.operator === undefined ? {} : { operator: one.operator.point }),
    ...(one.headingDeg === undefined || one.speedMps === undefined
      ? {}
      : { ahead: ahead(one.point, one.headingDeg, one.speedMps * AHEAD_S) }),
  }));
}

export type StrangerRow = {
  readonly id: string;
  readonly name: string;
  readonly flies: string;
  /** Who is meant, how near it comes and when; empty where it comes near to nobody. */
  readonly text: string;
  readonly level: StrangerView["level"];
  readonly ageMs: number;
  /** Its place is old, its height is not known, or its word is doubted: hatched. */
  readonly doubtful: boolean;
  /** What speaks against its word, in one line; empty where nothing does. It counts all the same. */
  readonly doubts: string;
  /** Where its operator says to be, seen from it; empty where it tells of none. */
  readonly operator: string;
  /** What its height rests on, for whoever wants to know. */
  readonly told: string;
};

/** Not heard for so long, its place is where it was thought to be. */
const OLD_MS = 5_000;

const isDoubtful = (one: StrangerView): boolean => isUnsure(one) || (one.doubts ?? []).length > 0;

/** Where it is, or how high, is not known well enough. */
const isUnsure = (one: StrangerView): boolean =>
  one.ageMs >= OLD_MS || (one.altAglM === undefined && one.altAmslM === undefined);

const doubtsText = ({ doubts = [] }: StrangerView): string =>
  doubts.length === 0 ? "" : `Doubted: ${listText(doubts)}. Keep clear of it all the same`;

type Operator = NonNullable<StrangerView["operator"]>;
const operatorWords: Readonly<Record<Operator["kind"], string>> = {
  takeoff: "where it took off",
  live: "where it says to stand now",
  fixed: "at a fixed place",
};

/** "Operator 0.21 mi NW of it, where it took off, told 12 s ago": a place to send somebody to, as the drone tells it. */
function operatorText({ point, operator }: StrangerView, units: Units): string {
  if (operator === undefined) return "";
  const { xM, yM } = toLocal(localFrame(point), operator.point);
  const way = compassPoint((Math.atan2(xM, yM) * 180) / Math.PI);
  const far = distanceText(Math.hypot(xM, yM), units);
  return `Operator ${far} ${way} of it, ${operatorWords[operator.kind]}, told ${agoText(operator.ageMs)}`;
}

/** Strangers for the scene's twin in words: who flies there, how high, and who is meant by it. */
export const strangerTwins = (
  sky: SkyView | undefined,
  units: Units,
): { readonly uid: string; readonly altText: string; readonly phase: string }[] =>
  (sky?.strangers ?? []).map((one) => ({
    uid: strangerUid(one.trafficId),
    altText: strangerHeight(one, units),
    phase: [one.level === "none" ? "" : one.text, doubtsText(one), operatorText(one, units)]
      .filter((text) => text !== "")
      .join(". "),
  }));

export function strangerRows(sky: SkyView | undefined, units: Units): readonly StrangerRow[] {
  return (sky?.strangers ?? []).map((one) => ({
    id: one.trafficId,
    name: strangerName(one),
    flies: [strangerHeight(one, units), one.speedMps === undefined ? "" : speedText(one.speedMps, units)]
      .filter((text) => text !== "")
      .join(", "),
    text: one.level === "none" ? "" : `${one.text}. ${one.suggestion}`.trim(),
    level: one.level,
    ageMs: one.ageMs,
    doubtful: isDoubtful(one),
    doubts: doubtsText(one),
    operator: operatorText(one, units),
    told: `${one.heightTold}. Heard by ${one.sources.join(", ")}.`,
  }));
}

const DO: Readonly<Record<"traffic" | "weather" | "airspace", string>> = {
  traffic: "Look and listen for other aircraft yourself.",
  weather: "Judge the weather at the dock, or ask for it by radio.",
  airspace: "Look up restrictions yourself before a launch.",
};

/** What a person does in the place of a source that is silent. */
export const insteadOf = (gate: string): string =>
  gate === "traffic" || gate === "weather" || gate === "airspace" ? DO[gate] : "";

/** Sources that ought to tell and do not, as the watch's list of what this site does not have shows them. */
export function silentSources(
  sky: SkyView | undefined,
  timeText: (tMs: number) => string,
): readonly { readonly gate: string; readonly text: string; readonly who: string; readonly when: string }[] {
  return (sky?.sources ?? [])
    .filter((one) => one.state !== "live")
    .map((one) => ({
      gate: one.kind === "metar" ? "weather" : one.kind === "tfr" || one.kind === "uasfm" ? "airspace" : "traffic",
      text: `${one.sourceId} is silent: ${plainCause(one.text)}`,
      who: "the ground station",
      when: one.sinceMs === undefined ? "since its start" : `since ${timeText(one.sinceMs)}`,
    }));
}
