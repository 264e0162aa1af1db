export * from "./desk.js";
export * from "./machine.js";
export * from "./measured-at.js";
export * from "./timing.js";
