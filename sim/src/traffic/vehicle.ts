import type { Chance } from "@outrider/contract";

/** What a person would say of a car, and what only a plate says. */
export type VehicleLooks = {
  readonly plate: string;
  readonly state: string;
  readonly make: string;
  readonly model: string;
  readonly color: string;
  readonly body: string;
};

/** Who drives: everybody else, the one who is sought, or a patrol car. */
export type Driver = "civil" | "sought" | "patrol";

export type Vehicle = {
  readonly vehicleId: string;
  readonly looks: VehicleLooks;
  readonly driver: Driver;
  readonly sought: boolean;
  readonly lengthM: number;
  edge: number;
  forward: boolean;
  /** Metres along the edge from its `from` node, whichever way it drives. */
  alongM: number;
  /** The same in the direction of travel. */
  progressM: number;
  speedMps: number;
  /** Share of the road's speed that this driver likes: above 1 it breaks the limit. */
  temper: number;
  /** True: does not wait at red lights and stop signs, only for who is in the way. */
  runsSignals: boolean;
  eastM: number;
  northM: number;
  headingDeg: number;
  braking: boolean;
  /** At the kerb, out of everybody's way, until it is sent on. */
  parked: boolean;
  /** Lane it came from, lane that it will take, and lanes planned after that. */
  cameFrom: number | undefined;
  next: number | undefined;
  route: number[];
  /** Where its route ends: a lane and metres along it; undefined where it drives on. */
  end: { readonly lane: number; readonly atM: number } | undefined;
  /** Junctions that its rear has still to leave, and how far that is. */
  behind: { readonly node: number; leftM: number }[];
  /** Since when it stands at a stop line; undefined elsewhere. */
  atLineSinceMs: number | undefined;
  /** Since when it has not moved, whatever for. */
  stillSinceMs: number | undefined;
  /** Edges driven lately: who flees does not drive in a circle. */
  readonly trail: number[];
};

const models: readonly (readonly [make: string, model: string, body: string])[] = [
  ["honda", "accord", "sedan"],
  ["toyota", "camry", "sedan"],
  ["toyota", "prius", "hatchback"],
  ["ford", "f150", "truck"],
  ["tesla", "model-3", "sedan"],
  ["subaru", "outback", "suv"],
  ["nissan", "altima", "sedan"],
  ["chevrolet", "tahoe", "suv"],
  ["hyundai", "elantra", "sedan"],
  ["volkswagen", "golf", "hatchback"],
  ["ford", "transit", "van"],
  ["bmw", "x3", "suv"],
];
const colors = [
  "white",
  "black",
  "gray",
  "silver",
  "blue",
  "red",
  "silver",
  "black",
  "white",
  "green",
  "brown",
  "yellow",
];
const letters = "ABCDEFGHJKLMNPRSTUVWXYZ";

const pick = <T>(list: readonly T[], chance: Pick<Chance, "unit">, otherwise: T): T =>
  list[Math.floor(chance.unit() * list.length)] ?? otherwise;

/** Looks of a random car with a plate of the Californian form 1ABC234. */
export function randomLooks(chance: Pick<Chance, "unit">): VehicleLooks {
  const [make, model, body] = pick(models, chance, ["honda", "accord", "sedan"]);
  const letter = () => letters.charAt(Math.floor(chance.unit() * letters.length));
  const digit = () => String(Math.floor(chance.unit() * 10));
  const plate = `${String(5 + Math.floor(chance.unit() * 4))}${letter()}${letter()}${letter()}${digit()}${digit()}${digit()}`;
  return { plate, state: "us-ca", make, model, body, color: pick(colors, chance, "white") };
}

/** Looks of a patrol car, by its number. */
export const patrolLooks = (number: number): VehicleLooks => ({
  plate: `1${String(500_000 + number)}`,
  state: "us-ca",
  make: "ford",
  model: "explorer",
  color: "black",
  body: "suv",
});

const civilPace = [0.82, 1] as const;
const fleeingPace = 1.35;

/** One that is nowhere yet. Civil drivers keep the limit; who is sought breaks it. */
export function newVehicle(
  vehicleId: string,
  looks: VehicleLooks,
  driver: Driver,
  chance: Pick<Chance, "unit">,
): Vehicle {
  const pace = civilPace[0] + (civilPace[1] - civilPace[0]) * chance.unit();
  return {
    vehicleId,
    looks,
    driver,
    sought: driver === "sought",
    lengthM: looks.body === "van" || looks.body === "truck" ? 5.6 : 4.8,
    edge: 0,
    forward: true,
    alongM: 0,
    progressM: 0,
    speedMps: 0,
    temper: driver === "sought" ? fleeingPace : pace,
    runsSignals: false,
    eastM: 0,
    northM: 0,
    headingDeg: 0,
    braking: false,
    parked: false,
    cameFrom: undefined,
    next: undefined,
    route: [],
    end: undefined,
    behind: [],
    atLineSinceMs: undefined,
    stillSinceMs: undefined,
    trail: [],
  };
}
