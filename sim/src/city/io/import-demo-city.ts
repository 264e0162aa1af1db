import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { CityFile } from "@outrider/contract";
import type { ImportRequest } from "../request.js";
import { importCity, writeCity } from "./import-city.js";

/** Folder of the tiles inside the installed package. */
export function demoTileFolder(): string {
  const require = createRequire(import.meta.url);
  return join(dirname(require.resolve("@mapbox/mvt-fixtures/package.json")), "real-world", "sanfrancisco");
}

const sanFrancisco = (): ImportRequest => ({
  name: "San Francisco",
  map: { kind: "tiles", path: demoTileFolder() },
  box: undefined,
  origin: { latDeg: 37.7664, lonDeg: -122.448 },
  dems: [],
  demDatum: undefined,
  flatAmslM: undefined,
  undulation: { kind: "value", undulationM: -32.24 },
  fillVoids: false,
  allowMissingTiles: false,
  attribution: ["© OpenStreetMap contributors"],
  licences: ["ODbL-1.0 (map data)", "CC0-1.0 (package @mapbox/mvt-fixtures)"],
});

/** Builds the demo's San Francisco from the installed tiles, by the importer that every city goes through. */
export const readDemoCity = (): Promise<CityFile> => importCity(sanFrancisco());

/** Writes the demo's city as one JSON file. About a second. */
export async function importDemoCity(outPath: string): Promise<CityFile> {
  const city = await readDemoCity();
  await writeCity(city, outPath);
  return city;
}
