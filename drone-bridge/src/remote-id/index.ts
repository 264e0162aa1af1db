export * from "./arm-status.js";
export * from "./operator.js";
export * from "./timing.js";
