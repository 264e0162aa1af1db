import type { CityBuildings, CityPlace } from "@outrider/contract";
import { type Chance, within } from "./chance.js";
import type { CivicBlock } from "./civic.js";
import type { Block, CityPlan } from "./plan.js";

export type Built = { readonly buildings: CityBuildings; readonly addresses: CityPlace[] };
type Lot = { readonly eastM: number; readonly northM: number; readonly widthM: number; readonly depthM: number };

const SIDEWALK_M = 11;
const YARD_M = 3;

/** Two rows of houses in every block, none in the park or the river; taller towards the centre. Civic blocks hold one. */
export function drawBuildings(plan: CityPlan, civic: readonly CivicBlock[], chance: Chance): Built {
  const built: Built = { buildings: { ringStart: [0], coordsDm: [], groundAmslDm: [], heightDm: [] }, addresses: [] };
  for (const block of plan.blocks) {
    if (block.park) continue;
    const site = civic.find((one) => one.block === block);
    if (site !== undefined) drawCivic(built, plan, site);
    drawHouses(site === undefined ? built : undefined, plan, block, chance);
  }
  return built;
}

/** Houses of one block; `built` undefined draws them from chance and builds none, so that the blocks after stay alike. */
function drawHouses(built: Built | undefined, plan: CityPlan, block: Block, chance: Chance): void {
  const { westM, eastM, southM, northM } = block;
  const rows = [
    { fromM: southM + SIDEWALK_M, street: plan.eastWest[block.row]?.name ?? "", odd: 0 },
    { fromM: (southM + northM) / 2 + YARD_M, street: plan.eastWest[block.row + 1]?.name ?? "", odd: 1 },
  ];
  const depthM = (northM - southM) / 2 - SIDEWALK_M - YARD_M;
  for (const { fromM, street, odd } of rows) {
    let atM = westM + SIDEWALK_M;
    for (let house = 0; ; house++) {
      const widthM = within(chance, 12, 34);
      if (atM + widthM > eastM - SIDEWALK_M) break;
      const lot = { eastM: atM, northM: fromM, widthM: widthM - 2, depthM: depthM * within(chance, 0.6, 1) };
      atM += widthM;
      if (wet(plan, lot) || chance() < 0.06) continue;
      const height = heightM(plan, lot, chance);
      if (built === undefined) continue;
      addBuilding(built, plan, lot, height);
      addAddress(built, lot, `${(block.col + 1) * 100 + house * 2 + odd} ${street}`);
    }
  }
}

/** One large building along the southern street; the rest of the block is yard, or the pad of the hospital. */
export function civicLot({ westM, eastM, southM, northM }: Block): Lot {
  const [wideM, deepM] = [eastM - westM - 2 * SIDEWALK_M, northM - southM - 2 * SIDEWALK_M];
  return { eastM: westM + SIDEWALK_M, northM: southM + SIDEWALK_M, widthM: wideM * 0.8, depthM: deepM * 0.4 };
}

function drawCivic(built: Built, plan: CityPlan, { block, heightM }: CivicBlock): void {
  const lot = civicLot(block);
  addBuilding(built, plan, lot, heightM);
  addAddress(built, lot, `${(block.col + 1) * 100} ${plan.eastWest[block.row]?.name ?? ""}`);
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
