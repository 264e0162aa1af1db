import type { Chance } from "@outrider/contract";
import type { EnuPoint, RoadGraph, RoadSpot } from "@outrider/geo";
import { chooseExit } from "./choose-exit.js";
import { mostProgressM, type RoadView, safeAheadMps, standsAtLine } from "./drive.js";
import { brakingM, comfortMps2, nextSpeedMps } from "./following.js";
import { type Junction, junctionsOf } from "./junctions.js";
import { LanePlaces } from "./lane-place.js";
import { type Lane, laneId, lanesOf } from "./lanes.js";
import { Queues } from "./queues.js";
import { RightOfWay } from "./right-of-way.js";
import { type Aspect, aspectAt } from "./signals.js";
import { type Driver, newVehicle, randomLooks, type Vehicle, type VehicleLooks } from "./vehicle.js";
import { quickestWay } from "./way.js";

export type TrafficOptions = {
  readonly graph: RoadGraph;
  /** Traffic lights of the map; left out where it knows of none, then large roads have them where they cross. */
  readonly signals?: readonly EnuPoint[] | undefined;
  readonly chance: Pick<Chance, "unit">;
  readonly count: number;
  readonly startMs: number;
  readonly seed?: number;
  /** Who walks about: nobody is driven over. */
  readonly people?: () => readonly EnuPoint[];
};

/** Where one drives and how. `stops`: it stands at the end; else it drives on as it likes. */
export type Orders = {
  readonly to: RoadSpot;
  readonly pace?: number;
  readonly runsSignals?: boolean;
  readonly stops: boolean;
};

export type SignalHead = {
  /** The stop line, in the middle of the lane, and how far from there the kerb on the right is. */
  readonly eastM: number;
  readonly northM: number;
  readonly kerbM: number;
  readonly towardsDeg: number;
  readonly aspect: Aspect;
};

const mostStepS = 0.5;
const spawnGapM = 9;
const spawnTries = 24;
const trailLength = 40;
/** Who has arrived pulls over by this much. */
const kerbM = 1.9;
/** A civil driver who has stood this long, whatever for, is taken off the road and another comes in elsewhere. */
const stuckMs = 180_000;

/** Vehicles on the road graph: they keep limits, lights, signs, one-ways and their distance. */
export class Traffic {
  readonly vehicles: Vehicle[] = [];
  /** How often one stood for so long that it was taken off the road: a town in which this grows has jammed. */
  stuck = 0;
  readonly #lanes: ReadonlyMap<number, Lane>;
  readonly #graph: RoadGraph;
  readonly #signals: readonly EnuPoint[] | undefined;
  #junctions: ReadonlyMap<number, Junction>;
  readonly #queues = new Queues();
  readonly #rights: RightOfWay;
  readonly #places = new LanePlaces();
  readonly #spawnable: readonly Lane[];
  readonly #people: () => readonly EnuPoint[];
  #chance: Pick<Chance, "unit">;
  #lastMs: number;
  #made = 0;

  constructor(options: TrafficOptions) {
    const { graph, signals, seed = 1 } = options;
    this.#graph = graph;
    this.#signals = signals;
    this.#lanes = lanesOf(graph);
    this.#junctions = junctionsOf({ graph, lanes: this.#lanes, signals, seed });
    this.#rights = new RightOfWay(boxesOf(this.#junctions));
    this.#spawnable = [...this.#lanes.values()].filter((lane) => lane.stopM - lane.clearM > spawnGapM * 2);
    this.#people = options.people ?? (() => []);
    this.#chance = options.chance;
    this.#lastMs = options.startMs;
    this.#fill(options.count);
  }

  /** A new run: everybody is somewhere else and the lights stand otherwise, and the same for the same seed. */
  restart(fresh: Pick<TrafficOptions, "chance" | "count" | "startMs" | "seed">): void {
    const { seed = 1 } = fresh;
    this.#junctions = junctionsOf({ graph: this.#graph, lanes: this.#lanes, signals: this.#signals, seed });
    this.stuck = 0;
    this.vehicles.length = 0;
    this.#queues.clear();
    this.#rights.clear();
    this.#made = 0;
    this.#chance = fresh.chance;
    this.#lastMs = fresh.startMs;
    this.#fill(fresh.count);
  }

