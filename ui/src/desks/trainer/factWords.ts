import type { Fact } from "@outrider/contract";
import { injectWord } from "./injects.js";

/** What a fact says beyond its name, in few words; empty where the name says it all. */
export function factDetail(fact: Fact, callSigns: CallSigns = NOBODY): string {
  const who =
    "launchId" in fact.data && fact.data.launchId !== undefined ? callSigns.get(fact.data.launchId) : undefined;
  const text = factText(fact);
  return [who === text ? "" : (who ?? ""), text].filter((t) => t !== "").join(": ");
}

/** Which aircraft a launch chose, for facts that name the launch alone. */
export type CallSigns = ReadonlyMap<string, string>;
const NOBODY: CallSigns = new Map();

export const callSignsOf = (facts: readonly Fact[]): CallSigns =>
  new Map(
    facts.flatMap((f) => (f.type === "LaunchProposed" ? [[f.data.launchId, f.data.choice.callSign] as const] : [])),
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
      return injectWord(fact.data.inject);
    case "MarkMade":
      return fact.data.text;
    case "OrderIssued":
      return fact.data.act.verb;
    case "RunRetimed":
      return fact.data.paused ? "paused" : `${fact.data.rate}×`;
    case "RunEnded":
      return fact.data.score === undefined ? "" : `score ${Math.round(fact.data.score)}`;
    default:
      return "";
  }
}

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
