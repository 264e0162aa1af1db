import type { CityBuildings, CityPlace } from "@outrider/contract";
import { type Chance, within } from "./chance.js";
import type { CityPlan } from "./plan.js";

export type Built = { readonly buildings: CityBuildings; readonly addresses: CityPlace[] };
type Lot = { readonly eastM: number; readonly northM: number; readonly widthM: number; readonly depthM: number };

const SIDEWALK_M = 11;
const YARD_M = 3;

/** Two rows of houses in every block, none in the park or the river; taller towards the centre. */
export function drawBuildings(plan: CityPlan, chance: Chance): Built {
  const built: Built = { buildings: { ringStart: [0], coordsDm: [], groundAmslDm: [], heightDm: [] }, addresses: [] };
  plan.northSouth.slice(1).forEach((east, col) => {
    plan.eastWest.slice(1).forEach((north, row) => {
      const west = plan.northSouth[col];
      const south = plan.eastWest[row];
      if (west === undefined || south === undefined || inPark(plan, col, row)) return;
      const rows = [
        { eastM: west.atM, northM: south.atM + SIDEWALK_M, street: south.name, odd: 0 },
        { eastM: west.atM, northM: (south.atM + north.atM) / 2 + YARD_M, street: north.name, odd: 1 },
      ];
      const depthM = (north.atM - south.atM) / 2 - SIDEWALK_M - YARD_M;
      for (const { eastM, northM, street, odd } of rows) {
        let atM = eastM + SIDEWALK_M;
        for (let house = 0; ; house++) {
          const widthM = within(chance, 12, 34);
          if (atM + widthM > east.atM - SIDEWALK_M) break;
          const lot = { eastM: atM, northM, widthM: widthM - 2, depthM: depthM * within(chance, 0.6, 1) };
          atM += widthM;
          if (wet(plan, lot) || chance() < 0.06) continue;
          addBuilding(built, plan, lot, heightM(plan, lot, chance));
          addAddress(built, lot, `${(col + 1) * 100 + house * 2 + odd} ${street}`);
        }
      }
    });
  });
  return built;
}

export function inPark({ park }: CityPlan, col: number, row: number): boolean {
  return col >= park.col && col < park.col + park.cols && row >= park.row && row < park.row + park.rows;
}

function wet(plan: CityPlan, lot: Lot): boolean {
  const gapM = plan.riverHalfWidthM + 8;
  return [lot.eastM, lot.eastM + lot.widthM].some((eastM) => {
    const river = plan.river(eastM);
    return lot.northM < river + gapM && lot.northM + lot.depthM > river - gapM;
  });
}

function heightM(plan: CityPlan, lot: Lot, chance: Chance): number {
  const fromCentreM = Math.hypot(lot.eastM - plan.centre.eastM, lot.northM - plan.centre.northM);
  const tall = 48 * Math.exp(-((fromCentreM / 260) ** 2)) * chance();
  return within(chance, 5, 12) + tall;
}

function addBuilding({ buildings }: Built, plan: CityPlan, lot: Lot, height: number): void {
  const [w, s, e, n] = [lot.eastM, lot.northM, lot.eastM + lot.widthM, lot.northM + lot.depthM];
  const corners = [w, s, e, s, e, n, w, n];
  for (const value of corners) buildings.coordsDm.push(Math.round(value * 10) + 0);
  buildings.ringStart.push(buildings.coordsDm.length / 2);
  const ground = Math.min(
    plan.groundAmslM(w, s),
    plan.groundAmslM(e, s),
    plan.groundAmslM(e, n),
    plan.groundAmslM(w, n),
  );
  buildings.groundAmslDm.push(Math.round(ground * 10));
  buildings.heightDm.push(Math.round(height * 10));
}

function addAddress({ addresses }: Built, lot: Lot, text: string): void {
  const eastDm = Math.round((lot.eastM + lot.widthM / 2) * 10) + 0;
  addresses.push({ text, eastDm, northDm: Math.round((lot.northM + lot.depthM / 2) * 10) + 0 });
}
