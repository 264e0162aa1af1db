export { createFeedsPart, type FeedsDeps, type FeedsPart } from "./feeds-part.js";
export { streamTimes } from "./stream-state.js";
