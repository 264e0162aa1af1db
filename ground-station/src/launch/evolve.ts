import type { Fact, FactOf } from "@outrider/contract";
import { type Approval, approvalOf, isBeforeArm, isEnded, isFlying, type Launch, type Stage } from "./launch.js";

/** What a fact makes of one launch. Total: a fact that does not fit the stage changes nothing. */
export function evolveLaunch(before: Launch | undefined, fact: Fact): Launch | undefined {
  if (fact.type === "LaunchProposed") return proposed(before, fact);
  if (before !== undefined && fact.type === "DockDoorChanged") return doorMoved(before, fact);
  if (before === undefined || !concerns(before, fact)) return before;
  const after = evolve(before, fact);
  return after.stage === before.stage ? after : { ...after, sinceMs: fact.tMs };
}

function concerns(launch: Launch, fact: Fact): boolean {
  const { data } = fact;
  if ("launchId" in data && data.launchId !== undefined) return data.launchId === launch.launchId;
  if ("uid" in data) return data.uid === launch.offer.choice.uid;
  return false;
}

/** A jammed door is a person's business from then on: it is not driven again when somebody has freed it. */
function doorMoved(launch: Launch, fact: FactOf<"DockDoorChanged">): Launch {
  const { dockId, door } = fact.data;
  const over = door === "jammed" || (door === "closed" && isEnded(launch));
  if (!over || !launch.openDocks.some((one) => one.dockId === dockId)) return launch;
  return { ...launch, openDocks: launch.openDocks.filter((one) => one.dockId !== dockId) };
}

function proposed(before: Launch | undefined, fact: FactOf<"LaunchProposed">): Launch {
  const { data } = fact;
  const base: Launch = {
    launchId: data.launchId,
    incidentId: data.incidentId,
    offer: { ...data, proposedMs: fact.tMs },
    gates: data.gates,
    settled: new Map(),
    stage: { kind: "proposed" },
    sinceMs: fact.tMs,
    picId: data.picId,
    picName: data.picName,
    openDocks: before?.openDocks ?? [],
    mayBeArmed: false,
    airborneMs: undefined,
    landedMs: undefined,
    returnDockId: data.choice.dockId,
    ordered: { level: false, camera: false, orbit: false, return: false, divert: false },
    returnsUnasked: false,
    handFlown: false,
    cameraOnTarget: false,
    unconfirmed: undefined,
  };
  return before !== undefined && !isBeforeArm(before) ? before : base;
}

function evolve(launch: Launch, fact: Fact): Launch {
  switch (fact.type) {
    case "GatesMeasured":
      return fact.data.version === launch.offer.version ? { ...launch, gates: fact.data.gates } : launch;
    case "GateSettled":
      return settled(launch, fact);
    case "LaunchApproved":
      return approved(launch, fact.data, fact.by);
    case "VetoWindowElapsed":
      return approved({ ...launch, picId: fact.data.picId, picName: fact.data.picName }, fact.data, fact.by);
    case "LaunchDeclined":
      return to(launch, "proposed", { kind: "declined", reason: fact.data.reason });
    case "LaunchExpired":
      return to(launch, "proposed", { kind: "expired" });
    case "LaunchRefused":
      return to(launch, "proposed", { kind: "refused", reason: fact.data.reasons.map((one) => one.text).join(" ") });
    case "LaunchAborted":
      return { ...launch, stage: { kind: "aborted", reason: fact.data.reason } };
    default:
      return evolveOrders(launch, fact);
  }
}

const to = (launch: Launch, from: Stage["kind"], stage: Stage): Launch =>
  launch.stage.kind === from ? { ...launch, stage } : launch;

function settled(launch: Launch, fact: FactOf<"GateSettled">): Launch {
  if (fact.data.version !== launch.offer.version) return launch;
  const by = fact.by.kind === "person" ? fact.by.name : "ground-station";
  const { gate } = fact.data;
  return {
    ...launch,
    settled: new Map(launch.settled).set(gate, by),
    gates: launch.gates.map((one) => (one.gate === gate && one.state === "unknown" ? { ...one, settledBy: by } : one)),
  };
}

