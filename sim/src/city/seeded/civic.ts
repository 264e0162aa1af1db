import { type Chance, within } from "./chance.js";
import type { Block, CityPlan } from "./plan.js";

/** A block that is one school or hospital instead of houses. */
export type CivicBlock = {
  readonly kind: "school" | "hospital";
  readonly name: string;
  readonly block: Block;
  readonly heightM: number;
};

const NAMES = ["Grove School", "Hill School", "Mill School"] as const;
const RIVER_GAP_M = 60;
/** Away from the city's edge, so that children and ambulances come from all sides. */
const EDGE_BLOCKS = 2;

/**
 * Three schools and a hospital on dry blocks outside of the park, no two on one block. Drawn from a chance of their
 * own, so that the houses of a seed stay where they are.
 */
export function placeCivic(plan: CityPlan, chance: Chance): CivicBlock[] {
  const free = plan.blocks.filter((block) => mayStand(plan, block));
  const take = (): Block | undefined => free.splice(Math.floor(chance() * free.length), 1)[0];
  const schools = NAMES.flatMap((name): CivicBlock[] => {
    const block = take();
    return block === undefined ? [] : [{ kind: "school", name, block, heightM: within(chance, 8, 12) }];
  });
  const block = take();
  if (block === undefined) return schools;
  return [...schools, { kind: "hospital", name: "Mile High Hospital", block, heightM: within(chance, 22, 30) }];
}

function mayStand(plan: CityPlan, block: Block): boolean {
  const { col, row, westM, eastM, southM, northM } = block;
  const last = plan.northSouth.length - 2;
  const central = [col, row].every((at) => at >= EDGE_BLOCKS && at <= last - EDGE_BLOCKS);
  if (!central || block.park) return false;
  return [westM, (westM + eastM) / 2, eastM].every((atM) => {
    const river = plan.river(atM);
    const gapM = plan.riverHalfWidthM + RIVER_GAP_M;
    return northM < river - gapM || southM > river + gapM;
  });
}