  /** Puts one on the roads, near a given place when one is named; undefined where there is no room for it. */
  add(looks: VehicleLooks, sought: boolean, at?: RoadSpot, driver: Driver = sought ? "sought" : "civil") {
    const vehicle = newVehicle(`car_${this.#made + 1}`, looks, driver, this.#chance);
    const place = (at === undefined ? undefined : this.#roomNear(at)) ?? this.#roomSomewhere();
    if (place === undefined) return undefined;
    this.#made += 1;
    this.#enter(vehicle, place.lane, place.progressM);
    this.vehicles.push(vehicle);
    return vehicle;
  }

  remove(vehicleId: string): void {
    const index = this.vehicles.findIndex((vehicle) => vehicle.vehicleId === vehicleId);
    const vehicle = this.vehicles[index];
    if (vehicle === undefined) return;
    this.#takeOff(vehicle);
    this.vehicles.splice(index, 1);
  }

  find(vehicleId: string): Vehicle | undefined {
    return this.vehicles.find((vehicle) => vehicle.vehicleId === vehicleId);
  }

  /** Sends one by the quickest legal way; false where none leads there, then it drives on as before. */
  send(vehicleId: string, orders: Orders): boolean {
    const vehicle = this.find(vehicleId);
    const lane = vehicle && this.#laneOf(vehicle);
    if (vehicle === undefined || lane === undefined) return false;
    if (vehicle.parked) {
      if (!this.#isFree(lane, vehicle.progressM)) return false;
      this.#queues.put(vehicle, lane.id);
      vehicle.parked = false;
    }
    // Who has its way through the junction ahead goes there: the new way counts from behind it.
    const held = vehicle.next !== undefined && this.#rights.has(vehicle.vehicleId, lane.to);
    const first = held ? this.#lanes.get(vehicle.next ?? -1) : undefined;
    const way = quickestWay(this.#lanes, first ?? lane, orders.to.edge);
    if (way === undefined) return false;
    vehicle.route = [...way];
    if (first === undefined) vehicle.next = vehicle.route.shift() ?? this.#chosen(vehicle, lane);
    vehicle.temper = orders.pace ?? vehicle.temper;
    vehicle.runsSignals = orders.runsSignals ?? vehicle.runsSignals;
    vehicle.end = orders.stops ? this.#endOf(vehicle, way.at(-1) ?? first?.id ?? lane.id, orders.to) : undefined;
    return true;
  }

  /** What the lights show now, one for each lane that has them. */
  signals(nowMs: number): readonly SignalHead[] {
    const heads: SignalHead[] = [];
    for (const junction of this.#junctions.values())
      for (const lane of junction.lanes) {
        const control = junction.controlOf.get(lane.id);
        if (control?.kind !== "signal") continue;
        const { eastM, northM, headingDeg } = this.#places.at(lane, lane.stopM, undefined, undefined);
        const aspect = aspectAt(nowMs, control.offsetMs, control.group);
        heads.push({ eastM, northM, kerbM: lane.kerbM, towardsDeg: headingDeg, aspect });
      }
    return heads;
  }

  /** What a vehicle has before it: its lane, the stop line there and what the light shows, if there is one. */
  ahead(vehicle: Vehicle, nowMs: number): { readonly lane: Lane; readonly aspect: Aspect | undefined } | undefined {
    const lane = this.#laneOf(vehicle);
    if (lane === undefined) return undefined;
    const control = this.#junctions.get(lane.to)?.controlOf.get(lane.id);
    return { lane, aspect: control?.kind === "signal" ? aspectAt(nowMs, control.offsetMs, control.group) : undefined };
  }

  /** Moves everything to `nowMs`; call every 100 ms of run time or so. */
  step(nowMs: number): void {
    const wholeS = Math.min(1, Math.max(0, (nowMs - this.#lastMs) / 1000));
    this.#lastMs = nowMs;
    const parts = Math.max(1, Math.ceil(wholeS / mostStepS));
    for (let part = 1; part <= parts; part++)
      this.#move(nowMs - ((parts - part) * wholeS * 1000) / parts, wholeS / parts);
  }

  #move(nowMs: number, dtS: number): void {
    const { vehicles } = this;
    const view: RoadView = {
      lanes: this.#lanes,
      junctions: this.#junctions,
      queues: this.#queues,
      rights: this.#rights,
      people: this.#people(),
      nowMs,
    };
    for (const vehicle of vehicles) this.#drive(vehicle, view, dtS);
  }

  #drive(vehicle: Vehicle, view: RoadView, dtS: number): void {
    const lane = this.#laneOf(vehicle);
    if (lane === undefined || dtS <= 0 || vehicle.parked) return;
    const next = vehicle.next === undefined ? undefined : this.#lanes.get(vehicle.next);
    const before = vehicle.speedMps;
    const safeMps = safeAheadMps(vehicle, lane, next, view);
    vehicle.speedMps = nextSpeedMps(before, lane.limitMps * vehicle.temper, safeMps, dtS);
    const wantedM = vehicle.progressM + vehicle.speedMps * dtS;
    const movedM = Math.max(vehicle.progressM, Math.min(wantedM, mostProgressM(vehicle, lane, next, view)));
    if (movedM < wantedM) vehicle.speedMps = (movedM - vehicle.progressM) / dtS;
    vehicle.braking = vehicle.speedMps < 0.1 || vehicle.speedMps < before - 0.8 * dtS;
    this.#leaveBehind(vehicle, movedM - vehicle.progressM);
    vehicle.progressM = movedM;
    const on = vehicle.progressM >= lane.lengthM ? this.#pass(vehicle, lane, next) : lane;
    this.#watchStanding(vehicle, on, view);
    this.#place(vehicle, this.#laneOf(vehicle) ?? on);
  }

  /** Gives back the way through each junction that its rear has left by now. */
  #leaveBehind(vehicle: Vehicle, movedM: number): void {
    if (vehicle.behind.length === 0) return;
    for (const one of vehicle.behind) {
      one.leftM -= movedM;
      if (one.leftM <= 0) this.#rights.leave(vehicle.vehicleId, one.node);
    }
    vehicle.behind = vehicle.behind.filter((one) => one.leftM > 0);
  }

  /** Inside a box of several nodes the way is kept until the last of them is behind. */
  #passNode(vehicle: Vehicle, next: Lane): void {
    if (!this.#rights.has(vehicle.vehicleId, next.from)) return;
    const leftM = this.#rights.isInside(next) ? Number.POSITIVE_INFINITY : next.behindM + vehicle.lengthM / 2;
    vehicle.behind = vehicle.behind.filter((one) => !this.#rights.isSame(one.node, next.from));
    vehicle.behind.push({ node: next.from, leftM });
  }

  #watchStanding(vehicle: Vehicle, lane: Lane, view: RoadView): void {
    const { nowMs } = view;
    vehicle.stillSinceMs = vehicle.speedMps > 0.4 ? undefined : (vehicle.stillSinceMs ?? nowMs);
    vehicle.atLineSinceMs = standsAtLine(vehicle, lane, view) ? (vehicle.atLineSinceMs ?? nowMs) : undefined;
    const arrived = vehicle.end?.lane === lane.id && vehicle.end.atM - vehicle.progressM < 1.5;
    if (arrived && vehicle.speedMps < 0.4) return this.#park(vehicle);
    if (vehicle.driver !== "civil" || nowMs - (vehicle.stillSinceMs ?? nowMs) < stuckMs) return;
    this.stuck += 1;
    this.#elsewhere(vehicle);
  }

  #park(vehicle: Vehicle): void {
    this.#takeOff(vehicle);
    vehicle.parked = true;
    vehicle.speedMps = 0;
    vehicle.end = undefined;
  }

  /** Into the next lane; turns round at a dead end, and at the end of a one-way street it has left the map. */
  #pass(vehicle: Vehicle, lane: Lane, next: Lane | undefined): Lane {
    if (next === undefined) {
      vehicle.progressM = lane.lengthM;
      vehicle.speedMps = 0;
      if (vehicle.driver === "civil") this.#elsewhere(vehicle);
      return this.#laneOf(vehicle) ?? lane;
    }
    this.#queues.remove(vehicle, lane.id);
    vehicle.cameFrom = lane.id;
    this.#passNode(vehicle, next);
    this.#enter(vehicle, next, Math.min(vehicle.progressM - lane.lengthM, next.lengthM));
    vehicle.trail.push(next.edge);
    if (vehicle.trail.length > trailLength) vehicle.trail.shift();
    return next;
  }

  #enter(vehicle: Vehicle, lane: Lane, progressM: number): void {
    vehicle.edge = lane.edge;
    vehicle.forward = lane.forward;
    vehicle.progressM = progressM;
    this.#queues.put(vehicle, lane.id);
    vehicle.next = vehicle.route.shift() ?? this.#chosen(vehicle, lane);
    this.#place(vehicle, lane);
  }

  #chosen(vehicle: Vehicle, lane: Lane): number | undefined {
    return chooseExit(vehicle, lane, this.#lanes, this.#chance);
  }

  #elsewhere(vehicle: Vehicle): void {
    const place = this.#roomSomewhere();
    if (place === undefined) return;
    this.#takeOff(vehicle);
    vehicle.cameFrom = undefined;
    vehicle.speedMps = 0;
    vehicle.stillSinceMs = undefined;
    vehicle.atLineSinceMs = undefined;
    this.#enter(vehicle, place.lane, place.progressM);
  }

  #takeOff(vehicle: Vehicle): void {
    this.#queues.remove(vehicle, laneId(vehicle.edge, vehicle.forward));
    this.#rights.forget(vehicle.vehicleId);
    vehicle.behind = [];
  }

