export * from "./desk.js";
export * from "./machine.js";
export * from "./reason.js";
export * from "./spec.js";
export * from "./timing.js";
