export type { AccessUnit } from "./depacketiser.js";
export { createFeedsPart, type FeedsDeps, type FeedsPart } from "./feeds-part.js";
export { answerWhep, type WhepDeps, type WhepViewer } from "./io/whep.js";
export { streamTimes } from "./stream-state.js";
