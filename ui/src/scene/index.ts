export { type CameraPose, poseFrom } from "./camera/cameraPose.js";
export type { SceneWords } from "./labels/labelDirector.js";
export type { Box } from "./labels/placeLabels.js";
export { homePose, type SceneHandle, SceneView, type SceneViewProps } from "./SceneView.js";
export { type EngineOptions, SceneEngine } from "./sceneEngine.js";
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
  type SceneModel,
  type ScenePin,
  type ScenePose,
  type SceneReach,
  type SceneRoute,
  type SceneSensor,
  type SceneZone,
} from "./sceneModel.js";
export { type TwinAircraft, textTwin } from "./textTwin.js";
