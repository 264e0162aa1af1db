export * from "./timing.js";
export * from "./traffic.js";
