import type { EnuPoint } from "@outrider/geo";
import { brakingM, comfortMps2, safeSpeedMps, slowingMps, standingGapM } from "./following.js";
import type { Junction } from "./junctions.js";
import type { Lane } from "./lanes.js";
import type { Queues } from "./queues.js";
import { type RightOfWay, type Turn, turnOf } from "./right-of-way.js";
import { aspectAt } from "./signals.js";
import type { Vehicle } from "./vehicle.js";

/** What a driver looks at. */
export type RoadView = {
  readonly lanes: ReadonlyMap<number, Lane>;
  readonly junctions: ReadonlyMap<number, Junction>;
  readonly queues: Queues;
  readonly rights: RightOfWay;
  readonly people: readonly EnuPoint[];
  readonly nowMs: number;
};

const turnMps: Readonly<Record<Turn, number>> = { straight: Number.POSITIVE_INFINITY, right: 4.5, left: 6, round: 2.5 };
/** Through a red light or past a stop sign nobody drives faster than he can look. */
const lookingMps = 8;
const stopSignMs = 1_500;
const atLineM = 2;
/** Who has to give way goes where the other still needs this long, and whatever comes after so long a wait. */
const gapS = 4.5;
const patienceMs = 40_000;
const amberBrakeMps2 = 3;
/** A piece of road that holds one vehicle. */
const shortM = 14;
const personHalfM = 1.7;

/** The most one may drive now: whoever is ahead, the junction, the bend, the end of the way and people in it. */
export function safeAheadMps(vehicle: Vehicle, lane: Lane, next: Lane | undefined, view: RoadView): number {
  const leader = view.queues.leader(vehicle, lane.id);
  let mostMps = leader === undefined ? Number.POSITIVE_INFINITY : behind(vehicle, leader, 0);
  if (leader === undefined && next !== undefined) {
    const tail = view.queues.tail(next.id);
    if (tail !== undefined && tail !== vehicle) mostMps = behind(vehicle, tail, lane.lengthM);
  }
  if (vehicle.end?.lane === lane.id) mostMps = Math.min(mostMps, safeSpeedMps(vehicle.end.atM - vehicle.progressM, 0));
  if (view.people.length > 0) mostMps = Math.min(mostMps, beforePeople(vehicle, view.people));
  if (next === undefined) {
    // The street leaves the map: everybody else goes with it, who matters stays on it.
    return vehicle.driver === "civil" ? mostMps : Math.min(mostMps, safeSpeedMps(lane.lengthM - front(vehicle), 0));
  }
  return Math.min(mostMps, bendMps(vehicle, lane, next), lineMps(vehicle, lane, next, leader, view));
}

/**
 * Bumper to bumper: further it cannot be, whatever came in ahead of it. Infinity where nobody is before it.
 */
export function mostProgressM(vehicle: Vehicle, lane: Lane, next: Lane | undefined, { queues }: RoadView): number {
  const leader = queues.leader(vehicle, lane.id);
  const tail = leader === undefined && next !== undefined ? queues.tail(next.id) : undefined;
  const ahead = leader ?? (tail === vehicle ? undefined : tail);
  if (ahead === undefined) return Number.POSITIVE_INFINITY;
  const startM = leader === undefined ? lane.lengthM : 0;
  return startM + ahead.progressM - (ahead.lengthM + vehicle.lengthM) / 2 - 0.3;
}

const front = (vehicle: Vehicle): number => vehicle.progressM + vehicle.lengthM / 2;

function behind(vehicle: Vehicle, ahead: Vehicle, laneM: number): number {
  const gapM = laneM + ahead.progressM - ahead.lengthM / 2 - front(vehicle) - standingGapM;
  return safeSpeedMps(gapM, ahead.speedMps);
}

function bendMps(vehicle: Vehicle, lane: Lane, next: Lane): number {
  const awayM = lane.stopM - vehicle.progressM;
  const turn = turnMps[turnOf(lane, next)] * Math.max(1, vehicle.temper);
  // What lies behind a short piece is not known yet: it is entered no faster than one can stop on it.
  const shortMps = Math.sqrt(2 * comfortMps2 * Math.max(2, next.lengthM));
  return slowingMps(awayM, Math.min(turn, shortMps));
}

/** Before the stop line: free where the way is ours, else what still stops at it. */
function lineMps(vehicle: Vehicle, lane: Lane, next: Lane, leader: Vehicle | undefined, view: RoadView): number {
  const junction = view.junctions.get(lane.to);
  if (junction === undefined) return Number.POSITIVE_INFINITY;
  const toLineM = lane.stopM - front(vehicle);
  if (toLineM > brakingM(vehicle.speedMps) + vehicle.speedMps + atLineM) return Number.POSITIVE_INFINITY;
  const { rights } = view;
  if (rights.has(vehicle.vehicleId, junction.node)) {
    if (toLineM <= 0 || rights.isInside(lane) || mayGo(vehicle, lane, toLineM, junction, view))
      return Number.POSITIVE_INFINITY;
    rights.leave(vehicle.vehicleId, junction.node);
  } else if (
    (leader === undefined || rights.has(leader.vehicleId, junction.node)) &&
    mayGo(vehicle, lane, toLineM, junction, view) &&
    yields(vehicle, lane, next, junction, view) &&
    hasRoom(vehicle, next, view) &&
    rights.take(vehicle.vehicleId, lane, next)
  )
    return Number.POSITIVE_INFINITY;
  const stopMps = safeSpeedMps(toLineM, 0);
  return vehicle.runsSignals ? Math.min(stopMps, lookingMps) : stopMps;
}