  #fill(count: number): void {
    for (let i = 0; i < count; i++) this.add(randomLooks(this.#chance), false);
  }

  #roomSomewhere(): { readonly lane: Lane; readonly progressM: number } | undefined {
    for (let i = 0; i < spawnTries; i++) {
      const lane = this.#spawnable[Math.floor(this.#chance.unit() * this.#spawnable.length)];
      if (lane === undefined) return undefined;
      const progressM = lane.clearM + 4 + this.#chance.unit() * (lane.stopM - lane.clearM - 8);
      if (this.#isFree(lane, progressM)) return { lane, progressM };
    }
    return undefined;
  }

  /** On the named edge, as near to the named place as there is room. */
  #roomNear(at: RoadSpot): { readonly lane: Lane; readonly progressM: number } | undefined {
    const first = this.#chance.unit() < 0.5;
    for (let offM = 0; offM < 120; offM += 4)
      for (const forward of [first, !first])
        for (const side of [1, -1]) {
          const lane = this.#lanes.get(laneId(at.edge, forward));
          if (lane === undefined) continue;
          const progressM = (forward ? at.alongM : lane.lengthM - at.alongM) + side * offM;
          const inside = progressM >= lane.clearM + 3 && progressM <= lane.stopM - 3;
          if (inside && this.#isFree(lane, progressM)) return { lane, progressM };
        }
    return undefined;
  }

  #isFree(lane: Lane, progressM: number): boolean {
    return this.#queues.of(lane.id).every((one) => {
      const aheadM = progressM - one.progressM;
      const brakes = aheadM > 0 ? (one.speedMps * one.speedMps) / (2 * comfortMps2) : 0;
      return Math.abs(aheadM) > spawnGapM + brakes;
    });
  }

  #laneOf(vehicle: Vehicle): Lane | undefined {
    return this.#lanes.get(laneId(vehicle.edge, vehicle.forward));
  }

  /** Where on the last lane it stops: never nearer than it can brake. */
  #endOf(vehicle: Vehicle, last: number, to: RoadSpot): Vehicle["end"] {
    const lane = this.#lanes.get(last);
    if (lane === undefined) return undefined;
    const wantedM = lane.forward ? to.alongM : lane.lengthM - to.alongM;
    const here = last === laneId(vehicle.edge, vehicle.forward);
    const soonestM = here ? vehicle.progressM + brakingM(vehicle.speedMps) : lane.clearM + 3;
    return { lane: last, atM: Math.max(soonestM, Math.min(wantedM, lane.stopM - 3)) };
  }

  #place(vehicle: Vehicle, lane: Lane): void {
    vehicle.alongM = lane.forward ? vehicle.progressM : lane.lengthM - vehicle.progressM;
    const before = vehicle.cameFrom === undefined ? undefined : this.#lanes.get(vehicle.cameFrom);
    const next = vehicle.next === undefined ? undefined : this.#lanes.get(vehicle.next);
    const place = this.#places.at(lane, vehicle.progressM, before, next);
    const asideM = vehicle.parked ? kerbM : 0;
    const rad = (place.headingDeg * Math.PI) / 180;
    vehicle.eastM = place.eastM + Math.cos(rad) * asideM;
    vehicle.northM = place.northM - Math.sin(rad) * asideM;
    vehicle.headingDeg = place.headingDeg;
  }
}

function boxesOf(junctions: ReadonlyMap<number, Junction>) {
  const sizes = new Map<number, number>();
  for (const { box } of junctions.values()) sizes.set(box, (sizes.get(box) ?? 0) + 1);
  return {
    of: (node: number): number => junctions.get(node)?.box ?? node,
    joined: (box: number): boolean => (sizes.get(box) ?? 0) > 1,
  };
}
