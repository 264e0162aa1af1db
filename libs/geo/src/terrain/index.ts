export * from "./bounds.js";
export * from "./buildings.js";
export * from "./cells.js";
export * from "./obstacles.js";
export type { Sight, SightOptions } from "./sight.js";
export type { SurfaceRaster } from "./surface.js";
export * from "./terrain.js";
