import type { CityFile } from "@outrider/contract";
import { destination, type EnuPoint, insideBuilding, type World } from "@outrider/geo";
import { nextUnit, seedRandom } from "../air/index.js";
import type { Scenario } from "../scenario/index.js";
import {
  Crowds,
  type CrowdWish,
  type PatrolNews,
  Patrols,
  type Person,
  Traffic,
  type Vehicle,
  type VehicleLooks,
} from "../traffic/index.js";

export type StreetLifeDeps = {
  readonly world: World;
  readonly city: Pick<CityFile, "signals">;
  readonly seed: number;
  readonly scenario: Pick<Scenario, "vehicles" | "patrols">;
  readonly startMs: number;
  /** A line for the run's timeline. */
  told(text: string): void;
};

/** One stretch of a flight by car: from where the last one ended, along the roads that lead there. */
export type Leg = { readonly bearingDeg: number; readonly distanceM: number };
export type SuspectWish = { readonly legs: readonly Leg[]; readonly runsSignals: boolean; readonly stops: boolean };
type Flight = { readonly vehicleId: string; legs: Leg[]; wish: SuspectWish; from: EnuPoint };

const roadWithinM = 250;
/** Streams of one seed: what traffic draws never moves the crowd. */
const streams = { traffic: 31, crowd: 32 } as const;

/** Everything that lives in the streets: traffic, patrol cars, the car that is sought, and people on foot. */
export class StreetLife {
  readonly traffic: Traffic;
  readonly #deps: StreetLifeDeps;
  #crowds: Crowds;
  #patrols: Patrols;
  #flights: Flight[] = [];

  constructor(deps: StreetLifeDeps) {
    this.#deps = deps;
    const { world, city, seed, scenario, startMs } = deps;
    this.traffic = new Traffic({
      graph: world.roads.graph,
      signals: city.signals?.map((one) => ({ eastM: one.eastDm / 10, northM: one.northDm / 10 })),
      chance: seeded(seed, streams.traffic),
      count: scenario.vehicles,
      startMs,
      seed,
      people: () => this.#crowds.people,
    });
    this.#crowds = this.#newCrowds(seed);
    this.#patrols = this.#newPatrols(scenario.patrols ?? 0);
  }

  get people(): readonly Person[] {
    return this.#crowds.people;
  }

  /** A new run: the streets as its seed has them. */
  begin(scenario: StreetLifeDeps["scenario"], seed: number, startMs: number): void {
    this.#flights = [];
    this.#crowds = this.#newCrowds(seed);
    this.traffic.restart({ chance: seeded(seed, streams.traffic), count: scenario.vehicles, startMs, seed });
    this.#patrols = this.#newPatrols(scenario.patrols ?? 0);
  }

  step(nowMs: number): void {
    this.#crowds.step(nowMs);
    this.traffic.step(nowMs);
    for (const news of this.#patrols.step(nowMs)) this.#deps.told(wordsOf(news));
    for (const flight of this.#flights) this.#flee(flight);
  }

  /** Something happened there: a patrol car answers, where the scenario has any. */
  incidentAt(at: EnuPoint, nowMs: number): void {
    this.#patrols.call(at, nowMs);
  }

  /** The car that will be sought leaves a place. */
  suspect(looks: VehicleLooks, from: EnuPoint | undefined, wish: SuspectWish): Vehicle | undefined {
    const spot = from && this.#deps.world.roads.nearest(from, roadWithinM);
    const vehicle = this.traffic.add(looks, true, spot);
    if (vehicle === undefined) return undefined;
    vehicle.runsSignals = wish.runsSignals;
    const start = { eastM: vehicle.eastM, northM: vehicle.northM };
    this.#flights.push({ vehicleId: vehicle.vehicleId, legs: [...wish.legs], wish, from: start });
    return vehicle;
  }

  /** Every sought car goes another way from where it is; false where there is none. */
  suspectTurns(wish: SuspectWish): boolean {
    for (const flight of this.#flights) {
      const vehicle = this.traffic.find(flight.vehicleId);
      if (vehicle === undefined) continue;
      vehicle.route = [];
      vehicle.runsSignals = wish.runsSignals;
      flight.wish = wish;
      flight.legs = [...wish.legs];
      flight.from = { eastM: vehicle.eastM, northM: vehicle.northM };
    }
    return this.#flights.length > 0;
  }

  gather(wish: CrowdWish, nowMs: number): void {
    this.#crowds.gather(wish, nowMs);
  }

  disperse(): void {
    this.#crowds.disperse();
  }

  /** On to the next leg when one is driven; who has none left drives on where the roads lead. */
  #flee(flight: Flight): void {
    const vehicle = this.traffic.find(flight.vehicleId);
    const [leg] = flight.legs;
    if (vehicle === undefined || leg === undefined || vehicle.route.length > 0) return;
    flight.legs.shift();
    const to = destination(flight.from, leg.bearingDeg, leg.distanceM);
    flight.from = to;
    const spot = this.#deps.world.roads.nearest(to, roadWithinM);
    const { runsSignals, stops } = flight.wish;
    if (spot === undefined) return;
    this.traffic.send(vehicle.vehicleId, { to: spot, runsSignals, stops: stops && flight.legs.length === 0 });
  }

  #newCrowds(seed: number): Crowds {
    const { roads, obstacles } = this.#deps.world;
    return new Crowds({
      graph: roads.graph,
      nearest: roads.nearest,
      isInside: (eastM, northM) =>
        obstacles
          .near(eastM, northM, eastM, northM)
          .some((id) => insideBuilding(obstacles.buildings, id, eastM, northM)),
      chance: seeded(seed, streams.crowd),
    });
  }

  #newPatrols(count: number): Patrols {
    return new Patrols({ traffic: this.traffic, nearest: this.#deps.world.roads.nearest, count });
  }
}

function seeded(seed: number, stream: number): { unit(): number } {
  const random = seedRandom(seed, stream);
  return { unit: () => nextUnit(random) };
}

function wordsOf(news: PatrolNews): string {
  switch (news.kind) {
    case "sent":
      return `${news.unit} is sent`;
    case "arrived":
      return `${news.unit} is there, ${Math.round(news.tookMs / 1000)} s after the call`;
    case "free":
      return `${news.unit} is free again`;
    default:
      return news satisfies never;
  }
}
