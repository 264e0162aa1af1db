export * from "./budget.js";
export * from "./stop.js";
