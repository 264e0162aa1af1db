import type { GateResult, LaunchView } from "@outrider/contract";
import {
  basisText,
  clockSpan,
  distanceText,
  type GateView,
  gateText,
  type HoldStatus,
  heightText,
  type LaunchCardView,
  type LoserView,
  type ProfileView,
  shortSpan,
  type Units,
  wordedText,
} from "../../parts/index.js";
import { phaseWord } from "./strips.js";

export interface CardInput {
  readonly launch: LaunchView;
  readonly nowMs: number;
  readonly units: Units;
  readonly ceilingAglM: number | undefined;
  readonly changed: string | undefined;
  /** Wall-clock age of the approval that this desk sent; undefined when it sent none. */
  readonly sentAgeMs: number | undefined;
  readonly problem: string | undefined;
  readonly mayLaunch: boolean;
  readonly me: string;
}

const WAITING: ReadonlySet<LaunchView["phase"]> = new Set(["approved", "openingDock", "uploading", "arming"]);

/** The card of one launch, in words. */
export function launchCardView(input: CardInput): LaunchCardView {
  const { launch, nowMs, units } = input;
  const open = launch.phase === "proposed";
  const { restsOn } = launch;
  const gates = launch.gates.map((g) => gateView(g, input.me, units));
  return {
    launchId: launch.launchId,
    version: launch.version,
    policy: launch.policy.kind === "veto" ? "veto" : launch.policy.kind === "approve" ? "approve" : "suggest",
    title: launch.incidentTitle,
    place: launch.placeLabel,
    because: restsOn === undefined ? launch.because : basisText(restsOn, units),
    odds: restsOn?.realOf100 === undefined ? "" : `${restsOn.realOf100} of 100 like it were real.`,
    secondsLeft:
      open && launch.policy.kind !== "suggest" ? Math.max(0, (launch.expiresAtMs - nowMs) / 1000) : undefined,
    secondsTotal: (launch.expiresAtMs - launch.proposedMs) / 1000,
    callSign: launch.choice.callSign,
    from: `from ${launch.choice.dockName}`,
    charge: `${Math.round(launch.choice.batteryPct)}% charged, ${Math.round(launch.choice.onSceneS / 60)} min on scene`,
    etaText: shortSpan(launch.choice.etaS),
    losers: launch.losers.map((one) => loserView(one, units)),
    gates,
    profile: profileView(launch, units, input.ceilingAglM),
    ifNothing: launch.ifNothing,
    changed: input.changed,
    status: statusOf(input, gates),
    settled: launch.gates
      .filter((g) => g.settledBy !== undefined)
      .map((g) => ({
        id: g.gate,
        text: `${g.name} checked by ${g.settledBy === input.me ? "you" : (g.settledBy ?? "")}`,
      })),
    over: overOf(launch),
    mayLaunch: input.mayLaunch,
    preparing: WAITING.has(launch.phase),
  };
}

function gateView(g: GateResult, me: string, units: Units): GateView {
  const settledBy = g.settledBy === me ? "you" : g.settledBy;
  const short = gateText(g, units);
  return { id: g.gate, name: g.name, text: wordedText(g, units), short, look: g.state, doThis: g.doThis, settledBy };
}

function loserView(l: LaunchView["losers"][number], units: Units): LoserView {
  const later = l.laterS === undefined ? "" : `${l.atLeast === true ? "at least " : ""}${shortSpan(l.laterS)} later`;
  return {
    uid: l.uid,
    callSign: l.callSign,
    text: [later, wordedText({ text: l.reason, wording: l.wording }, units)].filter((t) => t !== "").join(", "),
    choosable: l.laterS !== undefined,
  };
}

/** What the held button says. A gate that nobody could measure is settled by a person before anything is held. */
function statusOf(input: CardInput, gates: readonly GateView[]): HoldStatus {
  const { launch } = input;
  if (launch.unconfirmed !== undefined) return { kind: "unconfirmed", text: launch.unconfirmed };
  if (WAITING.has(launch.phase))
    return {
      kind: "done",
      text: launch.note === "" ? `Approved. ${launch.choice.callSign} is preparing` : launch.note,
    };
  if (input.problem !== undefined) return { kind: "unconfirmed", text: input.problem };
  if (input.sentAgeMs !== undefined) {
    if (input.sentAgeMs < 2000) return { kind: "sent", ageMs: input.sentAgeMs };
    return {
      kind: "unconfirmed",
      text: `No answer in 2 s. ${launch.choice.callSign} may have launched. Look, then decide.`,
    };
  }
  const block = gates.find((g) => g.look === "block");
  if (block !== undefined) return { kind: "blocked", text: `${block.name}: ${block.text}` };
  const unknown = gates.find((g) => g.look === "unknown" && g.settledBy === undefined);
  if (unknown !== undefined) return { kind: "blocked", text: `${unknown.name} is not known: look, then press its key` };
  return { kind: "ready" };
}

function overOf(launch: LaunchView): LaunchCardView["over"] {
  const because = launch.note === "" ? "" : `: ${launch.note}`;
  switch (launch.phase) {
    case "refused":
      return { kind: "refused", text: `Refused${because}` };
    case "expired":
      return { kind: "lapsed", text: `Nobody decided in time. ${launch.choice.callSign} stays in its dock.` };
    case "aborted":
      return { kind: "withdrawn", text: `Stopped${because}` };
    case "declined":
      return { kind: "declined", text: `Declined${because}` };
    default:
      return undefined;
  }
}

function profileView(launch: LaunchView, units: Units, ceilingAglM: number | undefined): ProfileView | undefined {
  const points = launch.plan.profile;
  if (points.length < 2) return undefined;
  return {
    groundAmslM: points.map((p) => p.groundAmslM),
    roofAmslM: points.map((p) => p.surfaceAmslM),
    pathAmslM: points.map((p) => p.pathAmslM),
    ceilingAglM,
    ceilingText: ceilingAglM === undefined ? "" : `${heightText(ceilingAglM, units)} ceiling`,
    fromText: launch.choice.dockName,
    toText: launch.placeLabel.length > 22 ? "call" : launch.placeLabel,
    lengthText: distanceText(launch.plan.lengthM, units),
  };
}

/** One line for each launch behind the open card: what is still to decide with its time, what is under way with its step. */
export function queueText(launch: LaunchView, nowMs: number): string {
  if (launch.phase !== "proposed")
    return `${launch.choice.callSign} goes to ${launch.placeLabel}: ${phaseWord(launch.phase).toLowerCase()}`;
  return `${launch.incidentTitle}, ${launch.choice.callSign}, ${clockSpan((launch.expiresAtMs - nowMs) / 1000)}`;
}

/** What differs from the version the pilot last saw, for a card that changed under the hand. */
export function changeText(before: LaunchView | undefined, now: LaunchView): string | undefined {
  if (before === undefined || before.launchId !== now.launchId || before.version === now.version) return undefined;
  const out: string[] = [];
  if (before.choice.uid !== now.choice.uid) {
    const later = now.choice.etaS - before.choice.etaS;
    out.push(`now ${now.choice.callSign}, ${shortSpan(Math.abs(later))} ${later >= 0 ? "later" : "sooner"}`);
  }
  if (before.placeLabel !== now.placeLabel) out.push(`now at ${now.placeLabel}`);
  if (before.policy.kind !== now.policy.kind)
    out.push(now.policy.kind === "veto" ? "now launches by itself" : "now needs your yes");
  return out.length === 0 ? "measured again" : out.join("; ");
}
