import type { CityArea, CityFile, CityPlace, CityTerrain } from "@outrider/contract";
import { chanceFrom } from "./chance.js";
import { type CivicBlock, placeCivic } from "./civic.js";
import { drawBuildings } from "./draw-buildings.js";
import { drawSignals, drawStreets } from "./draw-streets.js";
import { type Block, type CityPlan, planCity } from "./plan.js";

const TERRAIN_CELL_M = 20;
/** Denver's place and undulation: a city a mile high shows every height that was taken from the wrong zero. */
const ORIGIN = { latDeg: 39.7392, lonDeg: -104.9903 } as const;
const GEOID_UNDULATION_M = -16.98;
/** Turns the seed of the city into that of its schools and hospital. */
const CIVIC_SALT = 0x5c4001;

/** A city of 2 × 2 km from a seed: the same seed gives the same city, in tens of milliseconds. */
export function generateCity(seed: number): CityFile {
  const chance = chanceFrom(seed);
  const plan = planCity(chance);
  const civic = placeCivic(plan, chanceFrom(seed ^ CIVIC_SALT));
  const roads = drawStreets(plan);
  const { buildings, addresses } = drawBuildings(plan, civic, chance);
  return {
    version: 1,
    name: `Seeded city ${seed}`,
    provenance: "sim",
    origin: ORIGIN,
    geoidUndulationM: GEOID_UNDULATION_M,
    boundsLocal: { eastMinM: -plan.halfM, northMinM: -plan.halfM, eastMaxM: plan.halfM, northMaxM: plan.halfM },
    terrain: drawTerrain(plan),
    buildings,
    roads,
    areas: [drawPark(plan), drawRiver(plan), ...civic.map(drawGrounds)],
    addresses,
    places: [{ text: "City Park", ...parkMiddle(plan) }, ...civic.map((site) => placeAt(site.name, site.block, 0.5))],
    signals: drawSignals(plan, roads),
    helipads: civic.flatMap((site) => (site.kind === "hospital" ? [placeAt(site.name, site.block, PAD_SHARE)] : [])),
    heights: { source: "generated", datum: "egm96", note: "generated from the seed as heights above mean sea level" },
    attribution: "",
    licences: [],
  };
}

function drawTerrain(plan: CityPlan): CityTerrain {
  const size = (2 * plan.halfM) / TERRAIN_CELL_M + 1;
  const heightsAmslDm: number[] = [];
  for (let row = 0; row < size; row++) {
    for (let col = 0; col < size; col++) {
      const eastM = -plan.halfM + col * TERRAIN_CELL_M;
      heightsAmslDm.push(Math.round(plan.groundAmslM(eastM, -plan.halfM + row * TERRAIN_CELL_M) * 10));
    }
  }
  const place = { eastMinM: -plan.halfM, northMinM: -plan.halfM, cellM: TERRAIN_CELL_M };
  return { ...place, cols: size, rows: size, heightsAmslDm };
}

function parkBox({ park, northSouth, eastWest }: CityPlan) {
  const insetM = 10;
  return {
    west: (northSouth[park.col]?.atM ?? 0) + insetM,
    east: (northSouth[park.col + park.cols]?.atM ?? 0) - insetM,
    south: (eastWest[park.row]?.atM ?? 0) + insetM,
    north: (eastWest[park.row + park.rows]?.atM ?? 0) - insetM,
  };
}

function drawPark(plan: CityPlan): CityArea {
  const { west, east, south, north } = parkBox(plan);
  const ringDm = [west, south, east, south, east, north, west, north].map((m) => Math.round(m * 10) + 0);
  return { kind: "park", name: "City Park", ringDm };
}

function parkMiddle(plan: CityPlan) {
  const { west, east, south, north } = parkBox(plan);
  return { eastDm: Math.round((west + east) * 5) + 0, northDm: Math.round((south + north) * 5) + 0 };
}

/** How far up its block the pad lies: in the yard behind the building. */
const PAD_SHARE = 0.72;
const KERB_M = 10;

function drawGrounds({ kind, name, block }: CivicBlock): CityArea {
  const [west, east] = [block.westM + KERB_M, block.eastM - KERB_M];
  const [south, north] = [block.southM + KERB_M, block.northM - KERB_M];
  return {
    kind,
    name,
    ringDm: [west, south, east, south, east, north, west, north].map((m) => Math.round(m * 10) + 0),
  };
}

function placeAt(text: string, { westM, eastM, southM, northM }: Block, share: number): CityPlace {
  const northDm = Math.round((southM + (northM - southM) * share) * 10) + 0;
  return { text, eastDm: Math.round((westM + eastM) * 5) + 0, northDm };
}

function drawRiver(plan: CityPlan): CityArea {
  const bank = (eastM: number, side: number): number[] => [
    Math.round(eastM * 10) + 0,
    Math.round((plan.river(eastM) + side * plan.riverHalfWidthM) * 10) + 0,
  ];
  const easts = Array.from({ length: 41 }, (_, i) => -plan.halfM + (i * plan.halfM) / 20);
  const south = easts.flatMap((eastM) => bank(eastM, -1));
  const north = [...easts].reverse().flatMap((eastM) => bank(eastM, 1));
  return { kind: "water", name: "Mile River", ringDm: [...south, ...north] };
}
