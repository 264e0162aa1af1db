export * from "./contour.js";
export * from "./surface.js";
