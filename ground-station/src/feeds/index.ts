export type { AccessUnit } from "./depacketiser.js";
export { createFeedsPart, type FeedsDeps, type FeedsPart } from "./feeds-part.js";
export type { CameraNetwork } from "./fixed-feeds.js";
export { authHashes, tcpDialer } from "./io/tcp-dialer.js";
export { answerWhep, type WhepDeps, type WhepViewer } from "./io/whep.js";
export type { Login } from "./rtsp/rtsp-auth.js";
export { streamTimes } from "./stream-state.js";
