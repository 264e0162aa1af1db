export * from "./arm-status.js";
export * from "./ear.js";
export * from "./operator.js";
export * from "./pack.js";
export * from "./timing.js";
