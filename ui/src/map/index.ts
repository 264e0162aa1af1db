export { type CameraPose, orbited, panned, poseFrom, zoomed } from "./camera/cameraPose.js";
export { gridCity } from "./gridCity.js";
export { LabelDirector, type SceneWords } from "./labels/labelDirector.js";
export type { LabelPainter, LabelText } from "./labels/labelPainter.js";
export type { Box, PlacedLabel } from "./labels/placeLabels.js";
export type { Project, ScreenPoint, StreetName } from "./labels/streetNames.js";
export { type EngineOptions, type GroundPicture, SceneEngine } from "./sceneEngine.js";
export {
  blankPose,
  emptyScene,
  type PoseSource,
  type SceneAircraft,
  type SceneCouldBe,
  type SceneCoverage,
  type SceneDock,
  type SceneFootprint,
  type SceneIncident,
  type SceneLid,
  type SceneModel,
  type ScenePin,
  type ScenePose,
  type SceneReach,
  type SceneRoute,
  type SceneSensor,
  type SceneTimeLine,
  type SceneZone,
} from "./sceneModel.js";
export type { Detail } from "./sceneParts.js";
export { type TwinAircraft, textTwin } from "./textTwin.js";
