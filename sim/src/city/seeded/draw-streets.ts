import type { CityRoad, CitySpot } from "@outrider/contract";
import type { CityPlan, GridStreet } from "./plan.js";

const BANK_M = 12;
/** Bridges begin this near the water: nearer than any street along the bank ends, so that none meets one in the air. */
const ABUTMENT_M = 8;
const MPH_MPS = 0.44704;
const ARTERIAL_MPS = 35 * MPH_MPS;
const STREET_MPS = 25 * MPH_MPS;

type Line = readonly (readonly [eastM: number, northM: number])[];

/** Streets of the grid; only arterials bridge the river. */
export function drawStreets(plan: CityPlan): CityRoad[] {
  const roads: CityRoad[] = [];
  const add = (street: GridStreet, line: Line, level = 0): void => {
    const points = street.oneWay && street.against ? [...line].reverse() : line;
    roads.push({
      id: `r${roads.length}`,
      name: street.name,
      kind: street.arterial ? "secondary" : "street",
      widthM: street.arterial ? 14 : 9,
      oneWay: street.oneWay,
      level,
      speedLimitMps: street.arterial ? ARTERIAL_MPS : STREET_MPS,
      pointsDm: points.flatMap(([eastM, northM]) => [Math.round(eastM * 10) + 0, Math.round(northM * 10) + 0]),
    });
  };
  const endM = plan.halfM - 10;
  for (const street of plan.northSouth) {
    const gapM = plan.riverHalfWidthM + (street.arterial ? ABUTMENT_M : BANK_M);
    const at = (northM: number): readonly [number, number] => [street.atM, northM];
    const [south, north] = [at(plan.river(street.atM) - gapM), at(plan.river(street.atM) + gapM)];
    add(street, [at(-endM), south]);
    if (street.arterial) add(street, [south, north], 1);
    add(street, [north, at(endM)]);
  }
  for (const street of plan.eastWest) for (const run of dryRuns(plan, street.atM, endM)) add(street, run);
  return roads;
}

const isDry = (plan: CityPlan, eastM: number, northM: number): boolean =>
  Math.abs(northM - plan.river(eastM)) > plan.riverHalfWidthM + BANK_M;

/** Lights where arterials cross each other, and where every second street crosses one: only where both are built. */
export function drawSignals(plan: CityPlan, roads: readonly CityRoad[]): CitySpot[] {
  const lit = (a: GridStreet, b: GridStreet): boolean =>
    (a.arterial && b.arterial) || (a.arterial && !b.against) || (b.arterial && !a.against);
  const runs = (street: GridStreet) => roads.filter((road) => road.name === street.name && road.level === 0);
  return plan.northSouth.flatMap((ns) =>
    plan.eastWest.flatMap((ew) => {
      const [eastDm, northDm] = [ns.atM * 10, ew.atM * 10];
      const built =
        lit(ns, ew) && [ns, ew].every((street) => runs(street).some((road) => covers(road, eastDm, northDm)));
      return built ? [{ eastDm, northDm }] : [];
    }),
  );
}

/** Whether a straight road of the grid runs through a place. */
function covers({ pointsDm }: CityRoad, eastDm: number, northDm: number): boolean {
  const [eastA = 0, northA = 0, eastB = 0, northB = 0] = pointsDm;
  const between = (a: number, b: number, x: number): boolean => Math.min(a, b) <= x && x <= Math.max(a, b);
  return between(eastA, eastB, eastDm) && between(northA, northB, northDm);
}

/** Stretches of an east-west street that stay out of the river. */
function dryRuns(plan: CityPlan, northM: number, endM: number): Line[] {
  const runs: Line[] = [];
  let startM: number | undefined;
  for (let eastM = -endM; eastM <= endM; eastM += 10) {
    const dry = isDry(plan, eastM, northM);
    if (dry && startM === undefined) startM = eastM;
    if (startM === undefined || (dry && eastM + 10 <= endM)) continue;
    if (eastM - startM >= 60)
      runs.push([
        [startM, northM],
        [dry ? eastM : eastM - 10, northM],
      ]);
    startM = undefined;
  }
  return runs;
}
