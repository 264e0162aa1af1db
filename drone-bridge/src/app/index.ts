export { type Bridge, type BridgeDeps, type BridgeStats, createBridge } from "./bridge.js";
export { type BridgeConfig, bridgeConfigFrom } from "./bridge-config.js";
