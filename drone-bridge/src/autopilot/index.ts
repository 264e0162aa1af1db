export * from "./door.js";
export * from "./door-of.js";
