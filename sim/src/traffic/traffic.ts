import type { Chance } from "@outrider/contract";
import { bearingDeg, type EnuPoint, type Exit, type RoadEdge, type RoadGraph, spotPoint } from "@outrider/geo";
import { randomLooks, type Vehicle, type VehicleLooks } from "./vehicle.js";

const stopShare = 0.35;
const accelerationMps2 = 2;
const trailLength = 40;

export type TrafficOptions = {
  readonly graph: RoadGraph;
  readonly chance: Chance;
  readonly count: number;
  readonly startMs: number;
};

/** Cars on the road graph: they keep to the roads, respect one-ways, stop at crossings and turn. */
export class Traffic {
  readonly vehicles: Vehicle[] = [];
  readonly #graph: RoadGraph;
  readonly #chance: Chance;
  readonly #drivable: readonly number[];
  #lastMs: number;
  #made = 0;

  constructor(options: TrafficOptions) {
    this.#graph = options.graph;
    this.#chance = options.chance;
    this.#lastMs = options.startMs;
    this.#drivable = options.graph.edges.flatMap((edge, id) =>
      edge.kind === "path" || edge.kind === "rail" || edge.lengthM < 15 ? [] : [id],
    );
    for (let i = 0; i < options.count; i++) this.add(randomLooks(this.#chance), false);
  }

  /** Puts one car on the roads, at a given place when one is named. */
  add(looks: VehicleLooks, sought: boolean, at?: { edge: number; alongM: number }): Vehicle | undefined {
    const edgeId = at?.edge ?? this.#drivable[Math.floor(this.#chance.unit() * this.#drivable.length)];
    const edge = edgeId === undefined ? undefined : this.#graph.edges[edgeId];
    if (edgeId === undefined || edge === undefined) return undefined;
    this.#made += 1;
    const vehicle: Vehicle = {
      vehicleId: `car_${this.#made}`,
      looks,
      sought,
      edge: edgeId,
      forward: edge.oneWay || this.#chance.unit() < 0.5,
      alongM: at?.alongM ?? this.#chance.unit() * edge.lengthM,
      speedMps: 0,
      temper: sought ? 1.35 : 0.75 + this.#chance.unit() * 0.35,
      standsUntilMs: 0,
      eastM: 0,
      northM: 0,
      headingDeg: 0,
      trail: [edgeId],
    };
    this.#place(vehicle, edge);
    this.vehicles.push(vehicle);
    return vehicle;
  }

  remove(vehicleId: string): void {
    const index = this.vehicles.findIndex((vehicle) => vehicle.vehicleId === vehicleId);
    if (index >= 0) this.vehicles.splice(index, 1);
  }

  /** Moves everything to `nowMs`; call every 100 ms of run time or so. */
  step(nowMs: number): void {
    const dtS = Math.min(1, Math.max(0, (nowMs - this.#lastMs) / 1000));
    this.#lastMs = nowMs;
    for (const vehicle of this.vehicles) this.#drive(vehicle, nowMs, dtS);
  }

  #drive(vehicle: Vehicle, nowMs: number, dtS: number): void {
    const edge = this.#graph.edges[vehicle.edge];
    if (edge === undefined || nowMs < vehicle.standsUntilMs) return;
    const wanted = edge.speedMps * vehicle.temper;
    vehicle.speedMps = Math.min(wanted, vehicle.speedMps + accelerationMps2 * dtS);
    const moved = vehicle.alongM + (vehicle.forward ? 1 : -1) * vehicle.speedMps * dtS;
    const beyondM = vehicle.forward ? moved - edge.lengthM : -moved;
    if (beyondM < 0) vehicle.alongM = moved;
    else this.#turn(vehicle, edge, nowMs);
    this.#place(vehicle, this.#graph.edges[vehicle.edge] ?? edge);
  }

  #turn(vehicle: Vehicle, edge: RoadEdge, nowMs: number): void {
    const node = vehicle.forward ? edge.to : edge.from;
    const exit = this.#chooseExit(vehicle, this.#graph.exits[node] ?? []);
    if (exit === undefined) {
      this.#leaveDeadEnd(vehicle, edge, nowMs);
      return;
    }
    const next = this.#graph.edges[exit.edge];
    vehicle.edge = exit.edge;
    vehicle.forward = exit.forward;
    vehicle.alongM = exit.forward ? 0 : (next?.lengthM ?? 0);
    vehicle.trail.push(exit.edge);
    if (vehicle.trail.length > trailLength) vehicle.trail.shift();
    if (!vehicle.sought && this.#chance.unit() < stopShare) {
      vehicle.speedMps = 0;
      vehicle.standsUntilMs = nowMs + 1500 + this.#chance.unit() * 6000;
    } else vehicle.speedMps *= 0.6;
  }

  /** Turns round; on a one-way street, where nobody may, it has left the map and another comes in elsewhere. */
  #leaveDeadEnd(vehicle: Vehicle, edge: RoadEdge, nowMs: number): void {
    vehicle.speedMps = 0;
    if (!edge.oneWay) vehicle.forward = !vehicle.forward;
    else if (vehicle.sought) vehicle.standsUntilMs = nowMs + 5000;
    else {
      vehicle.edge = this.#drivable[Math.floor(this.#chance.unit() * this.#drivable.length)] ?? vehicle.edge;
      vehicle.forward = true;
      vehicle.alongM = 0;
    }
  }

  #chooseExit(vehicle: Vehicle, exits: readonly Exit[]): Exit | undefined {
    const ahead = exits.filter((exit) => exit.edge !== vehicle.edge);
    const fresh = vehicle.sought ? ahead.filter((exit) => !vehicle.trail.includes(exit.edge)) : ahead;
    const choices = fresh.length > 0 ? fresh : ahead;
    return choices[Math.floor(this.#chance.unit() * choices.length)];
  }

  #place(vehicle: Vehicle, edge: RoadEdge): void {
    const at = spotPoint(this.#graph, { edge: vehicle.edge, alongM: vehicle.alongM });
    const aheadM = vehicle.alongM + (vehicle.forward ? 3 : -3);
    const ahead = spotPoint(this.#graph, { edge: vehicle.edge, alongM: Math.min(edge.lengthM, Math.max(0, aheadM)) });
    if (Math.hypot(ahead.eastM - at.eastM, ahead.northM - at.northM) > 0.2) vehicle.headingDeg = bearingDeg(at, ahead);
    const lane = laneOffset(vehicle.headingDeg, edge.oneWay ? 0 : Math.min(3, edge.widthM / 4));
    vehicle.eastM = at.eastM + lane.eastM;
    vehicle.northM = at.northM + lane.northM;
  }
}

/** Keep right. */
function laneOffset(headingDeg: number, offsetM: number): EnuPoint {
  const rad = ((headingDeg + 90) * Math.PI) / 180;
  return { eastM: Math.sin(rad) * offsetM, northM: Math.cos(rad) * offsetM };
}
