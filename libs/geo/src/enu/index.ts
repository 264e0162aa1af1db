export * from "./angle.js";
export * from "./frame.js";
export * from "./geodesic.js";
export * from "./planar.js";
export * from "./point.js";
