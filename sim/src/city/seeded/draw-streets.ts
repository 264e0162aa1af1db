import type { CityRoad } from "@outrider/contract";
import type { CityPlan, GridStreet } from "./plan.js";

const BANK_M = 12;

/** Streets of the grid; only arterials bridge the river. */
export function drawStreets(plan: CityPlan): CityRoad[] {
  const roads: CityRoad[] = [];
  const add = (street: GridStreet, points: readonly (readonly [number, number])[]): void => {
    roads.push({
      id: `r${roads.length}`,
      name: street.name,
      kind: street.arterial ? "secondary" : "street",
      widthM: street.arterial ? 14 : 9,
      oneWay: street.oneWay,
      level: 0,
      pointsDm: points.flatMap(([eastM, northM]) => [Math.round(eastM * 10) + 0, Math.round(northM * 10) + 0]),
    });
  };
  const endM = plan.halfM - 10;
  for (const street of plan.northSouth) {
    const southM = plan.river(street.atM) - plan.riverHalfWidthM - BANK_M;
    const northM = plan.river(street.atM) + plan.riverHalfWidthM + BANK_M;
    if (street.arterial)
      add(street, [
        [street.atM, -endM],
        [street.atM, endM],
      ]);
    else {
      add(street, [
        [street.atM, -endM],
        [street.atM, southM],
      ]);
      add(street, [
        [street.atM, northM],
        [street.atM, endM],
      ]);
    }
  }
  for (const street of plan.eastWest) for (const run of dryRuns(plan, street.atM, endM)) add(street, run);
  return roads;
}

/** Stretches of an east-west street that stay out of the river. */
function dryRuns(plan: CityPlan, northM: number, endM: number): (readonly [number, number])[][] {
  const runs: (readonly [number, number])[][] = [];
  let startM: number | undefined;
  for (let eastM = -endM; eastM <= endM; eastM += 10) {
    const dry = Math.abs(northM - plan.river(eastM)) > plan.riverHalfWidthM + BANK_M;
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
