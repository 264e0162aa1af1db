export * from "./aircraft.js";
export * from "./path-choice.js";
