import { assertNever, type Fact, newFact } from "@outrider/contract";
import { ON_SCENE_EXTRA_M, SIGHT_SLANT_M } from "../airspace/index.js";
import { systemActor } from "../kernel/index.js";
import { bringHome, type Decision, decided, giveUp, nothing, stop } from "./decide.js";
import { orderOf } from "./evolve.js";
import { isBeforeArm, isFlying, type Launch, type StageKind } from "./launch.js";

/** What a fact from the bridge, already in the record, means for the launch. Progress comes from here, never from an ACK. */
export function reactToFact(launch: Launch, fact: Fact): Decision {
  const { launchId, incidentId, offer, stage } = launch;
  const { uid, dockId } = offer.choice;
  const ids = { launchId, incidentId, uid };
  switch (fact.type) {
    case "DockDoorChanged":
      if (fact.data.dockId !== dockId || stage.kind !== "openingDock") return nothing;
      if (fact.data.door === "open" || fact.data.door === "none")
        return decided([newFact("DockOpened", { ...ids, dockId }, systemActor)]);
      return fact.data.door === "jammed"
        ? stop(launch, "dock-jammed", `The door of ${offer.choice.dockName} jammed.`, systemActor)
        : nothing;
    case "PlanReadBack": {
      if (stage.kind !== "uploading" || fact.data.orderId !== stage.orderId) return nothing;
      const { planId, items, fenceHash } = fact.data;
      if (planId !== offer.plan.planId || items < 1)
        return stop(
          launch,
          "plan-differs",
          "The plan read back from the aircraft is not the one that was sent.",
          systemActor,
        );
      return decided([newFact("PlanVerified", { ...ids, planId, items, fenceHash }, systemActor)]);
    }
    case "OrderRefused":
      return fact.data.orderId === orderOf(stage) ? refusedOrder(launch, fact.data.verb, fact.data.reason) : nothing;
    case "OrderUnconfirmed":
      // Only an upload may be called off by silence: what moves may have happened, so the pilot is asked.
      return stage.kind === "uploading" && fact.data.orderId === stage.orderId
        ? stop(launch, "upload-unanswered", `The plan was not taken: ${fact.data.text}`, systemActor)
        : nothing;
    case "Disarmed":
      return stage.kind === "armed" || stage.kind === "starting" || stage.kind === "arming"
        ? giveUp(
            { ...launch, stage: { kind: "armed" } },
            `${offer.choice.callSign} disarmed before it lifted off.`,
            systemActor,
          )
        : nothing;
    case "ModeChanged":
      return fact.data.mode === "return" && fact.data.by !== "ours"
        ? bringHome(
            launch,
            fact.data.by === "failsafe" ? "its own failsafe brings it home" : "another ground station sent it home",
            systemActor,
          )
        : nothing;
    case "CalledHome":
      return bringHome(launch, fact.data.why, systemActor);
    case "OrderIssued":
      return fact.data.act.verb === "return" ? bringHome(launch, "the pilot sent it home", fact.by) : nothing;
    default:
      return nothing;
  }
}

function refusedOrder(launch: Launch, verb: string, reason: string): Decision {
  if (isBeforeArm(launch)) return stop(launch, `${verb}-refused`, `${verb} was refused: ${reason}`, systemActor);
  return giveUp(launch, `${verb} was refused: ${reason}`, systemActor);
}

/** How long each stage may take, and what happens then: there is no waiting for ever. */
export const stageLimitsS: Readonly<Partial<Record<StageKind, number>>> = {
  approved: 8,
  openingDock: 40,
  dockOpen: 8,
  uploading: 30,
  planReady: 8,
  arming: 15,
  armed: 15,
  starting: 45,
  climbing: 180,
};

/** The outcome of a stage that has run out of time. */
export function timeOut(launch: Launch, nowMs: number): Decision {
  const { kind } = launch.stage;
  const limitS = stageLimitsS[kind];
  if (limitS === undefined || nowMs - launch.sinceMs < limitS * 1000) return nothing;
  const name = launch.offer.choice.callSign;
  switch (kind) {
    case "approved":
    case "dockOpen":
    case "planReady":
      return stop(
        launch,
        "step-stuck",
        `The next order for ${name} could not be given within ${limitS} s.`,
        systemActor,
      );
    case "openingDock":
      return stop(launch, "dock-slow", `${launch.offer.choice.dockName} did not open within ${limitS} s.`, systemActor);
    case "uploading":
      return stop(launch, "upload-slow", `The plan was not on ${name} within ${limitS} s.`, systemActor);
    case "arming":
      return giveUp(launch, `No sign within ${limitS} s that ${name} armed. Look, then decide.`, systemActor);
    case "armed":
    case "starting":
      return giveUp(launch, `${name} armed but did not lift off within ${limitS} s. Look, then decide.`, systemActor);
    case "climbing":
      return bringHome(launch, `it did not reach its height within ${limitS} s`, systemActor);
    case "proposed":
    case "enRoute":
    case "onScene":
    case "returning":
    case "landed":
    case "docked":
    case "closed":
    case "declined":
    case "expired":
    case "refused":
    case "aborted":
      return nothing;
    default:
      return assertNever(kind);
  }
}

/** Progress seen in telemetry: height, distance and where the camera looks. */
export type Seen = {
  readonly heightToGoM: number;
  readonly fromHomeM: number;
  readonly toSceneM: number;
  readonly slantM: number;
  readonly cameraSees: boolean;
  /** As of `StepView`. */
  readonly cameraTurns?: boolean;
};

const HEIGHT_REACHED_M = 4;
const LEFT_HOME_M = 30;

export function reactToTelemetry(launch: Launch, seen: Seen): Decision {
  const { launchId, incidentId, offer, stage } = launch;
  const ids = { launchId, incidentId, uid: offer.choice.uid };
  if (!isFlying(launch) || stage.kind === "returning") return nothing;
  if (stage.kind === "climbing")
    return seen.heightToGoM <= HEIGHT_REACHED_M || seen.fromHomeM > LEFT_HOME_M
      ? decided([newFact("EnRoute", ids, systemActor)])
      : nothing;
  if (stage.kind === "enRoute" && seen.toSceneM <= offer.plan.scene.orbitRadiusM + ON_SCENE_EXTRA_M)
    return decided([newFact("OnScene", { ...ids, distanceM: Math.round(seen.toSceneM) }, systemActor)]);
  if (!launch.cameraOnTarget && seen.cameraSees && seen.slantM <= SIGHT_SLANT_M)
    return decided([newFact("CameraOnTarget", { ...ids, slantM: Math.round(seen.slantM) }, systemActor)]);
  if (stage.kind === "enRoute" && seen.slantM <= SIGHT_SLANT_M && !launch.ordered.camera && seen.cameraTurns !== false)
    return decided(
      [],
      [
        {
          uid: offer.choice.uid,
          act: { verb: "pointCamera", point: offer.plan.scene.point, altAmslM: offer.plan.scene.groundAmslM },
          by: systemActor,
          launchId,
        },
      ],
    );
  return nothing;
}
