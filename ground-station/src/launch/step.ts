import { type GateResult, newFact } from "@outrider/contract";
import { gateSaid, verdictOf, withSettled } from "../gates/index.js";
import { systemActor } from "../kernel/index.js";
import { type Decision, decided, measured, nothing, type OrderWish, stop } from "./decide.js";
import { approvalOf, isEnded, isPreparing, type Launch } from "./launch.js";

/**
 * PX4 judges its plan anew when arming sets its home; ordered to start meanwhile it says "No valid mission", which ends
 * the launch (a real PX4 did, 0.1 s after arming, in about half of its first flights after a boot).
 */
const PLAN_JUDGED_MS = 700;

/** What is true now and not a fact of this launch. */
export type StepView = {
  /** Measured at this moment; only asked for while the launch is being prepared. */
  readonly gates: readonly GateResult[];
  readonly nowMs: number;
  readonly door: (dockId: string) => string | undefined;
  /** The aircraft hovers over the dock that it is to come home to. */
  readonly overReturnDock: boolean;
  /** False where nothing turns its camera, or its gimbal says nothing: orders to it would only end as unconfirmed. */
  readonly cameraTurns?: boolean;
};

/**
 * What a launch needs next, from its state alone: called after every fact that concerns it and once a second. An order
 * that has been issued has changed the state, so asking again yields nothing: that is why nothing is sent twice.
 */
export function stepLaunch(launch: Launch, view: StepView): Decision {
  const shut = closeDocks(launch);
  if (shut.length > 0) return decided([], shut);
  if (isPreparing(launch)) return prepare(launch, view);
  return fly(launch, view);
}

/** Docks that this launch opened and no longer needs; never over an aircraft that may be armed. */
function closeDocks(launch: Launch): OrderWish[] {
  const done = isEnded(launch) || launch.stage.kind === "docked";
  if (launch.mayBeArmed || launch.stage.kind === "landed") return [];
  return launch.openDocks
    .filter((dock) => done || dock.dockId !== launch.offer.choice.dockId)
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
    const text = verdict.gates.map(gateSaid).join(" ");
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
function fly(launch: Launch, view: StepView): Decision {
  const { launchId, offer, stage, ordered } = launch;
  const { uid } = offer.choice;
  const { scene } = offer.plan;
  const wish = (act: OrderWish["act"]): OrderWish => ({ uid, act, by: systemActor, launchId });
  const target = { point: scene.point, altAmslM: scene.altAmslM, groundAmslM: scene.groundAmslM };
  const stuck = view.cameraTurns === false;
  switch (stage.kind) {
    case "armed":
      if (view.nowMs - launch.sinceMs < PLAN_JUDGED_MS) return nothing;
      return decided([], [wish({ verb: "startMission" })]);
    case "climbing":
      return ordered.level || ordered.camera || stuck ? nothing : decided([], [wish({ verb: "levelCamera" })]);
    case "onScene":
      if (!ordered.orbit && !launch.handFlown)
        return decided([], [wish({ verb: "orbit", ...target, radiusM: scene.orbitRadiusM, speedMps: scene.speedMps })]);
      return ordered.camera || stuck
        ? nothing
        : decided([], [wish({ verb: "pointCamera", point: scene.point, altAmslM: scene.groundAmslM })]);
    case "returning":
      if (launch.returnDockId !== offer.choice.dockId) return divert(launch, view, wish);
      return ordered.return || launch.returnsUnasked ? nothing : decided([], [wish({ verb: "return" })]);
    default:
      return nothing;
  }
}

/** The autopilot's return knows only its own choice of place; another dock is flown to, then landed on. */
function divert(launch: Launch, view: StepView, wish: (act: OrderWish["act"]) => OrderWish): Decision {
  const { plan } = launch.offer;
  const dockId = launch.returnDockId;
  const haven = plan.rally.find((one) => one.dockId === dockId);
  if (haven === undefined)
    return launch.ordered.return || launch.returnsUnasked ? nothing : decided([], [wish({ verb: "return" })]);
  const door = view.door(dockId);
  const shut = door !== "open" && door !== "none" && door !== "opening";
  if (shut && !launch.openDocks.some((one) => one.dockId === dockId))
    return decided([], [wish({ verb: "openDock", dockId })]);
  const altAmslM = plan.returnAltAmslM - plan.home.groundAmslM + haven.altAmslM;
  const speedMps = plan.route[0]?.speedMps ?? plan.scene.speedMps;
  if (!launch.ordered.divert)
    return decided([], [wish({ verb: "goto", point: haven.point, altAmslM, groundAmslM: haven.altAmslM, speedMps })]);
  return view.overReturnDock && !launch.ordered.return ? decided([], [wish({ verb: "land" })]) : nothing;
}
