import {
  type Actor,
  type FactData,
  type GateId,
  type GateResult,
  type NewFact,
  newFact,
  type OrderVerb,
} from "@outrider/contract";
import { gateSaid, gatesDiffer, verdictOf, withSettled } from "../gates/index.js";
import { systemActor } from "../kernel/index.js";
import { isBeforeArm, isEnded, isFlying, type Launch } from "./launch.js";
import { stageWords } from "./stage-words.js";

export type Reason = Readonly<FactData<"LaunchNotPossible">["reasons"][number]>;
export type OrderWish = { uid: string; act: OrderVerb; by: Actor; launchId?: string; approvalId?: string };

/** What a command leads to: facts to be recorded, then orders to be sent. Nothing else happens. */
export type Decision =
  | { readonly kind: "decided"; readonly facts: readonly NewFact[]; readonly orders: readonly OrderWish[] }
  | { readonly kind: "refused"; readonly reason: Reason };

export const decided = (facts: readonly NewFact[], orders: readonly OrderWish[] = []): Decision => ({
  kind: "decided",
  facts,
  orders,
});
export const nothing: Decision = decided([]);
export const refused = (code: string, text: string, doThis: string): Decision => ({
  kind: "refused",
  reason: { code, text, doThis },
});

type Person = Extract<Actor, { kind: "person" }>;

/** What people and clocks may ask of a launch that has not armed. Gates and plans come in as data: no geometry here. */
export type LaunchCommand =
  | { readonly kind: "propose"; readonly offer: Omit<FactData<"LaunchProposed">, "version"> }
  | {
      readonly kind: "settleGate";
      readonly version: number;
      readonly gate: GateId;
      readonly text: string;
      readonly by: Person;
    }
  | {
      readonly kind: "approve";
      readonly version: number;
      readonly nonce: string;
      readonly uid: string;
      readonly by: Person;
      readonly onWatch: boolean;
      readonly gates: readonly GateResult[];
      readonly approvalId: string;
      readonly validUntilMs: number;
    }
  | {
      readonly kind: "decline";
      readonly version: number;
      readonly reason: string;
      readonly by: Person;
      readonly onWatch: boolean;
    }
  | {
      readonly kind: "windowEnds";
      /** Why it may not launch itself now; undefined when everything that a veto launch needs is there. */
      readonly hindrance: string | undefined;
      readonly gates: readonly GateResult[];
      readonly approvalId: string;
      readonly validUntilMs: number;
    }
  | { readonly kind: "stop"; readonly code: string; readonly why: string; readonly by: Actor }
  | { readonly kind: "abort"; readonly reason: string; readonly by: Person };

const idsOf = (launch: Launch) => ({ launchId: launch.launchId, incidentId: launch.incidentId });

export function decideLaunch(command: LaunchCommand, launch: Launch | undefined, nowMs: number): Decision {
  if (command.kind === "propose") return propose(command.offer, launch);
  if (launch === undefined) return refused("no-launch", "There is no such launch.", "Look at the list of launches.");
  switch (command.kind) {
    case "settleGate":
      return settleGate(command, launch);
    case "approve":
      return approve(command, launch, nowMs);
    case "decline":
      return decline(command, launch);
    case "windowEnds":
      return windowEnds(command, launch, nowMs);
    case "stop":
      return stop(launch, command.code, command.why, command.by);
    case "abort":
      return abort(command, launch);
  }
}

function propose(offer: Omit<FactData<"LaunchProposed">, "version">, launch: Launch | undefined): Decision {
  if (launch !== undefined && !isBeforeArm(launch))
    return refused("too-late", `This launch is already ${stageWords(launch)}.`, "Fly it, or bring it home.");
  const version = (launch?.offer.version ?? 0) + 1;
  return decided([newFact("LaunchProposed", { ...offer, version }, systemActor)]);
}

function staleCard(launch: Launch, version: number): Decision | undefined {
  if (launch.stage.kind !== "proposed")
    return refused("not-proposed", `This launch is already ${stageWords(launch)}.`, "Look at the launch as it is now.");
  if (version !== launch.offer.version)
    return refused(
      "stale-version",
      "The proposal has changed since this card was shown.",
      "Read the card again, then decide.",
    );
  return undefined;
}

function settleGate(command: Extract<LaunchCommand, { kind: "settleGate" }>, launch: Launch): Decision {
  const stale = staleCard(launch, command.version);
  if (stale !== undefined) return stale;
  const gate = launch.gates.find((one) => one.gate === command.gate);
  if (gate?.state !== "unknown")
    return refused(
      "not-unknown",
      "Only a gate that cannot be measured can be settled by a person.",
      "Look at the gate as it is now.",
    );
  const { version, text } = command;
  return decided([newFact("GateSettled", { ...idsOf(launch), version, gate: command.gate, text }, command.by)]);
}