function approved(launch: Launch, data: Omit<Approval, "by">, by: Approval["by"]): Launch {
  if (launch.stage.kind !== "proposed" || data.version !== launch.offer.version) return launch;
  const approval = {
    approvalId: data.approvalId,
    version: data.version,
    uid: data.uid,
    validUntilMs: data.validUntilMs,
    by,
  };
  const pic = by.kind === "person" ? { picId: by.personId, picName: by.name } : {};
  return { ...launch, ...pic, stage: { kind: "approved", approval } };
}

function evolveOrders(launch: Launch, fact: Fact): Launch {
  const approval = approvalOf(launch.stage);
  switch (fact.type) {
    case "OrderIssued":
      return ordered(launch, fact);
    case "OrderUnconfirmed":
      return fact.data.orderId === orderOf(launch.stage) ? { ...launch, unconfirmed: fact.data.text } : launch;
    case "OrderRefused":
      return launch.stage.kind === "arming" && fact.data.orderId === launch.stage.orderId
        ? { ...launch, mayBeArmed: false }
        : launch;
    case "DockOpened":
      return approval !== undefined && (launch.stage.kind === "approved" || launch.stage.kind === "openingDock")
        ? { ...launch, stage: { kind: "dockOpen", approval }, unconfirmed: undefined }
        : launch;
    case "PlanVerified":
      return approval !== undefined && launch.stage.kind === "uploading"
        ? { ...launch, stage: { kind: "planReady", approval }, unconfirmed: undefined }
        : launch;
    default:
      return evolveFlight(launch, fact);
  }
}

/** The order whose answer this stage waits for. */
export const orderOf = (stage: Stage): string | undefined => ("orderId" in stage ? stage.orderId : undefined);

function ordered(launch: Launch, fact: FactOf<"OrderIssued">): Launch {
  const { orderId, act, uid } = fact.data;
  const { stage } = launch;
  switch (act.verb) {
    case "openDock": {
      const openDocks = [...launch.openDocks.filter((one) => one.dockId !== act.dockId), { uid, dockId: act.dockId }];
      const opening =
        stage.kind === "approved" ? ({ kind: "openingDock", orderId, approval: stage.approval } as const) : stage;
      return { ...launch, openDocks, stage: opening };
    }
    case "closeDock":
      return { ...launch, openDocks: launch.openDocks.filter((one) => one.dockId !== act.dockId) };
    case "uploadPlan":
      return stage.kind === "dockOpen"
        ? { ...launch, stage: { kind: "uploading", orderId, approval: stage.approval } }
        : launch;
    case "arm":
      return stage.kind === "planReady"
        ? { ...launch, mayBeArmed: true, stage: { kind: "arming", orderId, approval: stage.approval } }
        : { ...launch, mayBeArmed: true };
    case "startMission":
      return stage.kind === "armed" ? { ...launch, stage: { kind: "starting", orderId } } : launch;
    default:
      return orderedInFlight(launch, fact);
  }
}

function orderedInFlight(launch: Launch, fact: FactOf<"OrderIssued">): Launch {
  const { verb } = fact.data.act;
  const byPerson = fact.by.kind === "person";
  switch (verb) {
    case "return":
      // A return goes to the autopilot's own home: where that cannot take it in, it is to be diverted anew.
      return { ...launch, ordered: { ...launch.ordered, return: true, divert: false } };
    case "land":
      return { ...launch, ordered: { ...launch.ordered, return: true } };
    case "levelCamera":
      return { ...launch, ordered: { ...launch.ordered, level: true } };
    case "pointCamera":
    case "aimCamera":
      return { ...launch, ordered: { ...launch.ordered, camera: true } };
    case "orbit":
      return { ...launch, handFlown: launch.handFlown || byPerson, ordered: { ...launch.ordered, orbit: true } };
    case "goto":
      // It takes the place of the return that a pilot ordered: over the other dock it is still to be landed.
      return byPerson
        ? { ...launch, handFlown: true }
        : { ...launch, ordered: { ...launch.ordered, divert: true, return: false } };
    case "changeHeight":
    case "hold":
    case "takeStick":
      return { ...launch, handFlown: launch.handFlown || byPerson };
    default:
      return launch;
  }
}

