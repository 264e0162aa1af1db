export * from "./desk.js";
export * from "./machine.js";
