// What measurements and tests outside this workspace may use: pure parts, no page.
export { LiveClient } from "./live/liveClient.js";
export type { LivePorts, LiveSocket, SocketEvents } from "./live/socket.js";
export { SceneEngine, type EngineOptions } from "./scene/sceneEngine.js";
export { blankPose, emptyScene, type PoseSource, type SceneModel, type ScenePose } from "./scene/sceneModel.js";
export { SCENE_PALETTE, TOKENS } from "./theme/index.js";
export { type CityModel, cityFromFile, localFrame, toLatLon, toLocal } from "./world/index.js";
