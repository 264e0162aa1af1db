export * from "./timing.js";
export * from "./uplink.js";
