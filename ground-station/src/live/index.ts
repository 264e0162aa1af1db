export { liveLimits } from "./client.js";
export { Live, type LiveAnswer, type LiveDeps } from "./live.js";
