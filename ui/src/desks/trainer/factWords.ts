import type { Fact } from "@outrider/contract";
import { injectWord } from "./injects.js";

/** What a fact says beyond its name, in few words; empty where the name says it all. */
export function factDetail(fact: Fact, callSigns: CallSigns = NOBODY): string {
  const byLaunch =
    "launchId" in fact.data && fact.data.launchId !== undefined ? callSigns.get(fact.data.launchId) : undefined;
  const who =
    byLaunch ?? ("uid" in fact.data && fact.data.uid !== undefined ? callSigns.get(fact.data.uid) : undefined);
  const text = factText(fact);
  return [who === undefined || text.startsWith(who) ? "" : who, text].filter((t) => t !== "").join(": ");
}

/** Call signs by launch and by aircraft, for facts that name one of these alone. */
export type CallSigns = ReadonlyMap<string, string>;
const NOBODY: CallSigns = new Map();

export const callSignsOf = (facts: readonly Fact[]): CallSigns =>
  new Map(
    facts.flatMap((f) =>
      f.type === "LaunchProposed"
        ? [[f.data.launchId, f.data.choice.callSign] as const, [f.data.choice.uid, f.data.choice.callSign] as const]
        : [],
    ),
  );

function factText(fact: Fact): string {
  switch (fact.type) {
    case "IncidentOpened":
      return `${fact.data.title}, ${fact.data.place.label}`;
    case "LaunchProposed":
      return fact.data.choice.callSign;
    case "LaunchDeclined":
    case "LaunchAborted":
    case "IncidentClosed":
      return fact.data.reason;
    case "LaunchRefused":
    case "LaunchNotPossible":
      return fact.data.reasons.map((r) => r.text).join(" ");
    case "AlarmRaised":
      return fact.data.text;
    case "InjectMade":
      return madeWord(fact.data);
    case "MarkMade":
      return fact.data.text;
    case "OrderIssued":
      return fact.data.act.verb;
    case "RunRetimed":
      return fact.data.paused ? "paused" : `${fact.data.rate}×`;
    case "RunEnded":
      return fact.data.score === undefined ? "" : `score ${Math.round(fact.data.score)}`;
    case "PlaceSet":
      return `${fact.data.address}: ${fact.data.text}`;
    case "DecisionReviewed":
    case "SearchReviewed":
      return [VERDICT[fact.data.verdict], fact.data.text].filter((t) => t !== "").join(": ");
    case "SearchPatternSeen":
      return fact.data.why;
    default:
      return linkText(fact);
  }
}

/** A helicopter on no receiver is another exercise than one that is heard. */
function madeWord({ inject, text }: { readonly inject: string; readonly text: string }): string {
  return injectWord(inject === "helicopter" && text.includes('"cooperative":false') ? "silentHelicopter" : inject);
}

const VERDICT = { good: "in order", legit: "in order", "follow-up": "asked why", "ask-more": "asked why" } as const;
const PART = { mission: "what it will fly", fence: "its fence", rally: "where it may land" } as const;

const UNSAID = {
  silent: "does not say who it is",
  noUid: "has no id of its own",
  uidTaken: "says the id of another one",
} as const;

/** Facts about who else speaks to an aircraft, and over what. */
function linkText(fact: Fact): string {
  switch (fact.type) {
    case "OtherStationTookControl":
      return fact.data.text;
    case "OtherStationLetGo":
      return "it flies by our orders again";
    case "ForeignAnswerSeen":
      return `answered command ${fact.data.command}, which is none of ours`;
    case "PlanChangedByOther":
      return `another station changed ${PART[fact.data.part]}`;
    case "GimbalTakenByOther":
      return fact.data.text;
    case "OurIdsUsed":
      return `${fact.data.endpoint} sends as ${fact.data.sysid}/${fact.data.compid}, which are ours: dropped`;
    case "ForeignStationHeard":
      return `system ${fact.data.sysid} at ${fact.data.endpoint}`;
    case "SysidChanged":
      return `was system ${fact.data.before}, is ${fact.data.sysid}`;
    case "AircraftReplaced":
      return `another aircraft answers as system ${fact.data.sysid}`;
    case "DuplicateSysid":
      return `system ${fact.data.sysid}: neither can be launched`;
    case "AircraftUnidentified":
      return `system ${fact.data.sysid} at ${fact.data.endpoint} ${UNSAID[fact.data.reason]}`;
    case "AircraftUnidentifiedOver":
      return `system ${fact.data.sysid} at ${fact.data.endpoint} ${fact.data.why === "gone" ? "is not heard any more" : "said who it is"}`;
    case "SticksEnded":
      return fact.data.text;
    case "CarrierChanged":
      return `now over ${fact.data.to}: ${fact.data.why}`;
    case "TrackSealed":
      return `${fact.data.count} places kept${fact.data.missed === 0 ? "" : `, ${fact.data.missed} missed`}`;
    default:
      return "";
  }
}

