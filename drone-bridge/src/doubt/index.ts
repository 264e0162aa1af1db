export * from "./position-doubt.js";
export * from "./reckoning.js";
export * from "./signs.js";
export * from "./timing.js";
