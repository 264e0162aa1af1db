export * from "./stick-desk.js";
export * from "./sticks.js";
