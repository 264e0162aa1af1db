export * from "./desk.js";
export * from "./holes.js";
export * from "./list.js";
export * from "./read.js";
export * from "./timing.js";