function evolveFlight(launch: Launch, fact: Fact): Launch {
  const kind = launch.stage.kind;
  switch (fact.type) {
    case "Armed":
      return kind === "arming" ? { ...launch, stage: { kind: "armed" }, unconfirmed: undefined } : launch;
    case "Disarmed":
      return { ...launch, mayBeArmed: false };
    case "Airborne":
      return airborne(launch, fact);
    case "EnRoute":
      return to(launch, "climbing", { kind: "enRoute" });
    case "OnScene":
      return to(launch, "enRoute", { kind: "onScene" });
    case "CameraOnTarget":
      return isFlying(launch) ? { ...launch, cameraOnTarget: true } : launch;
    case "CalledHome":
      // A pilot who flew it elsewhere after an earlier return and is gone now: that return no longer holds.
      return isFlying(launch) && launch.handFlown
        ? {
            ...launch,
            handFlown: false,
            returnsUnasked: false,
            ordered: { ...launch.ordered, return: false, divert: false },
          }
        : launch;
    case "ModeChanged":
      return isFlying(launch) && fact.data.mode === "return" && fact.data.by !== "ours"
        ? { ...launch, returnsUnasked: true }
        : launch;
    case "AlternateChosen":
      return {
        ...launch,
        returnDockId: fact.data.dockId,
        ordered: { ...launch.ordered, return: false, divert: false },
      };
    case "Returning":
      return isFlying(launch) || kind === "armed" || kind === "starting"
        ? { ...launch, returnDockId: fact.data.dockId, stage: { kind: "returning", why: fact.data.why } }
        : launch;
    default:
      return evolveEnd(launch, fact);
  }
}

/** An aborted launch that flies all the same is brought home: nothing in the air is nobody's. */
function airborne(launch: Launch, fact: FactOf<"Airborne">): Launch {
  const { stage } = launch;
  const airborneMs = launch.airborneMs ?? fact.tMs;
  const base = { ...launch, airborneMs, mayBeArmed: true, unconfirmed: undefined };
  if (stage.kind === "arming" || stage.kind === "armed" || stage.kind === "starting")
    return { ...base, stage: { kind: "climbing" } };
  if (stage.kind === "aborted" && launch.mayBeArmed)
    return {
      ...base,
      ordered: { ...launch.ordered, return: false },
      returnsUnasked: false,
      stage: { kind: "returning", why: `it flew although the launch was aborted: ${stage.reason}` },
    };
  if (stage.kind !== "landed") return launch;
  // The return that brought it down is spent: it is ordered anew.
  const anew = { ...launch.ordered, return: false, divert: false };
  return { ...base, ordered: anew, returnsUnasked: false, stage: { kind: "returning", why: "it took off again" } };
}

function evolveEnd(launch: Launch, fact: Fact): Launch {
  switch (fact.type) {
    case "Landed":
      return isFlying(launch) ? { ...launch, landedMs: fact.tMs, stage: { kind: "landed" } } : launch;
    case "Docked":
      return to(launch, "landed", { kind: "docked" });
    case "FlightClosed":
      return launch.stage.kind === "landed" || launch.stage.kind === "docked"
        ? { ...launch, stage: { kind: "closed" } }
        : launch;
    case "ControlKept": {
      const { personId: picId, name } = fact.data;
      return picId === undefined ? launch : { ...launch, picId, picName: name ?? picId };
    }
    case "ControlTaken":
    case "ControlGiven":
      return isEnded(launch) || launch.stage.kind === "proposed"
        ? launch
        : { ...launch, picId: fact.data.personId, picName: fact.data.name };
    default:
      return launch;
  }
}
