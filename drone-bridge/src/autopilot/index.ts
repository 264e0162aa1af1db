export * from "./door.js";
export * from "./door-of.js";
export * from "./px4-event.js";
export * from "./support.js";
