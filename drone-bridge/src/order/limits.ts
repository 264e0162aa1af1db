import { type BridgeLimits, type FlightPlan, type Order, safeVerbs } from "@outrider/contract";
import { geoDistanceM } from "@outrider/geo";
import type { Aircraft } from "../aircraft/index.js";
import { insidePolygon, outsideVolume, planOutside, wrongHeight } from "../limits/index.js";
import { type AircraftState, inAir } from "../telemetry/index.js";

export type LimitContext = {
  readonly aircraft: Aircraft | undefined;
  /** In the bridge's own configuration, which the station cannot write. */
  readonly configured: boolean;
  /** Listed by the station, or no list has come yet. */
  readonly enrolled: boolean;
  readonly duplicate: boolean;
  readonly approvalUsed: boolean;
  readonly foreignStation: boolean;
  readonly rateOk: boolean;
  /** Why no more may arm now, where that is so. */
  readonly tooManyArmed: string | undefined;
  readonly limits: BridgeLimits;
};

/** How far from the planned home the aircraft may stand. */
const homeWithinM = 200;

/** Why the bridge itself refuses an order, in words; undefined when it may go. The safe verbs meet almost none of it. */
export function refusalOf(order: Order, context: LimitContext): string | undefined {
  const { aircraft } = context;
  if (!context.configured) return `aircraft ${order.uid} is not enrolled at this bridge: it is heard and never ordered`;
  if (aircraft === undefined) return "the aircraft has not been heard";
  if (safeVerbs.has(order.act.verb)) return undefined;
  if (!context.enrolled) return "the station no longer lists this aircraft";
  if (context.duplicate)
    return `another aircraft uses system id ${aircraft.sysid} too: switch one off and give it its own`;
  if (aircraft.door.kind === "other")
    return "this autopilot is neither PX4 nor ArduPilot: it is watched and never ordered";
  if (!context.rateOk) return "too many orders for this aircraft; only hold, return and land go now";
  return notInThisState(order, aircraft.state, context.limits) ?? forVerb(order, aircraft, context);
}

function notInThisState(order: Order, state: AircraftState, { verbs }: BridgeLimits): string | undefined {
  const now = inAir(state) ? "inAir" : state.armed ? "armed" : "disarmed";
  const allowed = verbs?.[now];
  if (allowed === undefined || allowed.includes(order.act.verb)) return undefined;
  return `this bridge does not allow ${order.act.verb} while it is ${now === "inAir" ? "in the air" : now}`;
}

function forVerb(order: Order, aircraft: Aircraft, context: LimitContext): string | undefined {
  const { act } = order;
  const { state } = aircraft;
  switch (act.verb) {
    case "arm":
      return refuseArm(order, aircraft, context);
    case "startMission":
      if (!state.armed) return "not armed: started now, it would take off at the next arming";
      return aircraft.verifiedPlan === undefined ? "no plan has been read back from this aircraft" : live(aircraft);
    case "goto":
    case "orbit":
      return flying(aircraft) ?? blindly(order, aircraft) ?? outsideVolume(context.limits, act);
    case "changeHeight":
      return flying(aircraft) ?? wrongHeight(context.limits, { ...act, point: state });
    case "takeStick":
      return flying(aircraft);
    case "uploadPlan":
      return state.armed
        ? "armed: a plan sent now would replace the one it flies"
        : (live(aircraft) ?? refusePlan(act.plan, state, context.limits));
    case "emergencyStop":
      // Motors in the air are stopped by a named person's hand, never by a rule.
      return order.issuedBy.kind === "person" ? undefined : "only a person can order an emergency stop";
    default:
      return undefined;
  }
}

function refuseArm(order: Order, aircraft: Aircraft, context: LimitContext): string | undefined {
  const { state, verifiedPlan } = aircraft;
  if (order.approvalId === undefined) return "no approval: arming needs one of its own";
  if (context.approvalUsed) return "this approval was used before: an approval arms once";
  if (state.armed) return "it is armed already";
  if (inAir(state)) return "it is in the air";
  if (context.foreignStation)
    return "another ground station is heard on this link: its heartbeat would keep the aircraft from coming home";
  if (verifiedPlan === undefined) return "no plan has been read back from this aircraft since it started";
  if (verifiedPlan.launchId !== order.launchId) return "the plan on the aircraft belongs to another launch";
  return context.tooManyArmed ?? live(aircraft);
}

const live = (aircraft: Aircraft): string | undefined =>
  aircraft.link === "live" ? undefined : `the link is ${aircraft.link}`;

function flying(aircraft: Aircraft): string | undefined {
  return inAir(aircraft.state) && aircraft.state.armed ? live(aircraft) : "it is not flying";
}

/** Where the position is doubted, no rule sends it anywhere: a person may, who sees what it looks at. */
function blindly(order: Order, aircraft: Aircraft): string | undefined {
  return aircraft.positionDoubted && order.issuedBy.kind !== "person"
    ? "its position is doubted: only a person sends it to a place now"
    : undefined;
}

function refusePlan(plan: FlightPlan, state: AircraftState, limits: BridgeLimits): string | undefined {
  const awayM = geoDistanceM(state, plan.home.point);
  if (awayM > homeWithinM) return `the plan starts ${awayM.toFixed(0)} m from where the aircraft stands`;
  const outside = planOutside(limits, plan);
  if (outside !== undefined) return outside;
  // PX4 accepts a fence that does not hold home, and then flies without one.
  if (!insidePolygon(plan.home.point, plan.fence.inclusion))
    return "the fence does not hold home: the aircraft would switch it off";
  if (!insidePolygon(state, plan.fence.inclusion))
    return "the fence does not hold the aircraft: it would switch it off";
  const corners = [...plan.route.map((corner) => corner.point), plan.scene.point];
  return corners.every((point) => insidePolygon(point, plan.fence.inclusion))
    ? undefined
    : "the route leaves the fence";
}
