import type { FlightPlan, GeoPoint } from "@outrider/contract";
import { geoDistanceM } from "@outrider/geo";
import { MavCmd, MavFrame } from "@outrider/mavlink";
import { e7 } from "../autopilot/index.js";
import type { PlanItem, PlanList } from "./item.js";

const nan = Number.NaN;
/** Corners closer than this are one. */
const samePlaceM = 2;

/** The three lists that a flight plan becomes. Every height is AMSL (frame GLOBAL_INT). */
export function listsFrom(plan: FlightPlan): PlanList[] {
  return [
    { type: 1, items: fenceItems(plan) },
    // An empty list, uploaded on purpose: PX4's return goes to the nearest of home and rally points, so any rally point
    // may bring an aircraft down on a strange dock with its lid shut. Another dock is flown to by order instead.
    { type: 2, items: [] },
    { type: 0, items: missionItems(plan) },
  ];
}

/** Climb at home, the corners each with its speed, then stay at the scene until told otherwise. */
function missionItems(plan: FlightPlan): PlanItem[] {
  const items: PlanItem[] = [at(MavCmd.NAV_TAKEOFF, plan.home.point, plan.takeoffAltAmslM, [0, 0, 0, nan])];
  let speedMps = 0;
  for (const [index, corner] of plan.route.entries()) {
    const last = index === plan.route.length - 1;
    const isScene = geoDistanceM(corner.point, plan.scene.point) < samePlaceM;
    if (corner.speedMps !== speedMps) items.push(speed(corner.speedMps));
    speedMps = corner.speedMps;
    if (!(last && isScene)) items.push(at(MavCmd.NAV_WAYPOINT, corner.point, corner.altAmslM, [0, 0, 0, nan]));
  }
  items.push(at(MavCmd.NAV_LOITER_UNLIM, plan.scene.point, plan.scene.altAmslM, [0, 0, 0, nan]));
  return items;
}

/** All corners of one polygon consecutive, each saying how many there are. */
function fenceItems(plan: FlightPlan): PlanItem[] {
  const ring = (command: number, points: readonly GeoPoint[]): PlanItem[] =>
    points.map((point) => at(command, point, 0, [points.length, 0, 0, 0]));
  return [
    ...ring(MavCmd.NAV_FENCE_POLYGON_VERTEX_INCLUSION, plan.fence.inclusion),
    ...plan.fence.exclusions.flatMap((zone) => ring(MavCmd.NAV_FENCE_POLYGON_VERTEX_EXCLUSION, zone.ring)),
  ];
}

function at(command: number, point: GeoPoint, altAmslM: number, params: PlanItem["params"]): PlanItem {
  return {
    command,
    frame: MavFrame.GLOBAL_INT,
    params,
    x: e7(point.latDeg),
    y: e7(point.lonDeg),
    z: Math.fround(altAmslM),
  };
}

function speed(speedMps: number): PlanItem {
  return { command: MavCmd.DO_CHANGE_SPEED, frame: MavFrame.MISSION, params: [1, speedMps, -1, 0], x: 0, y: 0, z: 0 };
}
