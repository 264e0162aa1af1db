export { cityFromFile } from "./cityFromFile.js";
export {
  type AreaKind,
  type CityModel,
  insideRing,
  type Paths,
  packPaths,
  ROAD_KINDS,
  type RoadKind,
} from "./cityModel.js";
export { type LatLon, type LocalFrame, type LocalPoint, localFrame, toLatLon, toLocal } from "./localFrame.js";
export { isolines, type ReachInput, reachField, type TimeGrid } from "./reachField.js";
export { type Surface, surfaceOf } from "./surface.js";
export { groundAmslM, type TerrainGrid } from "./terrain.js";
