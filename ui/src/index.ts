// What measurements and tests outside this workspace may use: nothing here needs a page or a style sheet.
export { LiveClient, type LivePorts, type LiveSocket, type SocketEvents } from "./live/index.js";
export {
  blankPose,
  type EngineOptions,
  emptyScene,
  gridCity,
  LabelDirector,
  type PoseSource,
  SceneEngine,
  type SceneModel,
  type ScenePose,
} from "./map/index.js";
export { SCENE_PALETTE, TOKENS } from "./theme/index.js";
export { type CityModel, cityFromFile, localFrame, toLatLon, toLocal } from "./world/index.js";
