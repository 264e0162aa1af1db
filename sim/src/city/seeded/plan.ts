import { type Chance, within } from "./chance.js";

/** A street of the grid: `atM` is its east (north-south streets) or north (east-west streets). */
export type GridStreet = {
  readonly name: string;
  readonly atM: number;
  readonly arterial: boolean;
  readonly oneWay: boolean;
  /** One-way streets in turn run up and down the map. */
  readonly against: boolean;
};

/** Ground between four streets, from middle to middle. */
export type Block = {
  readonly col: number;
  readonly row: number;
  readonly westM: number;
  readonly eastM: number;
  readonly southM: number;
  readonly northM: number;
  readonly park: boolean;
};

/** Where everything of a seeded city goes, before it is drawn. */
export type CityPlan = {
  readonly halfM: number;
  readonly northSouth: readonly GridStreet[];
  readonly eastWest: readonly GridStreet[];
  readonly blocks: readonly Block[];
  /** Middle line of the river, from west to east. */
  readonly river: (eastM: number) => number;
  readonly riverHalfWidthM: number;
  /** Blocks of the park: between these indices of streets. */
  readonly park: { readonly col: number; readonly row: number; readonly cols: number; readonly rows: number };
  /** Middle of the tall part. */
  readonly centre: { readonly eastM: number; readonly northM: number };
  groundAmslM(eastM: number, northM: number): number;
};

const STREETS = 17;
const TREES = [
  "Ash",
  "Birch",
  "Cedar",
  "Dogwood",
  "Elm",
  "Fir",
  "Gum",
  "Hazel",
  "Ivy",
  "Juniper",
  "Katsura",
  "Larch",
  "Maple",
  "Nutmeg",
  "Oak",
  "Pine",
  "Quince",
] as const;
const HALF_M = 1000;
const BASE_AMSL_M = 1600;

const ordinal = (n: number): string => {
  const tens = n % 100;
  if (tens >= 11 && tens <= 13) return `${n}th`;
  return `${n}${["th", "st", "nd", "rd"][n % 10] ?? "th"}`;
};

function streets(chance: Chance, nameOf: (i: number) => string): GridStreet[] {
  const spacingM = (2 * HALF_M - 80) / (STREETS - 1);
  return Array.from({ length: STREETS }, (_, i) => ({
    name: nameOf(i),
    atM: Math.round(-HALF_M + 40 + i * spacingM + within(chance, -9, 9)),
    arterial: i % 4 === 2,
    oneWay: i % 4 !== 2 && chance() < 0.2,
    against: i % 2 === 1,
  }));
}

export function planCity(chance: Chance): CityPlan {
  const northSouth = streets(chance, (i) => `${ordinal(i + 1)} St`);
  const eastWest = streets(chance, (i) => `${TREES[i] ?? "Oak"} Ave`);
  const riverMidM = within(chance, -420, 420);
  const phase = within(chance, 0, 2 * Math.PI);
  const river = (eastM: number): number => riverMidM + 90 * Math.sin(eastM / 420 + phase);
  const park = { col: 2 + Math.floor(chance() * 9), row: 2 + Math.floor(chance() * 10), cols: 3, rows: 2 };
  return {
    halfM: HALF_M,
    northSouth,
    eastWest,
    blocks: blocksOf(northSouth, eastWest, park),
    river,
    riverHalfWidthM: 22,
    park,
    centre: { eastM: within(chance, -350, 350), northM: within(chance, -350, 350) },
    groundAmslM: relief(chance, river),
  };
}

function blocksOf(northSouth: readonly GridStreet[], eastWest: readonly GridStreet[], park: CityPlan["park"]): Block[] {
  return northSouth.slice(1).flatMap((east, col) =>
    eastWest.slice(1).map((north, row) => ({
      col,
      row,
      westM: northSouth[col]?.atM ?? 0,
      eastM: east.atM,
      southM: eastWest[row]?.atM ?? 0,
      northM: north.atM,
      park: col >= park.col && col < park.col + park.cols && row >= park.row && row < park.row + park.rows,
    })),
  );
}

/** Rolling ground at about a mile high with one hill; the river lies in its valley. */
function relief(chance: Chance, river: (eastM: number) => number): (eastM: number, northM: number) => number {
  const hillE = within(chance, -700, 700);
  const hillN = within(chance, -700, 700);
  const hillM = within(chance, 30, 55);
  const slopeE = within(chance, -0.008, 0.008);
  const turn = within(chance, 0, 6);
  return (eastM, northM) => {
    const roll = 6 * Math.sin(eastM / 300 + turn) * Math.cos(northM / 260 - turn);
    const hill = hillM * Math.exp(-((eastM - hillE) ** 2 + (northM - hillN) ** 2) / (2 * 260 ** 2));
    const valley = 9 * Math.exp(-((northM - river(eastM)) ** 2) / (2 * 110 ** 2));
    return BASE_AMSL_M + slopeE * eastM + roll + hill - valley;
  };
}
