export * from "./graph.js";
export * from "./line.js";
export * from "./names.js";
export * from "./roads.js";
export * from "./spot.js";
export * from "./travel.js";
