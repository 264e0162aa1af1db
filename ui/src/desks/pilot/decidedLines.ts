import type { Fact } from "@outrider/contract";
import type { DecidedLine } from "./QuietCard.js";

const HOUR_MS = 3_600_000;
const MOST = 8;

/** Decisions of the last hour, newest first, from the facts of the pilot's room. */
export function decidedLines(facts: readonly Fact[], nowMs: number): readonly DecidedLine[] {
  const callSigns = new Map<string, string>();
  for (const f of facts) if (f.type === "LaunchProposed") callSigns.set(f.data.launchId, f.data.choice.callSign);
  const out: DecidedLine[] = [];
  for (const f of facts) {
    if (nowMs - f.tMs > HOUR_MS) continue;
    const line = lineOf(f, callSigns);
    if (line !== undefined) out.push({ id: f.id, tMs: f.tMs, ...line });
  }
  return out.reverse().slice(0, MOST);
}

function lineOf(f: Fact, callSigns: ReadonlyMap<string, string>): { strong: string; rest: string } | undefined {
  const name = (launchId: string): string => callSigns.get(launchId) ?? "";
  switch (f.type) {
    case "LaunchApproved":
      return { strong: `${name(f.data.launchId)} launched`.trim(), rest: "" };
    case "VetoWindowElapsed":
      return { strong: `${name(f.data.launchId)} launched by itself`.trim(), rest: "nobody stopped it" };
    case "LaunchDeclined":
      return { strong: "Declined", rest: f.data.reason };
    case "LaunchExpired":
      return { strong: "Lapsed", rest: `${name(f.data.launchId)} stayed in its dock` };
    case "LaunchRefused":
      return { strong: "Refused", rest: f.data.reasons[0]?.text ?? "" };
    case "LaunchAborted":
      return { strong: `${name(f.data.launchId)} stopped`.trim(), rest: f.data.reason };
    case "LaunchNotPossible":
      return { strong: "Not proposed", rest: f.data.reasons[0]?.text ?? "" };
    default:
      return undefined;
  }
}
