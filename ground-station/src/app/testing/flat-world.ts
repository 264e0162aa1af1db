import { buildingSet, flatTerrain, localFrame, obstaclesFrom, roadsFromLines, type World } from "@outrider/geo";
import { origin } from "./test-config.js";

/** About a mile up, so that a wrong height shows. */
export const GROUND_M = 1_600;

/** Flat ground about the origin with these buildings. */
export const flatWorld = (buildings: Parameters<typeof buildingSet>[0] = []): World =>
  buildings.length === 0 ? emptyWorld : worldWith(buildings, 10);

// Without a building every cell is alike, whatever its size.
const emptyWorld = worldWith([], 50);

function worldWith(buildings: Parameters<typeof buildingSet>[0], cellM: number): World {
  const terrain = flatTerrain(GROUND_M, 4_000);
  return {
    frame: localFrame(origin),
    geoidUndulationM: -17,
    terrain,
    obstacles: obstaclesFrom(terrain, buildingSet(buildings), cellM),
    roads: roadsFromLines([]),
  };
}
