export * from "./cost.js";
export * from "./heap.js";
export * from "./route.js";
