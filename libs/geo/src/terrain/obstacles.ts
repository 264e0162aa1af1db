import type { EnuPoint, EnuPointAmsl } from "../enu/index.js";
import { type BuildingIndex, type BuildingSet, buildingRing, indexBuildings, insideBuilding } from "./buildings.js";
import { cellAt, walkCorridor } from "./cells.js";
import { lineOfSight, type Sight, type SightOptions } from "./sight.js";
import { type SurfaceRaster, surfaceRaster } from "./surface.js";
import type { Terrain } from "./terrain.js";

export type Clearance = {
  /** Smallest height of the path above ground and roofs within the half width; Infinity for an empty path. */
  readonly minClearanceM: number;
  readonly at: EnuPointAmsl | undefined;
  /** False where a part of the path lies outside the height model: then nothing is proven. */
  readonly covered: boolean;
};

export type Obstacles = {
  readonly terrain: Terrain;
  readonly buildings: BuildingSet;
  readonly surface: SurfaceRaster;
  readonly near: BuildingIndex;
  /** Nothing is higher than this anywhere: lets a ray skip the empty air (`CastOptions.ceilingAmslM`). */
  readonly highestAmslM: number;
  /** Highest thing in the raster cell (never too low). Quick; use it for clearances. */
  surfaceAmslM(eastM: number, northM: number): number;
  /** Roof or ground at exactly this point, from the true outlines. */
  exactSurfaceAmslM(eastM: number, northM: number): number;
  maxSurfaceAlong(from: EnuPoint, to: EnuPoint, halfWidthM: number): number;
  clearanceAlong(path: readonly EnuPointAmsl[], halfWidthM: number): Clearance;
  lineOfSight(from: EnuPointAmsl, to: EnuPointAmsl, options?: SightOptions): Sight;
  /** Outlines of buildings whose tops reach above a height: obstacles for a route at that height. */
  ringsAbove(altAmslM: number): EnuPoint[][];
};

/** Ground and buildings as obstacles. 14,000 buildings on 3 × 3 km take about a quarter second and 11 MB at 2 m. */
export function obstaclesFrom(terrain: Terrain, buildings: BuildingSet, cellM = 2): Obstacles {
  const surface = surfaceRaster(terrain, buildings, cellM);
  const near = indexBuildings(buildings);
  const world = { terrain, buildings, near, surface };
  const surfaceAmslM = (eastM: number, northM: number): number => {
    const index = cellAt(surface, eastM, northM);
    return index < 0 ? terrain.groundAmslM(eastM, northM) : (surface.amslM[index] ?? 0);
  };
  const exactSurfaceAmslM = (eastM: number, northM: number): number => {
    let heightM = terrain.groundAmslM(eastM, northM);
    const index = cellAt(surface, eastM, northM);
    if (index < 0 || surface.built[index] !== 1) return heightM;
    for (const id of near(eastM, northM, eastM, northM)) {
      if (insideBuilding(buildings, id, eastM, northM)) heightM = Math.max(heightM, buildings.topAmslM[id] ?? 0);
    }
    return heightM;
  };
  return {
    ...world,
    highestAmslM: surface.amslM.reduce((highest, heightM) => Math.max(highest, heightM), terrain.maxAmslM),
    surfaceAmslM,
    exactSurfaceAmslM,
    maxSurfaceAlong: (from, to, halfWidthM) => maxSurface(surface, surfaceAmslM, from, to, halfWidthM),
    clearanceAlong: (path, halfWidthM) => clearance(terrain, surface, path, halfWidthM),
    lineOfSight: (from, to, options) => lineOfSight(world, from, to, options),
    ringsAbove: (altAmslM) => ringsAbove(buildings, altAmslM),
  };
}

function maxSurface(
  surface: SurfaceRaster,
  surfaceAmslM: (eastM: number, northM: number) => number,
  from: EnuPoint,
  to: EnuPoint,
  halfWidthM: number,
): number {
  let highestM = Math.max(surfaceAmslM(from.eastM, from.northM), surfaceAmslM(to.eastM, to.northM));
  walkCorridor(surface, from.eastM, from.northM, to.eastM, to.northM, halfWidthM, (index) => {
    const heightM = surface.amslM[index] ?? 0;
    if (heightM > highestM) highestM = heightM;
  });
  return highestM;
}

function clearance(
  terrain: Terrain,
  surface: SurfaceRaster,
  path: readonly EnuPointAmsl[],
  halfWidthM: number,
): Clearance {
  let minClearanceM = Number.POSITIVE_INFINITY;
  let at: EnuPointAmsl | undefined;
  const covered = path.length > 0 && path.every((p) => terrain.covers(p.eastM, p.northM));
  path.forEach((to, i) => {
    const from = path[Math.max(0, i - 1)] ?? to;
    if (i === 0 && path.length > 1) return;
    walkCorridor(surface, from.eastM, from.northM, to.eastM, to.northM, halfWidthM, (index, share) => {
      const altAmslM = from.altAmslM + (to.altAmslM - from.altAmslM) * share;
      const gapM = altAmslM - (surface.amslM[index] ?? 0);
      if (gapM >= minClearanceM) return;
      minClearanceM = gapM;
      const eastM = from.eastM + (to.eastM - from.eastM) * share;
      at = { eastM, northM: from.northM + (to.northM - from.northM) * share, altAmslM };
    });
  });
  return { minClearanceM, at, covered };
}

function ringsAbove(buildings: BuildingSet, altAmslM: number): EnuPoint[][] {
  const rings: EnuPoint[][] = [];
  for (let id = 0; id < buildings.count; id++) {
    if ((buildings.topAmslM[id] ?? 0) > altAmslM) rings.push(buildingRing(buildings, id));
  }
  return rings;
}
