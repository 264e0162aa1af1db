export { importDemoCity, readDemoCity } from "./io/import-demo-city.js";
export { cityFromTiles, type TileCity } from "./tiles/from-tiles.js";
