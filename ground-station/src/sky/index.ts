export { createSkyPart, type SkyDeps, type SkyPart, type SkyPort, type TrafficConflict } from "./sky-part.js";
export { skyRoom } from "./sky-room.js";
