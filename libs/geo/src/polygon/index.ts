export * from "./offset.js";
export * from "./ring.js";
export * from "./segment.js";
export * from "./zone.js";