/** Facts whose name alone would not be understood. */
const TITLES: Readonly<Partial<Record<Fact["type"], string>>> = {
  OtherStationTookControl: "Another station took control",
  OtherStationLetGo: "Under our control again",
  ForeignAnswerSeen: "It answered another station",
  PlanChangedByOther: "Plan changed by another station",
  GimbalTakenByOther: "Somebody else has the camera",
  GimbalGivenBack: "Nobody else has the camera any more",
  OurIdsUsed: "Somebody uses our ids",
  SysidChanged: "System id changed",
  AircraftReplaced: "Another aircraft in its place",
  DuplicateSysid: "Two aircraft use one system id",
  DuplicateSysidOver: "Its system id is its own again",
  AircraftUnidentified: "An aircraft that nobody can name",
  AircraftUnidentifiedOver: "No longer without a name",
  SticksEnded: "Flying by hand ended",
  CarrierChanged: "Other link carries orders",
  TrackSealed: "Track sealed",
  PlaceSet: "Place set",
  DecisionReviewed: "Decision reviewed",
  SearchReviewed: "Search reviewed",
  SearchPatternSeen: "Same plate sought again and again",
};

/** A fact's name as words: "Launch proposed". */
export const factTitle = (type: Fact["type"]): string =>
  TITLES[type] ?? type.replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);

const KEY_FACTS: ReadonlySet<Fact["type"]> = new Set<Fact["type"]>([
  "IncidentOpened",
  "IncidentClosed",
  "LaunchProposed",
  "LaunchApproved",
  "LaunchDeclined",
  "LaunchExpired",
  "LaunchRefused",
  "LaunchAborted",
  "LaunchNotPossible",
  "VetoWindowElapsed",
  "Airborne",
  "OnScene",
  "CameraOnTarget",
  "Returning",
  "Landed",
  "Docked",
  "AlarmRaised",
  "InjectMade",
  "MarkMade",
  "OfficerAdvised",
  "PlaceSet",
  "OtherStationTookControl",
  "OtherStationLetGo",
  "PlanChangedByOther",
  "GimbalTakenByOther",
  "OurIdsUsed",
  "AircraftReplaced",
  "DuplicateSysid",
  "SticksEnded",
  "FailsafeSeen",
  "LinkLost",
  "LinkBack",
  "RunStarted",
  "RunEnded",
]);

/** Facts that a debrief talks about; the rest is how they came about. */
export const isKeyFact = (fact: Fact): boolean => KEY_FACTS.has(fact.type);

export interface ScrubMark {
  readonly tMs: number;
  readonly kind: "mark" | "inject" | "decision" | "alarm";
  readonly text: string;
}

/** Ticks over the scrubber: where the trainer marked or injected, where somebody decided, where an alarm rose. */
export function scrubMarks(facts: readonly Fact[]): readonly ScrubMark[] {
  return facts.flatMap((fact): ScrubMark[] => {
    const text = factText(fact);
    switch (fact.type) {
      case "MarkMade":
        return [{ tMs: fact.tMs, kind: "mark", text }];
      case "InjectMade":
        return [{ tMs: fact.tMs, kind: "inject", text }];
      case "AlarmRaised":
        return [{ tMs: fact.tMs, kind: "alarm", text }];
      case "LaunchApproved":
        return [{ tMs: fact.tMs, kind: "decision", text: "Launched" }];
      case "LaunchDeclined":
        return [{ tMs: fact.tMs, kind: "decision", text: `Declined: ${text}` }];
      default:
        return [];
    }
  });
}

/** The score with which the run ended, where it was scored. */
export function scoreOf(facts: readonly Fact[]): number | undefined {
  const end = facts.findLast((f) => f.type === "RunEnded");
  return end?.type === "RunEnded" ? end.data.score : undefined;
}