/** What light and sign say, without regard to others. */
function mayGo(vehicle: Vehicle, lane: Lane, toLineM: number, junction: Junction, view: RoadView): boolean {
  const control = junction.controlOf.get(lane.id);
  if (vehicle.runsSignals || control === undefined || control.kind === "free") return true;
  if (control.kind === "stop") {
    const since = vehicle.atLineSinceMs;
    return since !== undefined && view.nowMs - since >= stopSignMs;
  }
  const aspect = aspectAt(view.nowMs, control.offsetMs, control.group);
  if (aspect === "green") return true;
  const stopsInM = (vehicle.speedMps * vehicle.speedMps) / (2 * amberBrakeMps2);
  return aspect === "amber" && toLineM < stopsInM;
}

/** Nobody comes to whom this one has to give way. */
function yields(vehicle: Vehicle, lane: Lane, next: Lane, junction: Junction, view: RoadView): boolean {
  const waitedMs = view.nowMs - (vehicle.stillSinceMs ?? view.nowMs);
  if (vehicle.runsSignals || waitedMs > patienceMs) return true;
  const control = junction.controlOf.get(lane.id);
  if (control?.kind === "stop" && control.all) return isFirst(vehicle, junction, view);
  const left = turnOf(lane, next) === "left";
  if (control?.kind !== "stop" && !left) return true;
  return junction.lanes.every((other) => {
    if (other.id === lane.id || !goesNow(other, junction, view.nowMs)) return true;
    if (control?.kind !== "stop" && !isOpposite(lane, other)) return true;
    return !comesSoon(other, control?.kind === "stop", view);
  });
}

function goesNow(lane: Lane, { controlOf }: Junction, nowMs: number): boolean {
  const control = controlOf.get(lane.id);
  if (control?.kind === "free") return true;
  return control?.kind === "signal" && aspectAt(nowMs, control.offsetMs, control.group) === "green";
}

const isOpposite = (a: Lane, b: Lane): boolean => Math.cos(((a.endDeg - b.endDeg) * Math.PI) / 180) < -0.8;

/** Somebody on this lane is about to reach the junction; who turns left there gives way itself. */
function comesSoon(lane: Lane, countsLeft: boolean, view: RoadView): boolean {
  for (const one of view.queues.of(lane.id)) {
    const awayM = lane.stopM - front(one);
    if (awayM < 0) continue;
    if (one.speedMps < 1 || awayM / one.speedMps > gapS) return false;
    const next = one.next === undefined ? undefined : view.lanes.get(one.next);
    return countsLeft || next === undefined || turnOf(lane, next) !== "left";
  }
  return false;
}

/** At an all-way stop: who came first goes first; who came together goes by the number of the lane. */
function isFirst(vehicle: Vehicle, junction: Junction, view: RoadView): boolean {
  const mine = vehicle.atLineSinceMs ?? Number.POSITIVE_INFINITY;
  return junction.lanes.every((lane) => {
    const [head] = view.queues.of(lane.id);
    if (head === undefined || head === vehicle || head.atLineSinceMs === undefined) return true;
    if (view.rights.has(head.vehicleId, junction.node)) return true;
    return head.atLineSinceMs > mine || (head.atLineSinceMs === mine && head.vehicleId > vehicle.vehicleId);
  });
}

/** Behind the junction there is room to stand: nobody stops inside it. */
function hasRoom(vehicle: Vehicle, next: Lane, view: RoadView): boolean {
  const tail = view.queues.tail(next.id);
  const coming = view.rights.into(next);
  if (next.lengthM < shortM) return tail === undefined && coming === 0;
  if (tail === undefined && coming === 0) return true;
  if (tail !== undefined && tail.speedMps > 4) return true;
  const rearM = tail === undefined ? next.stopM : tail.progressM - tail.lengthM / 2;
  return rearM - next.clearM >= (vehicle.lengthM + standingGapM) * (1 + coming);
}

function beforePeople(vehicle: Vehicle, people: readonly EnuPoint[]): number {
  const rad = (vehicle.headingDeg * Math.PI) / 180;
  const [sin, cos] = [Math.sin(rad), Math.cos(rad)];
  const reachM = brakingM(vehicle.speedMps) + 6;
  let nearestM = Number.POSITIVE_INFINITY;
  for (const one of people) {
    const east = one.eastM - vehicle.eastM;
    const north = one.northM - vehicle.northM;
    const aheadM = east * sin + north * cos;
    if (aheadM < 0 || aheadM > reachM || Math.abs(east * cos - north * sin) > personHalfM) continue;
    nearestM = Math.min(nearestM, aheadM);
  }
  return nearestM === Number.POSITIVE_INFINITY
    ? nearestM
    : safeSpeedMps(nearestM - vehicle.lengthM / 2 - standingGapM, 0);
}

/** Whether it stands at the stop line now, as the first of its lane. */
export function standsAtLine(vehicle: Vehicle, lane: Lane, view: RoadView): boolean {
  return (
    vehicle.speedMps < 0.4 &&
    lane.stopM - front(vehicle) < atLineM &&
    view.queues.leader(vehicle, lane.id) === undefined &&
    view.junctions.has(lane.to)
  );
}
