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

export type Vehicle = {
  readonly vehicleId: string;
  readonly looks: VehicleLooks;
  edge: number;
  forward: boolean;
  /** Metres along the edge from its `from` node, whichever way it drives. */
  alongM: number;
  speedMps: number;
  /** Share of the road's speed that this driver likes. */
  readonly temper: number;
  /** Run time until which it stands (a stop sign, a light). */
  standsUntilMs: number;
  eastM: number;
  northM: number;
  headingDeg: number;
  readonly sought: boolean;
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
