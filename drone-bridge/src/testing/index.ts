export * from "./bench.js";
export * from "./byte-noise.js";
export * from "./fake-autopilot.js";
export * from "./fake-clock.js";
export * from "./fake-plan-store.js";
export * from "./fake-world.js";
export * from "./lossy-pipe.js";
export * from "./orders.js";
