import { type BuildingSet, eachSide } from "./buildings.js";
import { type CellGrid, walkCells } from "./cells.js";
import type { Terrain } from "./terrain.js";

/** Highest thing in every cell. A cell that a building merely touches has the building's height: never too low. */
export type SurfaceRaster = CellGrid & { readonly amslM: Float32Array; readonly built: Uint8Array };

export function surfaceRaster(terrain: Terrain, buildings: BuildingSet, cellM: number): SurfaceRaster {
  const { eastMinM, northMinM, eastMaxM, northMaxM } = terrain.bounds;
  const cols = Math.max(1, Math.ceil((eastMaxM - eastMinM) / cellM));
  const rows = Math.max(1, Math.ceil((northMaxM - northMinM) / cellM));
  const raster: SurfaceRaster = {
    eastMinM,
    northMinM,
    cellM,
    cols,
    rows,
    amslM: new Float32Array(cols * rows),
    built: new Uint8Array(cols * rows),
  };
  fillGround(raster, terrain);
  for (let id = 0; id < buildings.count; id++) stampBuilding(raster, buildings, id);
  return raster;
}

/** Ground of a cell is the highest of its corners. */
function fillGround(raster: SurfaceRaster, terrain: Terrain): void {
  const { cols, rows, cellM, eastMinM, northMinM, amslM } = raster;
  let south = cornerRow(raster, terrain, northMinM);
  for (let row = 0; row < rows; row++) {
    const north = cornerRow(raster, terrain, northMinM + (row + 1) * cellM);
    for (let col = 0; col < cols; col++) {
      const middleM = terrain.groundAmslM(eastMinM + (col + 0.5) * cellM, northMinM + (row + 0.5) * cellM);
      amslM[row * cols + col] = Math.max(
        middleM,
        south[col] ?? middleM,
        south[col + 1] ?? middleM,
        north[col] ?? middleM,
        north[col + 1] ?? middleM,
      );
    }
    south = north;
  }
}

function cornerRow(raster: SurfaceRaster, terrain: Terrain, northM: number): Float64Array {
  const corners = new Float64Array(raster.cols + 1);
  for (let col = 0; col <= raster.cols; col++) {
    corners[col] = terrain.groundAmslM(raster.eastMinM + col * raster.cellM, northM);
  }
  return corners;
}

function stampBuilding(raster: SurfaceRaster, buildings: BuildingSet, id: number): void {
  const topM = buildings.topAmslM[id] ?? 0;
  const raise = (index: number): boolean => {
    if (index < 0) return false;
    if (topM > (raster.amslM[index] ?? 0)) raster.amslM[index] = topM;
    raster.built[index] = 1;
    return false;
  };
  let northMinM = Number.POSITIVE_INFINITY;
  let northMaxM = Number.NEGATIVE_INFINITY;
  eachSide(buildings, id, (aE, aN, bE, bN) => {
    northMinM = Math.min(northMinM, aN);
    northMaxM = Math.max(northMaxM, aN);
    walkCells(raster, aE, aN, bE, bN, raise);
  });
  fillInside(raster, buildings, id, northMinM, northMaxM, raise);
}

/** Scan lines through the middles of the cell rows; the outline itself is stamped beside this. */
function fillInside(
  raster: SurfaceRaster,
  buildings: BuildingSet,
  id: number,
  northMinM: number,
  northMaxM: number,
  raise: (index: number) => boolean,
): void {
  const first = Math.max(0, Math.floor((northMinM - raster.northMinM) / raster.cellM));
  const last = Math.min(raster.rows - 1, Math.floor((northMaxM - raster.northMinM) / raster.cellM));
  for (let row = first; row <= last; row++) {
    const north = raster.northMinM + (row + 0.5) * raster.cellM;
    const crossings: number[] = [];
    eachSide(buildings, id, (aE, aN, bE, bN) => {
      if (aN > north !== bN > north) crossings.push(aE + ((north - aN) / (bN - aN)) * (bE - aE));
    });
    crossings.sort((p, q) => p - q);
    for (let k = 0; k + 1 < crossings.length; k += 2) {
      const from = Math.max(0, Math.ceil(((crossings[k] ?? 0) - raster.eastMinM) / raster.cellM - 0.5));
      const to = Math.min(
        raster.cols - 1,
        Math.floor(((crossings[k + 1] ?? 0) - raster.eastMinM) / raster.cellM - 0.5),
      );
      for (let col = from; col <= to; col++) raise(row * raster.cols + col);
    }
  }
}
