export * from "./arm-count.js";
export * from "./inside.js";
export * from "./own-limits.js";
export * from "./volume.js";
