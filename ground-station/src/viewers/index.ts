export { viewerLimits } from "./viewers.js";
export { createViewersPart, type ViewersDeps, type ViewersPart } from "./viewers-part.js";
export type { WhepAnswer, WhepPort } from "./whep-port.js";
