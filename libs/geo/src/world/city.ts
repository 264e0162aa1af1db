import { type LatLon, type LocalFrame, localFrame } from "../enu/index.js";
import { type RoadLine, type Roads, type RoadTraits, roadsFromLines } from "../roads/index.js";
import { type BuildingSet, type Obstacles, obstaclesFrom, type Terrain, terrainFromGrid } from "../terrain/index.js";

/** What of a city file this needs; the contract's CityFile fits it. */
export type CityShape = {
  readonly origin: LatLon;
  readonly geoidUndulationM: number;
  readonly terrain: {
    readonly eastMinM: number;
    readonly northMinM: number;
    readonly cellM: number;
    readonly cols: number;
    readonly rows: number;
    readonly heightsAmslDm: readonly number[];
  };
  readonly buildings: {
    readonly ringStart: readonly number[];
    readonly coordsDm: readonly number[];
    readonly groundAmslDm: readonly number[];
    readonly heightDm: readonly number[];
  };
  readonly roads: readonly CityRoadShape[];
};
export type CityRoadShape = RoadTraits & { readonly pointsDm: readonly number[] };

/** Everything that geometry can say about one city. Build it once and share it. */
export type World = {
  readonly frame: LocalFrame;
  readonly geoidUndulationM: number;
  readonly terrain: Terrain;
  readonly obstacles: Obstacles;
  readonly roads: Roads;
};

const M_PER_DM = 0.1;

/** @throws RangeError where the terrain is not whole */
export function worldFromCity(city: CityShape, surfaceCellM = 2): World {
  const { heightsAmslDm, ...place } = city.terrain;
  const heightsAmslM = Float32Array.from(heightsAmslDm, (dm) => dm * M_PER_DM);
  const terrain = terrainFromGrid({ ...place, heightsAmslM });
  return {
    frame: localFrame(city.origin),
    geoidUndulationM: city.geoidUndulationM,
    terrain,
    obstacles: obstaclesFrom(terrain, cityBuildings(city), surfaceCellM),
    roads: roadsFromLines(city.roads.map(cityRoadLine)),
  };
}

export function cityBuildings(city: Pick<CityShape, "buildings">): BuildingSet {
  const { ringStart, coordsDm, groundAmslDm, heightDm } = city.buildings;
  return {
    count: heightDm.length,
    ringStart: Int32Array.from(ringStart),
    coordsM: Float64Array.from(coordsDm, (dm) => dm * M_PER_DM),
    groundAmslM: Float32Array.from(groundAmslDm, (dm) => dm * M_PER_DM),
    topAmslM: Float32Array.from(heightDm, (dm, i) => ((groundAmslDm[i] ?? 0) + dm) * M_PER_DM),
  };
}

export function cityRoadLine(road: CityRoadShape): RoadLine {
  const { id, name, kind, widthM, oneWay, level, speedLimitMps, pointsDm } = road;
  const points = [];
  for (let i = 0; i + 1 < pointsDm.length; i += 2) {
    points.push({ eastM: (pointsDm[i] ?? 0) * M_PER_DM, northM: (pointsDm[i + 1] ?? 0) * M_PER_DM });
  }
  const line: RoadLine = { id, name, kind, widthM, oneWay, level, points };
  return speedLimitMps === undefined ? line : { ...line, speedLimitMps };
}
