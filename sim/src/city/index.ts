export { importDemoCity, readDemoCity } from "./io/import-demo-city.js";
export { generateCity } from "./seeded/generate-city.js";
export { cityFromTiles, type TileCity } from "./tiles/from-tiles.js";
export type { TileSource } from "./tiles/tile.js";
