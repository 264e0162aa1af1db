import { type GateResult, newFact } from "@outrider/contract";
import { verdictOf, withSettled } from "../gates/index.js";
import { systemActor } from "../kernel/index.js";
import { type Decision, decided, measured, nothing, type OrderWish, stop } from "./decide.js";
import { approvalOf, isEnded, isPreparing, type Launch } from "./launch.js";

/** What is true now and not a fact of this launch. */
export type StepView = {
  /** Measured at this moment; only asked for while the launch is being prepared. */
  readonly gates: readonly GateResult[];
  readonly nowMs: number;
  readonly door: (dockId: string) => string | undefined;
};

/**
 * What a launch needs next, from its state alone: called after every fact that concerns it and once a second. An order
 * that has been issued has changed the state, so asking again yields nothing: that is why nothing is sent twice.
 */
export function stepLaunch(launch: Launch, view: StepView): Decision {
  const shut = closeDocks(launch);
  if (shut.length > 0) return decided([], shut);
  if (isPreparing(launch)) return prepare(launch, view);
  return fly(launch);
}

/** Docks that this launch opened and no longer needs; never over an aircraft that may be armed. */
function closeDocks(launch: Launch): OrderWish[] {
  const done = isEnded(launch) || launch.stage.kind === "docked";
  if (launch.mayBeArmed) return [];
  return launch.openDocks
    .filter((dock) => done || dock.dockId !== launch.offer.choice.dockId)
    .filter(() => launch.stage.kind !== "landed")
    .map(({ uid, dockId }) => ({
      uid,
      act: { verb: "closeDock", dockId },
      by: systemActor,
      launchId: launch.launchId,
    }));
}

/** Gates again at every step: a block ends it, and so does an unknown that no person has settled. */
function prepare(launch: Launch, view: StepView): Decision {
  const approval = approvalOf(launch.stage);
  if (approval === undefined) return nothing;
  if (view.nowMs > approval.validUntilMs)
    return stop(launch, "approval-lapsed", "The approval lapsed before the aircraft was ready.", systemActor);
  const gates = withSettled(view.gates, launch.settled);
  const verdict = verdictOf(gates);
  const news = measured(launch, gates);
  if (verdict.kind !== "clear") {
    const text = verdict.gates.map((gate) => gate.text).join(" ");
    const stopped = stop(launch, verdict.gates[0]?.gate ?? "gate", text, systemActor);
    return stopped.kind === "decided" ? decided([...news, ...stopped.facts], stopped.orders) : stopped;
  }
  const next = nextOf(launch, view);
  return next.kind === "decided" ? decided([...news, ...next.facts], next.orders) : next;
}

function nextOf(launch: Launch, view: StepView): Decision {
  const { launchId, offer, stage } = launch;
  const { uid, dockId } = offer.choice;
  const order = (act: OrderWish["act"]): Decision => decided([], [{ uid, act, by: systemActor, launchId }]);
  switch (stage.kind) {
    case "approved": {
      const door = view.door(dockId);
      if (door === "open" || door === "none")
        return decided([newFact("DockOpened", { launchId, incidentId: launch.incidentId, uid, dockId }, systemActor)]);
      return order({ verb: "openDock", dockId });
    }
    case "dockOpen":
      return order({ verb: "uploadPlan", plan: offer.plan });
    case "planReady":
      return decided(
        [],
        [{ uid, act: { verb: "arm" }, by: stage.approval.by, launchId, approvalId: stage.approval.approvalId }],
      );
    default:
      return nothing;
  }
}

/** Orders of the flight that follow from its stage. Coming home is the only one that a pilot's own flying does not end. */
function fly(launch: Launch): Decision {
  const { launchId, offer, stage, ordered } = launch;
  const { uid } = offer.choice;
  const { scene } = offer.plan;
  const wish = (act: OrderWish["act"]): OrderWish => ({ uid, act, by: systemActor, launchId });
  const target = { point: scene.point, altAmslM: scene.altAmslM, groundAmslM: scene.groundAmslM };
  switch (stage.kind) {
    case "armed":
      return decided([], [wish({ verb: "startMission" })]);
    case "climbing":
      return ordered.level || ordered.camera ? nothing : decided([], [wish({ verb: "levelCamera" })]);
    case "onScene":
      if (!ordered.orbit && !launch.handFlown)
        return decided([], [wish({ verb: "orbit", ...target, radiusM: scene.orbitRadiusM, speedMps: scene.speedMps })]);
      return ordered.camera
        ? nothing
        : decided([], [wish({ verb: "pointCamera", point: scene.point, altAmslM: scene.groundAmslM })]);
    case "returning":
      return ordered.return ? nothing : decided([], [wish({ verb: "return" })]);
    default:
      return nothing;
  }
}