function approve(command: Extract<LaunchCommand, { kind: "approve" }>, launch: Launch, nowMs: number): Decision {
  const stale = staleCard(launch, command.version);
  if (stale !== undefined) return stale;
  const { offer } = launch;
  if (command.nonce !== offer.nonce)
    return refused(
      "wrong-nonce",
      "This approval was not given on the card that is shown now.",
      "Read the card again, then decide.",
    );
  if (command.uid !== offer.choice.uid)
    return refused(
      "wrong-aircraft",
      `The card proposes ${offer.choice.callSign}.`,
      "Approve the aircraft that the card names.",
    );
  if (nowMs >= offer.expiresAtMs) return refused("expired", "The card has lapsed.", "Ask for a new proposal.");
  if (!command.onWatch) return refused("not-on-watch", "Only a pilot on watch can launch.", "Start a watch first.");
  const gates = withSettled(command.gates, launch.settled);
  const verdict = verdictOf(gates);
  if (verdict.kind !== "clear") {
    const first = verdict.gates[0];
    return refused(
      verdict.kind === "blocked" ? "gate-blocks" : "gate-unknown",
      first === undefined ? "" : gateSaid(first),
      first?.doThis ?? "Settle it, then decide.",
    );
  }
  const { version, uid, approvalId, validUntilMs } = command;
  return decided([
    ...measured(launch, gates),
    newFact("LaunchApproved", { ...idsOf(launch), version, uid, approvalId, validUntilMs }, command.by),
    newFact("ControlTaken", { uid, personId: command.by.personId, name: command.by.name }, command.by),
  ]);
}

/** Gates as newly measured, where a reader would see a difference. */
export function measured(launch: Launch, gates: readonly GateResult[]): NewFact[] {
  if (!gatesDiffer(launch.gates, gates)) return [];
  return [
    newFact("GatesMeasured", { ...idsOf(launch), version: launch.offer.version, gates: [...gates] }, systemActor),
  ];
}

function decline(command: Extract<LaunchCommand, { kind: "decline" }>, launch: Launch): Decision {
  const stale = staleCard(launch, command.version);
  if (stale !== undefined) return stale;
  if (!command.onWatch) return refused("not-on-watch", "Only a pilot on watch can decline.", "Start a watch first.");
  const { version, reason } = command;
  return decided([newFact("LaunchDeclined", { ...idsOf(launch), version, reason }, command.by)]);
}

/** The countdown is over: it lapses, launches itself, or (a veto window that something speaks against) falls to the pilot. */
function windowEnds(command: Extract<LaunchCommand, { kind: "windowEnds" }>, launch: Launch, nowMs: number): Decision {
  const { offer } = launch;
  if (launch.stage.kind !== "proposed" || nowMs < offer.expiresAtMs) return nothing;
  const ids = idsOf(launch);
  if (offer.policy.kind !== "veto")
    return decided([newFact("LaunchExpired", { ...ids, version: offer.version }, systemActor)]);
  const verdict = verdictOf(command.gates);
  if (command.hindrance !== undefined || verdict.kind !== "clear") {
    const gate = verdict.kind === "clear" ? undefined : verdict.gates[0];
    const said = gate === undefined ? "" : gateSaid(gate);
    return refused("veto-stopped", command.hindrance ?? said, "The pilot has to decide.");
  }
  const { approvalId, validUntilMs } = command;
  const { picId, picName, version } = offer;
  const { uid } = offer.choice;
  return decided([
    ...measured(launch, command.gates),
    newFact("VetoWindowElapsed", { ...ids, version, uid, approvalId, validUntilMs, picId, picName }, systemActor),
    newFact("ControlTaken", { uid, personId: picId, name: picName }, systemActor),
  ]);
}

/** Ends what has not armed; says nothing about what flies. */
export function stop(launch: Launch, code: string, why: string, by: Actor): Decision {
  if (isEnded(launch) || !isBeforeArm(launch)) return nothing;
  const ids = idsOf(launch);
  if (launch.stage.kind === "proposed") {
    const reasons = [{ code, text: why, doThis: "Nothing to do: it stays in its dock." }];
    return decided([newFact("LaunchRefused", { ...ids, version: launch.offer.version, reasons }, by)]);
  }
  return decided([newFact("LaunchAborted", { ...ids, uid: launch.offer.choice.uid, reason: why, safe: true }, by)]);
}

function abort(command: Extract<LaunchCommand, { kind: "abort" }>, launch: Launch): Decision {
  if (isEnded(launch)) return refused("ended", `This launch is already ${stageWords(launch)}.`, "Nothing to do.");
  if (isBeforeArm(launch)) return stop(launch, "aborted", command.reason, command.by);
  if (isFlying(launch)) return bringHome(launch, command.reason, command.by);
  if (launch.stage.kind === "landed" || launch.stage.kind === "docked")
    return refused("landed", "It has already landed.", "Close the flight.");
  return giveUp(launch, command.reason, command.by);
}

/** After the arm order: it may be armed. The mission is not started; on the ground it disarms by itself. */
export function giveUp(launch: Launch, reason: string, by: Actor): Decision {
  const { uid } = launch.offer.choice;
  const fact = newFact("LaunchAborted", { ...idsOf(launch), uid, reason, safe: !launch.mayBeArmed }, by);
  // A mission that was started may lift it off any moment: landing is the order that is right on the ground and in the air.
  const land: OrderWish[] =
    launch.stage.kind === "starting" ? [{ uid, act: { verb: "land" }, by, launchId: launch.launchId }] : [];
  return decided([fact], land);
}

/** Everybody may always come home; the order itself follows from the stage. */
export function bringHome(launch: Launch, why: string, by: Actor): Decision {
  if (!isFlying(launch) || launch.stage.kind === "returning") return nothing;
  const { uid } = launch.offer.choice;
  return decided([newFact("Returning", { ...idsOf(launch), uid, why, dockId: launch.returnDockId }, by)]);
}
