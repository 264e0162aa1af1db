export { type Bridge, type BridgeDeps, createBridge } from "./bridge.js";
export { type BridgeConfig, bridgeConfigFrom } from "./bridge-config.js";
export type { BridgeStats } from "./bridge-stats.js";
