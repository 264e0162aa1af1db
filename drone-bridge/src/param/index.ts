export * from "./desk.js";
export * from "./kept.js";
export * from "./list.js";
export * from "./list-desk.js";
export * from "./machine.js";
export * from "./timing.js";
