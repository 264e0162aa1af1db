import Flatbush from "flatbush";
import type { EnuPoint } from "../enu/index.js";

/** Buildings in columns, so that 14,000 of them stay small and quick; ring i is points ringStart[i] … ringStart[i+1]. */
export type BuildingSet = {
  readonly count: number;
  readonly ringStart: Int32Array;
  /** East, north pairs in metres; rings not closed. */
  readonly coordsM: Float64Array;
  readonly groundAmslM: Float32Array;
  readonly topAmslM: Float32Array;
};

/** One building as rows, for tests and small sets. */
export type Building = { readonly ring: readonly EnuPoint[]; readonly groundAmslM: number; readonly heightM: number };

export function buildingSet(buildings: readonly Building[]): BuildingSet {
  const ringStart = new Int32Array(buildings.length + 1);
  const coords: number[] = [];
  buildings.forEach((building, i) => {
    for (const point of building.ring) coords.push(point.eastM, point.northM);
    ringStart[i + 1] = coords.length / 2;
  });
  return {
    count: buildings.length,
    ringStart,
    coordsM: Float64Array.from(coords),
    groundAmslM: Float32Array.from(buildings, (b) => b.groundAmslM),
    topAmslM: Float32Array.from(buildings, (b) => b.groundAmslM + b.heightM),
  };
}

export function buildingRing(set: BuildingSet, id: number): EnuPoint[] {
  const ring: EnuPoint[] = [];
  for (let p = set.ringStart[id] ?? 0; p < (set.ringStart[id + 1] ?? 0); p++) {
    ring.push({ eastM: set.coordsM[2 * p] ?? 0, northM: set.coordsM[2 * p + 1] ?? 0 });
  }
  return ring;
}

/** Calls back with every side of a building's footprint, the closing one included. */
export function eachSide(
  set: BuildingSet,
  id: number,
  visit: (aE: number, aN: number, bE: number, bN: number) => void,
): void {
  const start = set.ringStart[id] ?? 0;
  const end = set.ringStart[id + 1] ?? 0;
  let lastE = set.coordsM[2 * end - 2] ?? 0;
  let lastN = set.coordsM[2 * end - 1] ?? 0;
  for (let p = start; p < end; p++) {
    const east = set.coordsM[2 * p] ?? 0;
    const north = set.coordsM[2 * p + 1] ?? 0;
    visit(lastE, lastN, east, north);
    lastE = east;
    lastN = north;
  }
}

export function insideBuilding(set: BuildingSet, id: number, eastM: number, northM: number): boolean {
  let inside = false;
  eachSide(set, id, (aE, aN, bE, bN) => {
    if (aN > northM !== bN > northM && eastM < aE + ((northM - aN) / (bN - aN)) * (bE - aE)) inside = !inside;
  });
  return inside;
}

/** Finds building ids by box. */
export type BuildingIndex = (eastMinM: number, northMinM: number, eastMaxM: number, northMaxM: number) => number[];

export function indexBuildings(set: BuildingSet): BuildingIndex {
  if (set.count === 0) return () => [];
  const tree = new Flatbush(set.count);
  for (let id = 0; id < set.count; id++) {
    const box = buildingBox(set, id);
    tree.add(box.eastMinM, box.northMinM, box.eastMaxM, box.northMaxM);
  }
  tree.finish();
  return (eastMinM, northMinM, eastMaxM, northMaxM) => tree.search(eastMinM, northMinM, eastMaxM, northMaxM);
}

function buildingBox(set: BuildingSet, id: number) {
  let eastMinM = Number.POSITIVE_INFINITY;
  let northMinM = Number.POSITIVE_INFINITY;
  let eastMaxM = Number.NEGATIVE_INFINITY;
  let northMaxM = Number.NEGATIVE_INFINITY;
  for (let p = set.ringStart[id] ?? 0; p < (set.ringStart[id + 1] ?? 0); p++) {
    const east = set.coordsM[2 * p] ?? 0;
    const north = set.coordsM[2 * p + 1] ?? 0;
    eastMinM = Math.min(eastMinM, east);
    eastMaxM = Math.max(eastMaxM, east);
    northMinM = Math.min(northMinM, north);
    northMaxM = Math.max(northMaxM, north);
  }
  return { eastMinM, northMinM, eastMaxM, northMaxM };
}
