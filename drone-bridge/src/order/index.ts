export * from "./effect.js";
export * from "./limits.js";
export * from "./order-desk.js";
export * from "./timing.js";
