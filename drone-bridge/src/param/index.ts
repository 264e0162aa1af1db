export * from "./desk.js";
export * from "./list.js";
export * from "./list-desk.js";
export * from "./machine.js";
export * from "./timing.js";
