import type { EnuPoint, NearestRoad } from "@outrider/geo";
import type { Traffic } from "./traffic.js";
import { patrolLooks, type Vehicle } from "./vehicle.js";

export type PatrolsOptions = {
  readonly traffic: Traffic;
  readonly nearest: NearestRoad;
  readonly count: number;
  /** From the call to wheels rolling: the dispatcher speaks, the unit answers. */
  readonly dispatchMs?: number;
  readonly stayMs?: number;
};

/** What is told of a unit. `tookMs` counts from the call: the response time. */
export type PatrolNews =
  | { readonly kind: "sent"; readonly unit: string }
  | { readonly kind: "arrived"; readonly unit: string; readonly tookMs: number }
  | { readonly kind: "free"; readonly unit: string };

type Unit = {
  readonly name: string;
  readonly vehicleId: string;
  state: "free" | "sent" | "there";
  sinceMs: number;
};
type Call = { readonly at: EnuPoint; readonly calledMs: number; readonly dueMs: number; unit: Unit | undefined };

const usualPace = 0.95;
/** With siren: faster than the limit and through red lights, but never through who is in the way. */
const sirenPace = 1.4;
const roadWithinM = 200;
/** A second report of the same thing sends nobody else. */
const sameWithinM = 250;
const arrivedWithinM = 60;

/** Patrol cars: they drive about, the nearest free one answers each call, stays, and is free again. */
export class Patrols {
  readonly #options: PatrolsOptions;
  readonly #units: Unit[] = [];
  #calls: Call[] = [];

  constructor(options: PatrolsOptions) {
    this.#options = options;
    for (let i = 0; i < options.count; i++) {
      const vehicle = options.traffic.add(patrolLooks(i + 1), false, undefined, "patrol");
      if (vehicle === undefined) continue;
      vehicle.temper = usualPace;
      this.#units.push({ name: `Unit ${11 + i}`, vehicleId: vehicle.vehicleId, state: "free", sinceMs: 0 });
    }
  }

  /** Something happened there, and somebody called. */
  call(at: EnuPoint, nowMs: number): void {
    if (this.#calls.some((one) => away(one.at, at) < sameWithinM)) return;
    this.#calls.push({ at, calledMs: nowMs, dueMs: nowMs + (this.#options.dispatchMs ?? 45_000), unit: undefined });
  }

  step(nowMs: number): readonly PatrolNews[] {
    const news: PatrolNews[] = [];
    for (const call of this.#calls) {
      if (call.unit === undefined && nowMs >= call.dueMs) this.#send(call, nowMs, news);
      else if (call.unit?.state === "sent") this.#watch(call, call.unit, nowMs, news);
    }
    const stayMs = this.#options.stayMs ?? 480_000;
    this.#calls = this.#calls.filter(({ unit }) => {
      if (unit?.state !== "there" || nowMs - unit.sinceMs < stayMs) return true;
      return !this.#release(unit, news);
    });
    return news;
  }

  #send(call: Call, nowMs: number, news: PatrolNews[]): void {
    const spot = this.#options.nearest(call.at, roadWithinM);
    if (spot === undefined) return;
    const free = this.#units.flatMap((unit) => {
      const vehicle = unit.state === "free" ? this.#vehicle(unit) : undefined;
      return vehicle === undefined ? [] : [{ unit, awayM: away(vehicle, call.at) }];
    });
    free.sort((a, b) => a.awayM - b.awayM);
    for (const { unit } of free) {
      const orders = { to: spot, pace: sirenPace, runsSignals: true, stops: true };
      if (!this.#options.traffic.send(unit.vehicleId, orders)) continue;
      unit.state = "sent";
      unit.sinceMs = nowMs;
      call.unit = unit;
      news.push({ kind: "sent", unit: unit.name });
      return;
    }
  }

  #watch(call: Call, unit: Unit, nowMs: number, news: PatrolNews[]): void {
    const vehicle = this.#vehicle(unit);
    if (vehicle === undefined || !vehicle.parked) return;
    unit.state = "there";
    unit.sinceMs = nowMs;
    if (away(vehicle, call.at) <= roadWithinM + arrivedWithinM)
      news.push({ kind: "arrived", unit: unit.name, tookMs: nowMs - call.calledMs });
  }

  /** Back on the road where there is a gap: until then it stays at the kerb. */
  #release(unit: Unit, news: PatrolNews[]): boolean {
    const vehicle = this.#vehicle(unit);
    if (vehicle === undefined) return true;
    const here = { edge: vehicle.edge, alongM: vehicle.alongM };
    if (!this.#options.traffic.send(unit.vehicleId, { to: here, pace: usualPace, runsSignals: false, stops: false }))
      return false;
    unit.state = "free";
    news.push({ kind: "free", unit: unit.name });
    return true;
  }

  #vehicle(unit: Unit): Vehicle | undefined {
    return this.#options.traffic.find(unit.vehicleId);
  }
}

const away = (a: EnuPoint, b: EnuPoint): number => Math.hypot(a.eastM - b.eastM, a.northM - b.northM);
