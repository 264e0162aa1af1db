export * from "./effect.js";
export * from "./limits.js";
export * from "./order-desk.js";
export * from "./order-guard.js";
export * from "./orders-health.js";
export * from "./said-desk.js";
export * from "./timing.js";
