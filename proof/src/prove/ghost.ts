import type { Fact } from "@outrider/contract";
import { isBeforeArm, isEnded, type Launch, type OrderWish } from "@outrider/ground-station";
import { dockOf, type GateMood } from "./offers.js";

/** What a rule needs to know of the past of one launch, beside the deciders' own state. */
export type Ghost = {
  /** The approval that counts now: granted, not used up, not voided by a newer card. */
  readonly approval:
    | { readonly id: string; readonly uid: string; readonly version: number; readonly validUntilMs: number }
    | undefined;
  readonly arms: number;
  readonly stopped: boolean;
  /** The aircraft itself said that it armed after this launch's arm order. */
  readonly seenArmed: boolean;
};
export const noGhost: Ghost = { approval: undefined, arms: 0, stopped: false, seenArmed: false };

/** Kept from the facts alone, so that a decider cannot talk a rule out of itself. */
export function remember(ghost: Ghost, launch: Launch | undefined, fact: Fact): Ghost {
  switch (fact.type) {
    case "LaunchProposed":
      return { ...ghost, approval: undefined };
    case "LaunchApproved":
    case "VetoWindowElapsed": {
      const { approvalId: id, uid, version, validUntilMs } = fact.data;
      return { ...ghost, approval: { id, uid, version, validUntilMs } };
    }
    case "LaunchAborted":
    case "LaunchRefused":
    case "LaunchDeclined":
    case "LaunchExpired":
      return { ...ghost, stopped: true, approval: undefined };
    case "RunStarted":
      return launch === undefined ? ghost : { ...ghost, stopped: true, approval: undefined };
    case "Armed":
      return ghost.arms > 0 && launch !== undefined && !isEnded(launch) && launch.offer.choice.uid === fact.data.uid
        ? { ...ghost, seenArmed: true }
        : ghost;
    default:
      return ghost;
  }
}

/** What is known outside the launch at the moment an order would leave. */
export type Leaving = {
  readonly mood: GateMood | undefined;
  readonly nowMs: number;
  /** Another launch may have armed this aircraft. */
  readonly twin: boolean;
};

const launching: ReadonlySet<string> = new Set(["openDock", "uploadPlan", "arm", "startMission"]);

/** The rules about orders, in the words of docs/invariants.md. */
export function brokenBy(launch: Launch, ghost: Ghost, order: OrderWish, at: Leaving): string | undefined {
  const { uid } = launch.offer.choice;
  const { act } = order;
  if (order.launchId !== launch.launchId) return "an order of a launch that does not exist";
  if ("dockId" in act) {
    if (act.verb === "closeDock" && launch.mayBeArmed) return "a dock is closed over an aircraft that may be armed";
    if (act.verb === "openDock" && act.dockId !== dockOf(uid) && launch.stage.kind !== "returning")
      return "the dock of another aircraft is opened";
  } else if (order.uid !== uid) return `an order meant for ${uid} goes to ${order.uid}`;
  if (launching.has(act.verb) && launch.stage.kind !== "returning") {
    if (ghost.stopped) return "a launch that was stopped goes on";
    const unclear = at.mood === "block" || (at.mood === "unknown" && !launch.settled.has("weather"));
    if (unclear && isBeforeArm(launch)) return `${act.verb} although a gate says ${at.mood}`;
  }
  if (act.verb === "arm") return armBroken(launch, ghost, order, at);
  if (act.verb === "startMission" && !ghost.seenArmed)
    return "a mission starts although the aircraft never said that it armed";
  return undefined;
}

function armBroken(launch: Launch, ghost: Ghost, order: OrderWish, at: Leaving): string | undefined {
  const { approval } = ghost;
  if (ghost.arms > 0) return "one launch arms twice";
  if (approval === undefined) return "arms without a live approval";
  if (order.approvalId !== approval.id) return "arms with another approval";
  if (approval.uid !== order.uid) return "arms another aircraft than the approved one";
  if (approval.version !== launch.offer.version) return "arms on the approval of an older card";
  if (at.nowMs > approval.validUntilMs) return "arms on an approval that has lapsed";
  return at.twin ? "arms an aircraft that another launch may have armed" : undefined;
}
